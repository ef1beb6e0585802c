// De-escalation zones: outline and sparse hatch, no fill; dashed while only named, solid once agreed.

const ZONE_REACH_PX = 9;

class Zones {
  constructor(config, hatches) {
    this.colour = config.look.ground.zone;
    this.hatches = hatches;
  }

  paint(scene, zones) {
    const { context, zoom } = scene;
    for (const zone of zones) {
      const path = zone.path(zoom);
      context.globalAlpha = 0.4;
      context.fillStyle = this.hatches.lines(scene, this.colour, 11, 0.8);
      context.fill(path, "evenodd");
      context.globalAlpha = 1;
      context.lineJoin = "round";
      this.outline(context, path, "rgba(255,255,255,.8)", 4, []);
      this.outline(context, path, this.colour, 2, zone.properties.stage === "named" ? [6, 4] : []);
    }
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
