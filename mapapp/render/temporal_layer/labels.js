// Names: by importance, with a halo, never over one another, and off the fronts where there is room.

const CELL_PX = 5;
const ANCHORS = [
  [1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1],
];
const FRONT_PRICE = 2;
const CUT_PRICE = 3;
const FAR_PX = [30, 48, 66];
const NEIGHBOUR_ZOOM = 8.2;

// A place's dot by how sure its holder is: full while the evidence is fresh, paler as it ages, hollow where estimated.
const DOTS = { fresh: "#1d1a17", aging: "#77706a", old: "#b3ada5", guessed: "#ffffff" };
const FRESH_DAYS = 14;
const AGING_DAYS = 90;

class Labels {
  constructor(config, anchor, places, neighbours) {
    this.config = config;
    this.anchor = anchor;
    this.places = places.inOrder;
    this.neighbours = neighbours;
    this.widths = new Map();
    this.last = new Map();
    this.boxes = [];
    this.written = [];
    this.dots = new Set();
  }

  paint(scene, slice, options) {
    const { context } = scene;
    this.scene = scene;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    this.boxes = [];
    this.written = [];
    this.dots.clear();
    this.day = options.sure ? slice.day : null;
    this.occupied = new Occupied(scene.box);
    for (const lines of [slice.fronts.plain, slice.fronts.dotted]) {
      for (const line of lines) this.occupied.addLine(scene.arcs, line);
    }
    this.glyphs = options.obstacles.map(({ x, y, size }) => [x - size - 1, y - size - 1, x + size + 1, y + size + 1]);
    options.distance.name(scene, this);
    if (options.zones) slice.zones.forEach((zone) => this.zone(scene, zone));
    if (options.places) this.paintPlaces(scene);
    if (options.places && scene.zoom < NEIGHBOUR_ZOOM) this.neighbours.forEach((name) => this.neighbour(scene, name));
  }

  paintPlaces(scene) {
    const placed = new Map();
    for (const place of this.places) {
      if (place.zoom > scene.zoom) break;
      const [x, y] = this.point(scene, place.plane);
      if (x < scene.box[0] || y < scene.box[1] || x > scene.box[2] || y > scene.box[3]) continue;
      const anchor = this.name(scene, place, x, y);
      if (anchor !== null) placed.set(place, anchor);
    }
    this.last = placed;
  }

  // Set a place's dot and name; returns the side it went to, null when there was no room.
  name(scene, place, x, y) {
    const dot = [x - 3, y - 3, x + 3, y + 3];
    if (this.written.some(({ box }) => overlap(box, dot))) return null;
    const city = place.size >= 13 && place.kind === "settlement";
    const size = city ? 13.5 : place.size >= 9 ? 12 : 11;
    const font = `${city ? 600 : 400} ${size}px ${this.config.fonts}`;
    const width = this.width(scene.context, place.short, font);
    const marked = this.glyphs.some((glyph) => overlap(glyph, [x - 1, y - 1, x + 1, y + 1]));
    const gap = marked ? 10 : city ? 6 : 5;
    const before = this.last.get(place);
    const order = before === undefined ? ANCHORS : [before, ...ANCHORS.filter((anchor) => anchor !== before)];
    const spots = order.map((anchor) => [anchor, boxAt(x, y, anchor, width, size, gap)]);
    if (city) FAR_PX.forEach((far) => spots.push(...ANCHORS.map((anchor) => [anchor, boxAt(x, y, anchor, width, size, far, 0.8 * far), true])));
    const free = spots.filter(([, box]) => this.isFree(box));
    const priced = free.map(([anchor, box, far], index) => [anchor, box, index * 0.1 + this.price(scene, box), far]);
    const best = priced.sort((one, other) => one[2] - other[2])[0];
    if (!best || (best[2] >= CUT_PRICE && place.size < 10)) return null;
    const [anchor, box, , far] = best;
    if (far) this.leader(scene.context, x, y, box);
    this.take(box, place.short, place);
    this.boxes.push(dot);
    if (!marked) this.mark(scene, place, x, y, city ? 3 : 2.1);
    this.text(scene.context, place.short, box[0] + 1, (box[1] + box[3]) / 2, font, this.config.look.ground.label);
    return anchor;
  }

  // A thin line from a place to a name that stands apart from it.
  leader(context, x, y, box) {
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(Math.min(box[2], Math.max(box[0], x)), Math.min(box[3], Math.max(box[1], y)));
    context.strokeStyle = this.config.look.ground.label;
    context.lineWidth = 1;
    context.stroke();
  }

  // A place's dot: plain, or saying how sure its holder is.
  mark(scene, place, x, y, radius) {
    const sureness = this.day === null ? null : sureOn(place, this.day);
    if (sureness && within([x, y, x, y], scene.sight)) this.dots.add(sureness);
    this.dot(scene.context, x, y, sureness ? radius + 1 : radius, sureness && DOTS[sureness]);
  }

  dot(context, x, y, radius, colour) {
    const { label, casing } = this.config.look.ground;
    const ring = (reach, style) => {
      context.beginPath();
      context.arc(x, y, reach, 0, 2 * Math.PI);
      context.fillStyle = style;
      context.fill();
    };
    ring(radius + 0.8, casing);
    ring(radius, label);
    if (colour) ring(radius - 1, colour);
  }

  text(context, words, x, y, font, colour) {
    context.font = font;
    context.lineWidth = 3;
    context.strokeStyle = "rgba(255,255,255,.88)";
    context.strokeText(words, x, y);
    context.fillStyle = colour;
    context.fillText(words, x, y);
  }

  // A zone's name runs outside its outline, at the first of its outermost points with room.
  zone(scene, zone) {
    const words = fill(this.config.texts[`zone_${zone.properties.stage}`], { name: zone.properties.short });
    const font = `600 11.5px ${this.config.fonts}`;
    const width = this.width(scene.context, words, font);
    const [west, north, east, south] = zone.box.map((value) => value * 2 ** scene.zoom);
    if ((east - west) * 2.5 < width) return;
    const middle = (west + east) / 2 - width / 2;
    const spots = [[middle, north - 18], [middle, south + 4], [west - width - 8, (north + south) / 2 - 8], [east + 8, (north + south) / 2 - 8]];
    const boxes = spots.map(([x, y]) => [x, y, x + width, y + 15]).filter((box) => this.isFree(box) && within(box, scene.sight));
    const box = boxes.find((candidate) => this.price(scene, candidate) < FRONT_PRICE);
    if (!box) return;
    this.take(box, words);
    this.text(scene.context, words, box[0], (box[1] + box[3]) / 2, font, this.config.look.ground.zone);
  }

  neighbour(scene, name) {
    const [x, y] = this.point(scene, name.plane);
    const { context } = scene;
    context.font = `400 12px ${this.config.fonts}`;
    context.letterSpacing = rightToLeft() ? "0px" : "3px"; // spaced, Arabic letters would come apart
    const width = context.measureText(name.label).width;
    const box = [x - width / 2, y - 8, x + width / 2, y + 8];
    context.fillStyle = this.config.look.ground.faint;
    if (this.isFree(box)) {
      this.take(box, name.label);
      context.fillText(name.label, box[0], y);
    }
    context.letterSpacing = "0px";
  }

  point(scene, plane) {
    const scale = 2 ** scene.zoom;
    return [(plane[0] - this.anchor[0]) * scale, (plane[1] - this.anchor[1]) * scale];
  }

  width(context, words, font) {
    const key = `${font}|${words}`;
    if (!this.widths.has(key)) {
      context.font = font;
      this.widths.set(key, context.measureText(words).width);
    }
    return this.widths.get(key);
  }

  // Free of every other name and of every glyph.
  isFree(box) {
    return !this.boxes.some((other) => overlap(box, other)) && !this.glyphs.some((glyph) => overlap(box, glyph));
  }

  // Keep a box for a name, and remember what stands there.
  take(box, words, place = null) {
    this.boxes.push(box);
    this.written.push({ box, words, place });
  }

  // The place whose name or dot is at a point of the scene.
  at(x, y, reach) {
    const named = this.written.find(({ place, box }) => place && overlap(box, [x, y, x, y]));
    const near = ({ place }) => place && Math.hypot(...this.point(this.scene, place.plane).map((value, axis) => value - (axis ? y : x))) <= reach;
    return (named || this.written.find(near))?.place || null;
  }

  // What a spot for a name costs: over a front, out of sight.
  price(scene, box) {
    return (this.occupied.meets(box) ? FRONT_PRICE : 0) + (within(box, scene.sight) || !overlap(box, scene.sight) ? 0 : CUT_PRICE);
  }

  forget() {
    this.widths.clear();
  }
}

// How sure the holder of a place is on a day: a key of DOTS, or null where nobody is known to hold it.
function sureOn(place, day) {
  const period = place.periods.find((candidate) => isValidOn(candidate, day));
  if (!period) return null;
  if (period.confidence === "estimated") return "guessed";
  const known = knownOn(place, day);
  if (known === null || day - known.day > AGING_DAYS) return "old";
  return day - known.day > FRESH_DAYS ? "aging" : "fresh";
}

// The box of a name beside a point; `rise` is how far a slanting one stands above or below it.
function boxAt(x, y, [right, down], width, size, gap, rise = size * 0.75) {
  const left = right > 0 ? x + gap : right < 0 ? x - gap - width : x - width / 2;
  const beside = right === 0 ? gap + size / 2 + 1 : rise;
  const middle = y + down * beside;
  return [left - 1, middle - size / 2 - 1, left + width + 2, middle + size / 2 + 1];
}

const overlap = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

const within = (box, outer) => box[0] > outer[0] && box[1] > outer[1] && box[2] < outer[2] && box[3] < outer[3];

// A coarse grid of the scene: which cells a line passes.
class Occupied {
  constructor(box) {
    this.left = box[0];
    this.top = box[1];
    this.columns = Math.ceil((box[2] - box[0]) / CELL_PX) + 1;
    this.rows = Math.ceil((box[3] - box[1]) / CELL_PX) + 1;
    this.cells = new Uint8Array(this.columns * this.rows);
  }

  addLine(arcs, numbers) {
    for (const number of numbers) {
      const arc = arcs[number < 0 ? ~number : number];
      for (let index = 2; index < arc.length; index += 2) this.addSegment(arc[index - 2], arc[index - 1], arc[index], arc[index + 1]);
    }
  }

  addSegment(x1, y1, x2, y2) {
    const steps = Math.min(400, Math.ceil(Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1)) / CELL_PX)) || 1;
    for (let step = 0; step <= steps; step += 1) {
      const column = Math.floor((x1 + ((x2 - x1) * step) / steps - this.left) / CELL_PX);
      const row = Math.floor((y1 + ((y2 - y1) * step) / steps - this.top) / CELL_PX);
      if (column >= 0 && row >= 0 && column < this.columns && row < this.rows) this.cells[row * this.columns + column] = 1;
    }
  }

  meets(box) {
    const column = (x) => Math.min(this.columns - 1, Math.max(0, Math.floor((x - this.left) / CELL_PX)));
    const row = (y) => Math.min(this.rows - 1, Math.max(0, Math.floor((y - this.top) / CELL_PX)));
    for (let line = row(box[1]); line <= row(box[3]); line += 1) {
      for (let cell = column(box[0]); cell <= column(box[2]); cell += 1) if (this.cells[line * this.columns + cell]) return true;
    }
    return false;
  }
}
