// Ground that changed hands between two days, as the page around the map sends it: hatched in the colour of who took it.

const OVERLAY_FEATURES = 500;
const OVERLAY_VERTICES = 200000;
const OVERLAY_EDGE = "rgba(29,26,23,.85)";
const OVERLAY_SWATCHES = 6;
const NO_DATA = "no-data";

class Overlay {
  constructor(config, calendar, hatches, anchor) {
    Object.assign(this, { config, calendar, hatches, anchor });
    this.numbers = new Map(config.holders.map((holder, index) => [holder.key, index]));
    this.kept = null;
  }

  // Keep what was sent for a day, or nothing when it is null or not what it should be.
  take(day, geojson) {
    const on = typeof day === "string" ? this.calendar.parse(day) : null;
    const areas = on === null ? null : this.read(geojson);
    const span = areas && areas.length ? this.span(geojson, on) : null;
    this.kept = span && span.other !== null ? { on, areas, ...span } : null;
    this.drawn = null;
  }

  // What the areas stand for: between `on` and another day, or on that very `date` between two versions of the map.
  span({ from, to, date }, on) {
    if (typeof date === "string") return { other: this.calendar.parse(date) === on ? on : null, versions: true };
    const [first, last] = [from, to].map((day) => (typeof day === "string" ? this.calendar.parse(day) : null));
    return { other: first === on ? last : first, past: first !== on };
  }

  on(day) {
    return this.kept && this.kept.on === day ? this.kept : null;
  }

  read(geojson) {
    if (!geojson || geojson.type !== "FeatureCollection" || !Array.isArray(geojson.features)) return null;
    if (geojson.features.length > OVERLAY_FEATURES) return null;
    const told = geojson.features.filter((feature) => !geojson.date || feature?.properties?.winner !== NO_DATA);
    const areas = told.map((feature) => this.area(feature));
    const vertices = areas.reduce((total, area) => total + (area ? area.rings.flat().length : 0), 0);
    return areas.includes(null) || vertices > OVERLAY_VERTICES ? null : areas;
  }

  // A feature as the number of its winner and its rings in the plane; null when it is no area of a known holder.
  area(feature) {
    const { properties, geometry } = feature || {};
    const winner = this.numbers.get(properties && properties.winner);
    if (winner === undefined || !geometry || !Array.isArray(geometry.coordinates)) return null;
    const nested = { Polygon: () => geometry.coordinates, MultiPolygon: () => geometry.coordinates.flat() }[geometry.type];
    const rings = nested ? nested().map((ring) => this.ring(ring)) : [];
    return rings.length && !rings.includes(null) ? { winner, rings } : null;
  }

  ring(points) {
    const within = (value, most) => Number.isFinite(value) && Math.abs(value) <= most;
    const sound = Array.isArray(points) && points.every((point) => Array.isArray(point) && within(point[0], 180) && within(point[1], 85));
    return sound ? points.map(([longitude, latitude]) => mercator(longitude, latitude).map((value, axis) => value - this.anchor[axis])) : null;
  }

  paint(scene, day) {
    const kept = this.on(day);
    if (!kept) return;
    const { context } = scene;
    for (const { winner, path } of this.paths(kept, scene.zoom)) {
      context.fillStyle = this.stripes(scene, winner);
      context.fill(path, "evenodd");
      context.strokeStyle = OVERLAY_EDGE;
      context.lineWidth = 1.1;
      context.lineJoin = "round";
      context.stroke(path);
    }
  }

  paths(kept, zoom) {
    if (!this.drawn || this.drawn.zoom !== zoom) {
      this.drawn = { zoom, areas: kept.areas.map(({ winner, rings }) => ({ winner, path: this.trace(rings, 2 ** zoom) })) };
    }
    return this.drawn.areas;
  }

  trace(rings, scale) {
    const path = new Path2D();
    for (const ring of rings) {
      ring.forEach(([x, y], index) => path[index ? "lineTo" : "moveTo"](x * scale, y * scale));
      path.closePath();
    }
    return path;
  }

  // Stripes in the strong colour of the winner, in turn where several contest or share; nothing between them.
  stripes(scene, winner) {
    const colours = this.config.holders[winner].members.flatMap((key) => [this.config.actors[key].line, null, null]);
    return this.hatches.stripes(scene, colours, -1, 2.6 * colours.length);
  }

  // Who took ground, the most of it first, for the legend.
  winners(day) {
    const kept = this.on(day);
    return kept ? [...new Set(kept.areas.map((area) => area.winner))].slice(0, OVERLAY_SWATCHES) : [];
  }
}
