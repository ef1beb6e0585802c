// The page: reads its blocks, makes the painters, the time bar and the legend, and keeps them on one day.

const LAYERS = ["control", "zone", "position", "place", "event", "estimate", "distance"];

class Page {
  constructor(map) {
    this.map = map;
    this.start = readBlock("start");
    this.config = readBlock("config");
    this.texts = this.config.texts;
    this.palette = new Palette(this.config, this.start.palette, (name) => this.protocol.say({ type: "mapapp:palette", palette: name }));
    this.config.formats = new Formats(this.config.rules, this.config.lang);
    this.calendar = new Calendar(this.config.dataset.first_day, this.config.dataset.last_day, this.config.formats);
    this.anchor = mercator(...this.config.dataset.centre);
    this.layers = this.chosen(this.start.layers);
    this.rings = [];
    this.read();
    this.player = new Player(this.history, this.calendar, this.calendar.number(this.start.day), () => this.show(), (day) => this.protocol.settled(this.calendar.iso(day)));
    this.protocol = new Protocol(this.start.parents || [], this.start.day, this);
    this.sides = new Sides(this);
    this.views = new Views(this.map, (view) => this.protocol.moved(view));
    this.furnish();
    this.map.addLayer(this.surface);
    this.map.on("moveend", () => requestAnimationFrame(() => this.legend.showSigns(this.layers))); // by then both sides are painted
    if (this.start.overlay) this.overlay.take(this.start.day, this.start.overlay);
    this.setCompare(this.start.compare, this.start.mode);
    this.story = tellStory(this);
  }

  // The day that this page, or this side of it, draws.
  get day() {
    return this.sides.days[0];
  }

  read() {
    const time = new Topology(readBlock("topology"), this.anchor);
    const base = new Topology(readBlock("base"), this.anchor);
    const marks = readBlock("marks");
    marks.places = new Places(readBlock("places"), this.config);
    marks.neighbours.forEach((name) => { name.plane = mercator(name.x, name.y); });
    this.topology = time;
    this.history = new History(time, marks, readBlock("stats"), this.config, this.calendar);
    this.hatches = new Hatches();
    this.base = new Base(base, this.config);
    this.territory = new Territory(this.config, this.hatches);
    this.zones = new Zones(this.config, this.hatches);
    this.glyphs = new Glyphs(this.config, this.anchor);
    this.rivers = new RiverNames(this.config, base);
    this.labels = new Labels(this.config, this.anchor, marks.places, marks.neighbours);
    this.distance = new Distance(readBlock("contact"), this.config, this.anchor);
    this.overlay = new Overlay(this.config, this.calendar, this.hatches, this.anchor);
    this.surface = new Surface(this.anchor, (scene) => this.paint(scene), () => (this.furniture ? this.furniture.footer() : 0));
    this.tiles = new Tiles(this.map, this.anchor, this.start.base || null, () => this.tilesChanged());
    this.answers = new Answers(this.config, this.history, this.calendar, this.anchor, this.distance);
  }

  chosen(names) {
    return new Set(Array.isArray(names) ? LAYERS.filter((name) => names.includes(name)) : LAYERS);
  }

  furnish() {
    this.bar = new TimeBar(this.config, this.history, this.calendar, this.player, new Tongues(this.start, () => this.calendar.iso(this.player.day)));
    this.legend = new Legend(this.config, this.history, this);
    const choice = new TileChoice(this.config, this.start, (key) => this.changeBase(key));
    this.furniture = new Furniture(this.map, this.config, this.calendar, this.legend, this.history.places.evidenceDays(), choice);
    if (this.start.newer) this.furniture.tellNewer(this.start.newer);
    document.querySelector("main").append(this.bar.root);
    this.palette.listeners.push(() => this.recolour());
    this.map.on("click", (event) => this.ask(event.latlng));
    this.tips = new Tips(this.map, this.answers, (latlng) => this.sides.at(latlng).under(latlng), (latlng) => this.sides.at(latlng).day);
    this.map.on("popupclose", () => { this.asked = null; });
    new ResizeObserver(() => this.fit()).observe(this.map.getContainer());
    document.fonts.ready.then(() => this.fontsArrived());
  }

  fit() {
    const container = this.map.getContainer();
    container.style.setProperty("--room", `${container.clientHeight}px`);
    this.quietly(() => this.map.invalidateSize({ pan: false }));
    if (!this.fitted && (this.start.view || !this.start.stop)) this.setView(...(this.start.view || [])); // only now the map has its size, and a middle
    this.fitted = true;
    this.tellHeight();
  }

  // Only a new width asks for a new height, so that a page which follows never chases itself.
  tellHeight() {
    if (!this.wide || this.wide === window.innerWidth) return;
    this.wide = window.innerWidth;
    this.protocol.wantHeight(this.wide, this.bar.root.offsetHeight);
  }

  // Move the map for the page's own reasons: nothing that the reader did.
  quietly(move) {
    this.views.quietly(move);
  }

  fontsArrived() {
    this.labels.forget();
    this.bar.fit();
    this.surface.redraw();
    this.sides.forget();
    document.documentElement.dataset.state = "ready";
    this.wide = -1;
    this.tellHeight();
  }

  // Paint the day on the surface; called for every new day and every new view.
  paint(scene) {
    const slice = this.history.on(this.day);
    scene.arcs = this.topology.at(scene.zoom);
    this.scene = scene;
    this.base.paintUnder(scene);
    this.tiles.paint(scene);
    scene.context.globalAlpha = this.tiles.opacity;
    if (this.layers.has("control")) this.territory.paintAreas(scene, slice);
    scene.context.globalAlpha = 1;
    if (this.layers.has("control") && this.layers.has("estimate")) this.territory.paintEstimates(scene, slice);
    if (!this.sides.on) this.overlay.paint(scene, this.day);
    this.base.paintBorders(scene);
    if (this.layers.size > 1 || !this.layers.has("control")) this.base.paintWater(scene);
    if (this.layers.has("control")) this.territory.paintFronts(scene, slice.fronts, this.layers.has("estimate"));
    this.territory.paintEdge(scene, slice.fronts);
    if (this.layers.has("zone")) this.zones.paint(scene, slice.zones);
    const positions = this.layers.has("position") ? slice.positions : [];
    const events = this.layers.has("event") ? slice.events.filter((event) => event.plotted).reverse() : [];
    this.glyphs.paint(scene, positions, events);
    this.distance.paint(scene, this.layers.has("distance") ? this.distance.on(slice.day) : null);
    this.nameAll(scene, slice);
  }

  nameAll(scene, slice) {
    this.labels.paint(scene, slice, {
      obstacles: this.glyphs.drawn,
      distance: this.distance,
      places: this.layers.has("place"),
      sure: this.layers.has("estimate"),
      zones: this.layers.has("zone") && this.layers.has("place"),
    });
    if (this.layers.has("place")) this.rivers.paint(scene, this.labels);
  }

  tilesChanged() {
    this.furniture?.tileChoice.tell(this.tiles.failed);
    this.surface.redraw();
  }

  show() {
    const { day } = this.player;
    const [slice, later] = this.sides.days.map((each) => this.history.on(each));
    this.surface.redraw();
    this.sides.show();
    this.bar.show(day, this.sides);
    this.legend.show(slice, this.layers, this.sides.on ? later : null);
    this.furniture.show(later);
    if (this.asked) this.answer();
    this.tips.show();
    window.dispatchEvent(new CustomEvent("mapapp:painted", { detail: this.calendar.iso(day) }));
  }

  hit(latlng) {
    const [x, y] = this.surface.scenePoint(latlng);
    const mark = this.glyphs.at(x, y, L.Browser.mobile ? 8 : 3);
    if (mark) return mark;
    const pair = this.distance.at(x, y);
    if (pair) return pair;
    const zone = this.layers.has("zone") && this.zones.at(this.scene, this.history.on(this.day).zones, x, y);
    return zone ? { type: "zone", feature: zone } : null;
  }

  // Answer for a point of a side of the page, on its map.
  ask(latlng, side = this.sides.at(latlng)) {
    const asked = { latlng, side, hit: side.hit(latlng) };
    const content = this.answers.content(latlng, asked.hit, side.day);
    this.sides.maps.forEach((map) => map.closePopup());
    if (!content) return;
    if (content.dataset.place) this.protocol.place(content.dataset.place);
    const map = side.map || this.map;
    this.popup = L.popup({ maxWidth: 300, minWidth: 200, maxHeight: 320, autoPanPaddingTopLeft: [12, 48], autoPanPaddingBottomRight: [12, 12] }).setLatLng(latlng).setContent(content);
    this.quietly(() => map.openPopup(this.popup));
    this.popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", this.texts.popup_close);
    this.asked = asked;
  }

  // The popup stays where it is and answers for the new day.
  answer() {
    const { latlng, hit, side } = this.asked;
    const gone = hit && hit.type !== "event" && hit.type !== "distance" && !isValidOn(hit.feature, side.day);
    const content = this.answers.content(latlng, gone ? null : hit, side.day);
    if (content) this.popup.getContent().replaceChildren(...content.childNodes);
  }

  // The page around shows the history of a place: popups lead there instead of telling it themselves.
  guide(shown) {
    this.answers.tell = shown ? (id) => this.protocol.place(id) : null;
  }

  // What a pointer is over: as for a click, and a place by its dot or name before a zone's outline.
  under(latlng) {
    const hit = this.hit(latlng);
    if (hit && hit.type !== "zone") return hit;
    const place = this.labels.at(...this.surface.scenePoint(latlng), PLACE_REACH_PX);
    return place ? { type: "place", feature: place } : hit;
  }

  setDay(day) {
    const number = typeof day === "string" ? this.calendar.parse(day) : null;
    return number !== null && this.player.go(number);
  }

  // Ring a point, and go there when there is a zoom; without a finite point take the ring away.
  fly(longitude, latitude, zoom) {
    this.spot = [longitude, latitude].every(Number.isFinite) ? L.latLng(latitude, longitude) : null;
    this.ringSpot();
    if (this.spot && Number.isFinite(zoom)) this.quietly(() => this.map.setView(this.spot, Math.max(zoom, this.map.getZoom())));
  }

  // Ring the point on every map there is.
  ringSpot() {
    this.rings.forEach((ring) => ring.remove());
    const look = { radius: 14, weight: 2.5, color: "#111", fill: false, className: "found", interactive: false };
    this.rings = this.spot ? this.sides.maps.map((map) => L.circleMarker(this.spot, look).addTo(map)) : [];
  }

  // Look at a point; without finite numbers at what the map opens on.
  setView(latitude, longitude, zoom) {
    const { centre, zoom: opens } = this.config.dataset;
    const view = [latitude, longitude, zoom].every(Number.isFinite) ? [[latitude, longitude], zoom] : [[centre[1], centre[0]], opens];
    this.quietly(() => this.map.setView(...view, { animate: false, reset: true }));
  }

  // Compare with another day in a mode; without a day with none.
  setCompare(day, mode) {
    this.sides.set(typeof day === "string" ? this.covered(day) : null, mode);
  }

  // The number of an ISO day of the dataset; null for any other text.
  covered(day) {
    const number = this.calendar.parse(day);
    return number !== null && this.calendar.covers(number) ? number : null;
  }

  changeBase(key) {
    location.assign(addressWith(key, this.calendar.iso(this.player.day), this.map));
  }

  setOverlay(day, geojson) {
    this.overlay.take(day, geojson);
    this.show();
  }

  recolour() {
    this.legend.recolour();
    this.show();
  }

  // Show a stop of the story, null for none; with a day, on that day instead of the stop's own.
  setStory(id, day) {
    this.story?.set(id);
    if (day !== undefined) this.setDay(day);
  }

  setLayers(names) {
    this.layers = this.chosen(names);
    this.show();
  }
}

const page = new Page(window[readBlock("config").map]);
window.mapapp = {
  get day() { return page.calendar.iso(page.player.day); },
  get palette() { return page.palette.name; },
  get layers() { return [...page.layers]; },
  get story() { return page.story?.stop?.id || null; },
  get overlay() { return page.overlay.on(page.player.day)?.areas.length || 0; },
  get tiles() { return page.tiles.drawn; },
  changeDays: page.config.changeDays,
  map: page.map,
  get names() { return page.labels.written.map(({ words, box }) => ({ words, box: [...box] })); },
  get glyphs() { return page.labels.glyphs.map((box) => [...box]); },
  get view() { return page.views.now; },
  get compare() { return page.sides.other === null ? null : page.calendar.iso(page.sides.other); },
  get mode() { return page.sides.mode; },
  get maps() { return page.sides.maps; },
  setView: (lat, lng, zoom) => page.setView(lat, lng, zoom),
  setCompare: (day, mode) => page.setCompare(day, mode),
  show: (lon, lat, zoom) => page.fly(lon, lat, zoom),
  setDay: (day) => page.setDay(day),
  setLayers: (names) => page.setLayers(names),
  setPalette: (name) => page.palette.set(name),
  setStory: (id) => page.setStory(id),
  play: () => page.player.play(),
  pause: () => page.player.pause(),
};
page.protocol.ready(page.start.day);
