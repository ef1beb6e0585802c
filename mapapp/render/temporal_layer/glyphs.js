// Positions and events: one glyph per kind, in the actor's colour; the largest stand wherever they may.

const GLYPH_PX = 6.5;

class Glyphs {
  constructor(config, anchor) {
    this.config = config;
    this.anchor = anchor;
    this.paths = new Map();
    this.drawn = [];
  }

  path(kind) {
    if (!this.paths.has(kind)) {
      const path = new Path2D();
      for (const ring of this.config.look.glyphs[kind] || this.config.look.glyphs.other) {
        ring.forEach(([x, y], index) => (index ? path.lineTo(x, y) : path.moveTo(x, y)));
        path.closePath();
      }
      this.paths.set(kind, path);
    }
    return this.paths.get(kind);
  }

  paint(scene, positions, events) {
    this.drawn = [];
    const size = GLYPH_PX * Math.min(1.15, Math.max(0.72, 1 + (scene.zoom - 9) * 0.1));
    const crowd = scene.zoom < 10 ? 1.6 : scene.zoom < 11 ? 1.2 : 0.5;
    for (const position of positions) {
      const [x, y] = this.place(scene, position);
      if (!this.inSight(scene, x, y) || this.crowded(x, y, size * crowd)) continue;
      this.stamp(scene.context, this.path(position.kind), x, y, size, this.lineOf(position.actor));
      this.drawn.push({ x, y, size, feature: position, type: "position" });
    }
    for (const event of events) {
      const [x, y] = this.place(scene, event);
      if (!this.inSight(scene, x, y)) continue;
      this.mark(scene.context, x, y);
      this.drawn.push({ x, y, size: 8, feature: event, type: "event" });
    }
  }

  place(scene, feature) {
    const scale = 2 ** scene.zoom;
    feature.plane = feature.plane || mercator(feature.x, feature.y);
    return [(feature.plane[0] - this.anchor[0]) * scale, (feature.plane[1] - this.anchor[1]) * scale];
  }

  inSight(scene, x, y) {
    return x > scene.box[0] - 20 && y > scene.box[1] - 20 && x < scene.box[2] + 20 && y < scene.box[3] + 20;
  }

  crowded(x, y, reach) {
    return this.drawn.some((other) => Math.abs(other.x - x) < reach && Math.abs(other.y - y) < reach);
  }

  lineOf(actor) {
    const known = this.config.actors[actor];
    return known ? known.line : this.config.look.ground.front;
  }

  stamp(context, path, x, y, size, colour) {
    context.save();
    context.translate(x, y);
    context.scale(size, size);
    context.lineJoin = "round";
    context.strokeStyle = this.config.look.ground.casing;
    context.lineWidth = 0.55;
    context.stroke(path);
    context.fillStyle = colour;
    context.fill(path, "evenodd");
    context.restore();
  }

  // An event of the day: the triangle of the time bar, in a white ring.
  mark(context, x, y, scale = 1) {
    const { event, casing } = this.config.look.ground;
    context.save();
    context.translate(x, y);
    context.scale(scale, scale);
    context.beginPath();
    context.arc(0, 0, 9, 0, 2 * Math.PI);
    context.fillStyle = casing;
    context.fill();
    context.strokeStyle = event;
    context.lineWidth = 1.6;
    context.stroke();
    context.beginPath();
    context.moveTo(0, -5);
    context.lineTo(4.8, 3.4);
    context.lineTo(-4.8, 3.4);
    context.closePath();
    context.fillStyle = event;
    context.fill();
    context.restore();
  }

  // What was drawn in a box of the scene.
  inView([left, top, right, bottom]) {
    return this.drawn.filter(({ x, y }) => x >= left && x <= right && y >= top && y <= bottom);
  }

  // What was drawn nearest to a point, the last drawn first; null when nothing is within reach.
  at(x, y, reach) {
    const near = [...this.drawn].reverse().filter((mark) => Math.hypot(mark.x - x, mark.y - y) <= mark.size + reach);
    return near[0] || null;
  }
}
