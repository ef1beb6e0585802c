// What the pointer is over, in a small tip beside it: name, holder, since when. A click tells the rest.

const TIP_GAP = 14;
const PLACE_REACH_PX = 5;

class Tips {
  // `find(latlng)` gives what is at a point: {type, feature}, or null for plain ground; `dayAt(latlng)` the day drawn there.
  constructor(map, answers, find, dayAt) {
    Object.assign(this, { map, answers, find, dayAt, texts: answers.texts });
    this.root = make("div", { class: "tip", "aria-hidden": "true", hidden: true }); // a click says the same aloud
    this.frame = 0;
    const container = map.getContainer();
    container.append(this.root);
    container.addEventListener("pointermove", (event) => this.follow(event));
    for (const name of ["pointerleave", "pointerdown", "wheel"]) container.addEventListener(name, () => this.hide(), { passive: true });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.hide(); });
    map.on("movestart zoomstart popupopen", () => this.hide());
  }

  // A finger has no place to hover; what lies on the map answers for itself.
  follow(event) {
    const over = event.target.closest(".leaflet-control, .leaflet-popup");
    if (event.pointerType === "touch" || event.buttons || over) this.hide();
    else this.wish(this.map.mouseEventToLatLng(event), this.map.mouseEventToContainerPoint(event));
  }

  // No more often than the screen is refreshed: the last wish counts.
  wish(latlng, point) {
    this.at = { latlng, point };
    this.frame = this.frame || requestAnimationFrame(() => {
      this.frame = 0;
      this.show();
    });
  }

  // Tell of the point under the pointer on the day drawn there; called again when the day changes.
  show() {
    if (!this.at) return;
    const day = this.dayAt(this.at.latlng);
    const hit = this.find(this.at.latlng);
    this.map.getContainer().classList.toggle("pointing", Boolean(hit));
    const lines = this.lines(hit, this.at.latlng, day);
    this.root.hidden = !lines;
    if (!lines) return;
    const [title, ...rest] = lines.filter(Boolean);
    this.root.replaceChildren(make("strong", { dir: "auto" }, title), ...rest.map((line) => make("span", { dir: "auto" }, line)));
    this.set();
  }

  // Beside the pointer, on the side where there is room.
  set() {
    const [room, { x, y }] = [this.map.getSize(), this.at.point];
    const [wide, high] = [this.root.offsetWidth, this.root.offsetHeight];
    const left = x + TIP_GAP + wide <= room.x ? x + TIP_GAP : Math.max(0, x - TIP_GAP - wide);
    const top = y + TIP_GAP + high <= room.y ? y + TIP_GAP : Math.max(0, y - TIP_GAP - high);
    this.root.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hide() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.at = null;
    this.root.hidden = true;
    this.map.getContainer().classList.remove("pointing");
  }

  // The lines of a tip, the name first; null where there is nothing to tell.
  lines(hit, latlng, day) {
    const of = { position: () => this.position(hit.feature), event: () => this.event(hit.feature), zone: () => this.zone(hit.feature),
      distance: () => this.apart(day), place: () => this.place(hit.feature, day) };
    return hit ? of[hit.type]() : this.area(latlng, day);
  }

  place(place, day) {
    const period = place.periods.find((candidate) => isValidOn(candidate, day));
    return [place.label, ...(period ? this.held(period) : [])];
  }

  held(period) {
    const unsure = period.confidence === "estimated" ? this.texts.tip_estimated : "{holder}";
    return [fill(unsure, { holder: this.answers.holderName(period.holder) }), this.since(period)];
  }

  since(period) {
    return fill(this.texts.tip_since, { day: this.answers.since(period) });
  }

  area(latlng, day) {
    const ground = this.answers.ground(latlng, day);
    if (!ground) return null;
    const { holder, found } = ground;
    if (!found) return [this.answers.holderName(holder)];
    return [this.answers.holderName(holder), fill(this.texts.tip_near, { name: found.place.label }), this.since(found.period)];
  }

  position(feature) {
    return [feature.name, `${this.answers.kind(feature)} · ${this.answers.actorName(feature.actor)}`, this.since(feature)];
  }

  event(feature) {
    return [feature.title, `${this.answers.kind(feature)} · ${this.answers.calendar.words(feature.at)}`];
  }

  zone(shape) {
    return [fill(this.texts.popup_zone, { name: shape.properties.name }), this.texts[`stage_${shape.properties.stage}`], this.since(shape)];
  }

  apart(day) {
    const pair = this.answers.distance.on(day);
    return [fill(this.texts.popup_apart, { distance: this.answers.distance.words(pair.km) }), `${pair.one.name} · ${pair.other.name}`];
  }
}
