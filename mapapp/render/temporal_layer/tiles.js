// Tiles from elsewhere under the fills, where the reader asked for them; without them the bundled ground is all there is.

const TILE_PX = 256;
const TILE_FILL = 0.62;
const TILE_ERRORS = 3;
const TILE_PATIENCE_MS = 8000;

class Tiles {
  // `chosen` is what the page was opened with, null for none; `changed` is called when there is something new to draw.
  constructor(map, anchor, chosen, changed) {
    Object.assign(this, { map, anchor, chosen, changed });
    this.failed = false;
    this.errors = 0;
    if (chosen) this.open(chosen);
  }

  // Leaflet fetches and keeps the tiles; they are painted by us, beneath everything else.
  open({ url, subdomains, min_zoom, max_zoom }) {
    this.layer = L.tileLayer(url, { subdomains, minNativeZoom: min_zoom, maxNativeZoom: max_zoom, keepBuffer: 1, className: "unseen" });
    this.layer.on("tileload", () => this.loaded());
    this.layer.on("tileerror", () => this.missed());
    this.layer.on("loading", () => this.wait());
    this.layer.on("load", () => clearTimeout(this.patience));
    this.layer.addTo(this.map);
  }

  loaded() {
    this.errors = 0;
    clearTimeout(this.patience);
    this.frame = this.frame || requestAnimationFrame(() => {
      this.frame = 0;
      this.changed();
    });
  }

  missed() {
    this.errors += 1;
    if (this.errors >= TILE_ERRORS) this.fail();
  }

  wait() {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.fail(), TILE_PATIENCE_MS);
  }

  // Do without: whoever serves the tiles is not asked again.
  fail() {
    if (this.failed) return;
    this.failed = true;
    clearTimeout(this.patience);
    cancelAnimationFrame(this.frame);
    setTimeout(() => {
      this.layer.remove();
      this.changed();
    }, 0);
  }

  // How opaque the fills are: tiles shine through.
  get opacity() {
    return this.drawn ? TILE_FILL : 1;
  }

  paint(scene) {
    this.drawn = 0;
    if (!this.layer || this.failed) return;
    for (const { coords, el, loaded } of Object.values(this.layer._tiles)) { // Leaflet has no other way to its tiles
      if (!loaded || !el.naturalWidth) continue;
      const size = TILE_PX * 2 ** (scene.zoom - coords.z);
      const [x, y] = [coords.x, coords.y].map((number, axis) => number * size - this.anchor[axis] * 2 ** scene.zoom);
      scene.context.drawImage(el, x, y, size + 0.5, size + 0.5);
      this.drawn += 1;
    }
  }
}

// The line that offers the background maps, credits the one on show, and says when it does not answer.
class TileChoice {
  constructor(config, start, goTo) {
    Object.assign(this, { texts: config.texts, start });
    const { base, bases } = { base: null, bases: [], ...start };
    this.notice = make("span", { class: "missing", role: "status" });
    this.credit = make("span", {}, ...(base ? base.credit.map(([text, address]) => (address ? sourceLink(text, address) : text)) : []));
    this.root = make("div", { class: "tiles", hidden: !base && !bases.length }, this.choice(base, bases, goTo), " ", this.credit, this.notice);
  }

  choice(base, bases, goTo) {
    if (!bases.length) return null;
    const option = (key, name) => make("option", { value: key, selected: key === (base ? base.key : "") }, name);
    return make("select", { "aria-label": this.texts.base, title: this.texts.base, onchange: (event) => goTo(event.target.value) },
      option("", this.texts.base_none), ...bases.map(([key, name]) => option(key, name)));
  }

  tell(failed) {
    this.notice.textContent = failed ? this.texts.base_failed : "";
    this.credit.hidden = failed;
  }
}

// The page's own address with another background map, on the day and the view that are on show.
function addressWith(key, day, map) {
  const address = new URL(document.baseURI);
  const { lat, lng } = map.getCenter();
  const view = [lat.toFixed(4), lng.toFixed(4), map.getZoom().toFixed(2)].join();
  for (const [name, value] of Object.entries({ date: day, view, base: key })) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  return address.href;
}
