// Who holds what: opaque fills and hatches, estimates stippled, fronts with a white casing.

class Territory {
  constructor(config, hatches) {
    this.holders = config.holders;
    this.ground = config.look.ground;
    this.period = config.look.stripe_period;
    this.hatches = hatches;
  }

  fill(scene, holder) {
    const style = this.holders[holder];
    return style.lean ? this.hatches.stripes(scene, style.colours, style.lean, this.period) : style.colours[0];
  }

  paintAreas(scene, slice) {
    const { context, zoom } = scene;
    for (const shape of slice.control) {
      context.fillStyle = this.fill(scene, shape.properties.holder);
      context.fill(shape.path(zoom), "evenodd");
    }
  }

  stipple(scene) {
    return this.hatches.dots(scene, "rgba(255,255,255,.8)", 5, 1.4);
  }

  paintEstimates(scene, slice) {
    const { context, zoom } = scene;
    context.fillStyle = this.stipple(scene);
    for (const shape of slice.estimate) context.fill(shape.path(zoom), "evenodd");
  }

  // Lines take no more of a small map than they must. With `unsure` off, a front beside an estimate is like any other.
  paintFronts(scene, fronts, unsure) {
    const { context } = scene;
    const near = Math.min(1, Math.max(0, (scene.zoom - 5.75) / 2.5));
    const width = 0.6 + 0.9 * near;
    context.lineJoin = "round";
    context.lineCap = "butt";
    const soft = this.trace(scene, fronts.soft);
    const plain = this.trace(scene, unsure ? fronts.plain : [...fronts.plain, ...fronts.dotted]);
    const dotted = this.trace(scene, unsure ? fronts.dotted : []);
    this.stroke(context, soft, this.ground.front, 0.4 + 0.5 * near, near ? [3, 2.5] : []);
    if (near > 0.2) {
      this.stroke(context, plain, this.ground.casing, width + 2.1 * near, []);
      this.stroke(context, dotted, this.ground.casing, width + 2.1 * near, []);
    }
    this.stroke(context, plain, this.ground.front, width, []);
    this.stroke(context, dotted, this.ground.front, width, near > 0.2 ? [2, 2.6] : [1.4, 1.8]);
  }

  paintEdge(scene, fronts) {
    this.stroke(scene.context, this.trace(scene, fronts.outer), this.ground.country, scene.zoom >= 7.5 ? 1.6 : 0.9, []);
  }

  trace(scene, lines) {
    const path = new Path2D();
    for (const line of lines) traceArcs(path, scene.arcs, line, false);
    return path;
  }

  stroke(context, path, colour, width, dashes) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(dashes);
    context.stroke(path);
    context.setLineDash([]);
  }
}
