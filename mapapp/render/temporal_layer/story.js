// The guided tour: a card beside the map (below it on a phone), one stop at a time; map, day and layers follow.

const STORY_WIDTH_PX = 340;

class Story {
  // `told(stop, number)` is called with the stop on show, or null, whenever the reader moves.
  constructor(block, page, told) {
    Object.assign(this, { block, page, told, texts: block.texts, at: null });
    const values = { count: block.stops.length };
    this.launch = make("button", { type: "button", class: "launch", onclick: () => this.begin() }, fill(this.texts.launch, values));
    this.root = this.card();
    page.furniture.put("bottomright", this.launch);
    document.querySelector("main").append(this.root);
    this.root.addEventListener("keydown", (event) => this.key(event));
  }

  card() {
    this.progress = make("p", { class: "progress" });
    this.steps = make("span", { class: "steps", "aria-hidden": "true" }, ...this.block.stops.map(() => make("span")));
    this.heading = make("h2", { tabindex: "-1" });
    this.date = make("button", { type: "button", class: "stop-date", title: this.texts.return, onclick: () => this.show(this.at) });
    this.text = make("div", { class: "told" });
    this.sources = make("ul", {});
    this.credit = make("p", { class: "remark" }, this.block.credit);
    this.back = make("button", { type: "button", class: "back", onclick: () => this.go(this.at - 1) }, this.texts.back);
    this.next = make("button", { type: "button", class: "next", onclick: () => this.forward() });
    const close = make("button", { type: "button", class: "icon close", "aria-label": this.texts.close, title: this.texts.close, onclick: () => this.leave() }, icon("close"));
    this.scroller = make("div", { class: "scroller", "aria-live": "polite", tabindex: "0", role: "group", "aria-label": this.block.title },
      this.heading, this.date, this.text,
      make("details", { class: "sources" }, make("summary", {}, this.texts.sources), this.sources, this.credit));
    return make("section", { class: "story", hidden: true, "aria-label": fill(this.texts.region, { title: this.block.title }) },
      make("div", { class: "head" }, this.progress, this.steps, close), this.scroller,
      make("div", { class: "turn" }, this.back, this.next));
  }

  number(id) {
    return this.block.stops.findIndex((stop) => stop.id === id);
  }

  get stop() {
    return this.at === null ? null : this.block.stops[this.at];
  }

  begin() {
    this.go(0);
    this.next.focus();
  }

  forward() {
    if (this.at + 1 < this.block.stops.length) this.go(this.at + 1);
    else this.leave();
  }

  // Show a stop because the reader asked for it.
  go(at) {
    if (!this.block.stops[at]) return;
    this.show(at);
    this.told(this.stop, at + 1);
  }

  // Show the stop of an id as somebody else asked for it; any other id closes the card.
  set(id) {
    const at = this.number(id);
    if (at < 0) this.close();
    else this.show(at);
  }

  show(at) {
    this.before ||= [...this.page.layers];
    this.at = at;
    this.fill();
    this.open(true);
    this.mark();
    this.page.player.pause();
    this.page.setLayers(this.stop.layers);
    this.page.setDay(this.stop.day);
    this.view();
  }

  fill() {
    const { stop, at, block } = this;
    this.progress.textContent = fill(this.texts.progress, { n: at + 1, count: block.stops.length });
    [...this.steps.children].forEach((step, number) => step.classList.toggle("done", number <= at));
    this.heading.textContent = stop.title;
    this.date.textContent = this.page.calendar.words(this.page.calendar.parse(stop.day));
    this.text.replaceChildren(...stop.sentences.map((sentence) => make("p", {}, sentence)));
    this.sources.replaceChildren(...stop.sources.map(({ about, source, url }) => make("li", {}, `${about}: `, make("span", { dir: "auto" }, sourceLink(source, url)))));
    this.back.disabled = at === 0;
    this.next.textContent = at + 1 < block.stops.length ? this.texts.next : this.texts.finish;
    this.scroller.scrollTop = 0;
  }

  open(shown) {
    this.root.hidden = !shown;
    this.launch.hidden = shown;
    document.body.classList.toggle("telling", shown);
    this.page.fit();
    if (shown && this.page.map.getSize().x < 2 * STORY_WIDTH_PX) this.page.legend.root.open = false;
  }

  // Days of the stop's other events beside their points: the map itself marks only those of the day on show.
  mark() {
    this.marks?.remove();
    const earlier = this.stop.marks.filter(({ day }) => day !== this.stop.day);
    this.marks = L.layerGroup(earlier.map((mark) => this.sign(mark))).addTo(this.page.map);
  }

  sign({ x, y, day }) {
    const words = this.page.calendar.short(this.page.calendar.number(day));
    return L.circleMarker([y, x], { radius: 5, weight: 2, color: "#7a0f4d", fillColor: "#fff", fillOpacity: 1, interactive: false })
      .bindTooltip(make("span", {}, words), { permanent: true, direction: this.side(x, y), className: "told-day" });
  }

  // On which side of its point a date is written: away from a neighbour at the same height.
  side(x, y) {
    const [west, south, east, north] = this.stop.extent;
    const beside = this.stop.marks.filter((mark) => mark.x !== x && Math.abs(mark.y - y) < (north - south) / 12 && Math.abs(mark.x - x) < (east - west) / 3);
    if (!beside.length) return "auto";
    return beside.some((mark) => mark.x > x) ? "left" : "right";
  }

  // Leaflet ignores a new view while it zooms: then the stop's own comes right after.
  view() {
    const { map } = this.page;
    if (map._animatingZoom) {
      map.once("zoomend", () => this.stop && this.view());
      return;
    }
    const [west, south, east, north] = this.stop.extent;
    const animate = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.page.quietly(() => map.fitBounds([[south, west], [north, east]], { ...this.covered(), animate }));
  }

  // What buttons and legend cover at the sides of the map: nothing that the text speaks of should lie there.
  covered() {
    const { map, legend } = this.page;
    const edges = map.getContainer().getBoundingClientRect();
    const sides = [legend.root, map.getContainer().querySelector(".leaflet-control-zoom")].filter(Boolean).map((element) => element.getBoundingClientRect());
    const [left, right] = [[], []];
    for (const side of sides) (side.left + side.right < edges.left + edges.right ? left : right).push(side);
    const room = (boxes) => Math.max(8, ...boxes.map((box) => box.width + 16));
    return { paddingTopLeft: [room(left), 8], paddingBottomRight: [legend.root.open ? room(right) : 8, 28] };
  }

  // Close because the reader wishes so: the map stays, the reader's own layers come back.
  leave() {
    this.close();
    this.told(null, null);
    this.launch.focus();
  }

  close() {
    if (this.at === null) return;
    this.at = null;
    this.marks?.remove();
    this.open(false);
    this.page.setLayers(this.before);
    this.before = null;
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.key !== "Escape") return;
    this.leave();
    event.preventDefault();
  }
}

// The story of this page, or null where none came with it; it opens at the stop that the page was asked for.
function tellStory(page) {
  if (!document.getElementById("mapapp-story")) return null;
  const story = new Story(readBlock("story"), page, (stop, number) => page.protocol.story(stop, number, page.calendar.iso(page.player.day)));
  const { stop, layers, day } = page.start;
  if (stop) {
    story.set(stop);
    if (layers) page.setLayers(layers);
    page.setDay(day);
  }
  return story;
}
