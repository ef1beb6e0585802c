// De-escalation zones: while only named a thin dashed outline; once agreed a strong one over a hatch. Never a fill.

const ZONE_REACH_PX = 9;
const STAGES = {
  named: { width: 1.4, dashes: [5, 4], hatch: 0 },
  agreed: { width: 2.4, dashes: [], hatch: 0.45 },
};

class Zones {
  constructor(config, hatches) {
    this.ground = config.look.ground;
    this.hatches = hatches;
  }

  paint(scene, zones) {
    for (const zone of zones) this.draw(scene, zone.path(scene.zoom), zone.properties.stage);
  }

  draw(scene, path, stage) {
    const { context } = scene;
    const { width, dashes, hatch } = STAGES[stage] || STAGES.named;
    context.lineJoin = "round";
    if (hatch) {
      context.globalAlpha = hatch;
      context.fillStyle = this.hatches.lines(scene, this.ground.zone, 11, 0.8);
      context.fill(path, "evenodd");
      context.globalAlpha = 1;
    }
    this.outline(context, path, "rgba(255,255,255,.95)", width + 2, []);
    this.outline(context, path, this.ground.zone, width, dashes);
  }

  outline(context, path, colour, width, dashes) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(dashes);
    context.stroke(path);
    context.setLineDash([]);
  }

  // The zone whose outline passes near a point of the scene.
  at(scene, zones, x, y) {
    const { context, zoom } = scene;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.lineWidth = 2 * ZONE_REACH_PX;
    const found = zones.find((zone) => context.isPointInStroke(zone.path(zoom), x, y));
    context.restore();
    return found;
  }
}
