// A TopoJSON decoded once: arcs in the web Mercator plane, projected and thinned once per zoom.

const WORLD = 256;
const THIN_PX = 0.35;
const ZOOMS_KEPT = 8;

function mercator(longitude, latitude) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [WORLD * (longitude / 360 + 0.5), WORLD * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI))];
}

class Topology {
  // `anchor` is a point of the Mercator plane at zoom 0 near the data: paths are drawn relative to it.
  constructor(raw, anchor) {
    this.anchor = anchor;
    this.arcs = raw.arcs.map((arc) => decodeArc(arc, raw.transform, anchor));
    this.projected = new Map();
    this.layers = {};
    for (const [name, collection] of Object.entries(raw.objects)) {
      this.layers[name] = collection.geometries.map((geometry) => new Shape(this, geometry));
    }
  }

  // The arcs in CSS pixels at a zoom, relative to the anchor; vertices closer than a fraction of a pixel are dropped.
  at(zoom) {
    let arcs = this.projected.get(zoom);
    if (!arcs) {
      const scale = 2 ** zoom;
      arcs = this.arcs.map((arc) => thin(arc, scale));
      this.projected.set(zoom, arcs);
      if (this.projected.size > ZOOMS_KEPT) this.projected.delete(this.projected.keys().next().value);
    }
    return arcs;
  }
}

function decodeArc(arc, transform, anchor) {
  const points = new Float64Array(arc.length * 2);
  let x = 0;
  let y = 0;
  arc.forEach(([dx, dy], index) => {
    x += dx;
    y += dy;
    const [east, south] = mercator(
      x * transform.scale[0] + transform.translate[0],
      y * transform.scale[1] + transform.translate[1],
    );
    points[2 * index] = east - anchor[0];
    points[2 * index + 1] = south - anchor[1];
  });
  return points;
}

function thin(arc, scale) {
  const kept = new Float32Array(arc.length);
  const last = arc.length - 2;
  let length = 0;
  let x = NaN;
  let y = NaN;
  for (let index = 0; index <= last; index += 2) {
    const nextX = arc[index] * scale;
    const nextY = arc[index + 1] * scale;
    if (index > 0 && index < last && Math.abs(nextX - x) < THIN_PX && Math.abs(nextY - y) < THIN_PX) continue;
    x = nextX;
    y = nextY;
    kept[length] = x;
    kept[length + 1] = y;
    length += 2;
  }
  return kept.slice(0, length);
}

// One polygon or line feature: rings of signed arc numbers, and its box in the Mercator plane.
class Shape {
  constructor(topology, geometry) {
    this.topology = topology;
    this.id = geometry.id;
    this.properties = geometry.properties;
    this.closed = geometry.type.endsWith("Polygon");
    const nested = { Polygon: geometry.arcs, MultiPolygon: (geometry.arcs || []).flat(), LineString: [geometry.arcs], MultiLineString: geometry.arcs };
    this.rings = nested[geometry.type] || [];
    this.paths = new Map();
    this.box = this.measure();
  }

  measure() {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const number of this.rings.flat()) {
      const arc = this.topology.arcs[number < 0 ? ~number : number];
      for (let index = 0; index < arc.length; index += 2) {
        box[0] = Math.min(box[0], arc[index]);
        box[1] = Math.min(box[1], arc[index + 1]);
        box[2] = Math.max(box[2], arc[index]);
        box[3] = Math.max(box[3], arc[index + 1]);
      }
    }
    return box;
  }

  path(zoom) {
    let path = this.paths.get(zoom);
    if (!path) {
      path = new Path2D();
      for (const ring of this.rings) traceArcs(path, this.topology.at(zoom), ring, this.closed);
      this.paths.set(zoom, path);
      if (this.paths.size > ZOOMS_KEPT) this.paths.delete(this.paths.keys().next().value);
    }
    return path;
  }

  // Whether a point of the plane (relative to the anchor) lies inside, by the even-odd rule.
  contains(x, y) {
    const [west, north, east, south] = this.box;
    if (x < west || x > east || y < north || y > south) return false;
    let inside = false;
    for (const number of this.rings.flat()) {
      if (crossings(this.topology.arcs[number < 0 ? ~number : number], x, y) % 2) inside = !inside;
    }
    return inside;
  }
}

// Append connected arcs to a path; the arcs share their ends, which are drawn once.
function traceArcs(path, arcs, numbers, closed) {
  let first = true;
  for (const number of numbers) {
    const arc = arcs[number < 0 ? ~number : number];
    const step = number < 0 ? -2 : 2;
    let index = number < 0 ? arc.length - 2 : 0;
    if (first) path.moveTo(arc[index], arc[index + 1]);
    first = false;
    for (index += step; index >= 0 && index < arc.length; index += step) path.lineTo(arc[index], arc[index + 1]);
  }
  if (closed) path.closePath();
}

function crossings(arc, x, y) {
  let count = 0;
  for (let index = 2; index < arc.length; index += 2) {
    const y1 = arc[index - 1];
    const y2 = arc[index + 1];
    if (y1 > y !== y2 > y && x < arc[index - 2] + ((y - y1) / (y2 - y1)) * (arc[index] - arc[index - 2])) count += 1;
  }
  return count;
}
