// Two days at once: a divider on one map (swipe), or two maps that move as one (side). The earlier day stands first in
// the reading direction, whichever of the two the reader moves.

const MODES = ["side", "swipe"];

class Sides {
  constructor(page) {
    this.page = page;
    this.mode = null;
    this.other = null;
    this.rtl = document.documentElement.dir === "rtl";
    this.tags = [0, 1].map(() => make("div", { class: "tag" }));
    const { config, anchor, labels } = page;
    // The later side draws as the page does, on another day, and remembers for itself what it drew where.
    this.later = Object.create(page, { day: { get: () => this.days[1] } });
    const own = { glyphs: new Glyphs(config, anchor), labels: new Labels(config, anchor, page.history.places, labels.neighbours), distance: new Distance(readBlock("contact"), config, anchor) };
    Object.assign(this.later, own, { surface: null, map: null, scene: null });
  }

  get on() {
    return this.mode !== null;
  }

  get days() {
    const { day } = this.page.player;
    return this.on ? [Math.min(day, this.other), Math.max(day, this.other)] : [day, day];
  }

  get maps() {
    return this.twin ? [this.page.map, this.twin] : [this.page.map];
  }

  // The sides that draw: the page itself, with two days on show the later one as well.
  get pages() {
    return this.on ? [this.page, this.later] : [this.page];
  }

  // The side of the page that a point of its map belongs to.
  at(latlng) {
    if (this.mode !== "swipe") return this.page;
    const { map } = this.page;
    const share = map.latLngToContainerPoint(latlng).x / map.getSize().x;
    return (this.rtl ? 1 - share : share) < this.divider.share ? this.page : this.later;
  }

  // Compare with a day, in a mode or in none.
  set(other, mode) {
    const wanted = other !== null && MODES.includes(mode) ? mode : null;
    this.other = other;
    if (wanted !== this.mode) this.arrange(wanted);
    this.page.show();
  }

  // Go to another day to compare with, no more often than the screen is refreshed; tell it once it has stood a while.
  wish(other) {
    this.other = other;
    this.frame = this.frame || requestAnimationFrame(() => {
      this.frame = 0;
      this.page.show();
    });
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.page.protocol.compared(this.page.calendar.iso(this.other)), SETTLE_MS);
  }

  arrange(mode) {
    const { map } = this.page;
    const view = [map.getCenter(), map.getZoom()];
    this.clear();
    this.mode = mode;
    document.documentElement.dataset.mode = mode || "one";
    if (mode === "side") this.putBeside();
    if (mode === "swipe") this.putOver();
    map.invalidateSize({ pan: false });
    this.page.quietly(() => map.setView(...view, { animate: false, reset: true }));
    this.page.ringSpot();
  }

  clear() {
    this.later.surface?.remove();
    this.divider?.remove();
    this.watcher?.disconnect();
    this.twin?.remove();
    this.twinBox?.remove();
    this.tags.forEach((tag) => tag.remove());
    this.twinTips?.root.remove();
    [this.twin, this.twinBox, this.twinTips, this.divider, this.later.surface] = [null, null, null, null, null];
  }

  surfaceOn(map) {
    this.later.map = map;
    this.later.surface = new Surface(this.page.anchor, (scene) => this.later.paint(scene), () => 0);
    map.addLayer(this.later.surface);
  }

  putOver() {
    const { map, texts } = this.page;
    this.surfaceOn(map);
    this.divider = new Divider(map, this.later.surface, this.rtl, texts, () => this.days.map((day) => this.page.calendar.words(day)));
    map.getContainer().append(...this.tags);
  }

  putBeside() {
    const { map } = this.page;
    this.twinBox = make("div", { class: "folium-map twin", role: "region" });
    this.stage().append(this.twinBox);
    this.twin = L.map(this.twinBox, { ...map.options, center: map.getCenter(), zoom: map.getZoom(), zoomControl: false, attributionControl: false });
    this.surfaceOn(this.twin);
    new Lock(map, this.twin);
    this.twin.on("click", (event) => this.page.ask(event.latlng, this.later));
    this.twin.on("popupclose", () => { this.page.asked = null; });
    this.twinTips = new Tips(this.twin, this.page.answers, (latlng) => this.later.under(latlng), () => this.later.day);
    map.getContainer().append(this.tags[0]);
    this.twinBox.append(this.tags[1]);
    this.watcher = new ResizeObserver(() => {
      this.twin.invalidateSize({ pan: false });
      this.twin.setView(map.getCenter(), map.getZoom(), { animate: false, reset: true });
    });
    this.watcher.observe(this.twinBox);
  }

  // The row, on narrow screens the column, that both maps stand in.
  stage() {
    const container = this.page.map.getContainer();
    if (!this.row) {
      this.row = make("div", { class: "stage" });
      container.replaceWith(this.row);
      this.row.append(container);
    }
    return this.row;
  }

  show() {
    if (!this.on) return;
    this.later.surface.redraw();
    this.days.forEach((day, at) => {
      this.tags[at].textContent = this.page.calendar.words(day);
      this.tags[at].classList.toggle("other", day === this.other && day !== this.page.player.day);
    });
    this.divider?.tell();
    this.twinBox?.setAttribute("aria-label", fill(this.page.texts.map_on, { day: this.tags[1].textContent }));
    this.twinTips?.show();
  }

  forget() {
    this.later.labels.forget();
    this.later.surface?.redraw();
  }
}

// The line between two days on one map: what lies beyond it, in the reading direction, is the later surface.
class Divider {
  constructor(map, surface, rtl, texts, dates) {
    Object.assign(this, { map, surface, rtl, texts, dates, share: 0.5 });
    this.root = make("div", { class: "divider", role: "slider", tabindex: 0, "aria-label": texts.divider, "aria-valuemin": 0, "aria-valuemax": 100, "aria-orientation": "horizontal",
      onkeydown: (event) => this.key(event), onpointerdown: (event) => this.grasp(event), onpointermove: (event) => this.drag(event) }, make("span", { class: "grip", "aria-hidden": "true" }));
    L.DomEvent.disableClickPropagation(this.root);
    map.getContainer().append(this.root);
    this.clip = () => this.cut();
    map.on("move zoom moveend zoomend viewreset resize", this.clip);
    this.glide = () => this.follow();
    map.on("zoomanim", this.glide);
    this.go(0.5);
  }

  remove() {
    this.map.off("move zoom moveend zoomend viewreset resize", this.clip);
    this.map.off("zoomanim", this.glide);
    cancelAnimationFrame(this.frame);
    this.root.remove();
  }

  go(share) {
    this.share = Math.min(1, Math.max(0, share));
    this.root.style.insetInlineStart = `${100 * this.share}%`;
    this.tell();
    this.cut();
  }

  // Say where it stands: how much of the map each day has.
  tell() {
    const percent = Math.round(100 * this.share);
    const [earlier, later] = this.dates();
    this.root.setAttribute("aria-valuenow", percent);
    this.root.setAttribute("aria-valuetext", fill(this.texts.divider_value, { percent, earlier, rest: 100 - percent, later }));
  }

  // Show of the later surface what lies beyond the line, however the canvas is moved or scaled just now.
  cut() {
    const canvas = this.surface._container;
    if (!canvas) return;
    const [frame, box] = [this.map.getContainer().getBoundingClientRect(), canvas.getBoundingClientRect()];
    const scale = box.width / canvas.offsetWidth || 1;
    const share = this.rtl ? 1 - this.share : this.share;
    const at = (frame.left + share * frame.width - box.left) / scale;
    canvas.style.clipPath = this.rtl ? `inset(0 ${canvas.offsetWidth - at}px 0 0)` : `inset(0 0 0 ${at}px)`;
  }

  // While a zoom is animated the canvas is scaled: cut anew for each frame.
  follow() {
    cancelAnimationFrame(this.frame);
    this.cut();
    if (this.map._animatingZoom) this.frame = requestAnimationFrame(() => this.follow());
  }

  grasp(event) {
    event.stopPropagation();
    this.root.setPointerCapture(event.pointerId);
    this.root.focus({ preventScroll: true });
  }

  drag(event) {
    if (!this.root.hasPointerCapture(event.pointerId)) return;
    const { left, width } = this.map.getContainer().getBoundingClientRect();
    const share = (event.clientX - left) / width;
    this.go(this.rtl ? 1 - share : share);
  }

  key(event) {
    const ahead = this.rtl ? -0.02 : 0.02;
    const moves = { ArrowRight: ahead, ArrowLeft: -ahead, ArrowUp: 0.02, ArrowDown: -0.02, PageUp: 0.1, PageDown: -0.1, Home: -1, End: 1 };
    if (!(event.key in moves) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.go(this.share + moves[event.key]);
  }
}
