// The ground under the map: sea, neighbours, lakes; and over the fills: governorates and rivers.

class Base {
  constructor(topology, config) {
    this.layers = topology.layers;
    this.ground = config.look.ground;
  }

  paintUnder(scene) {
    const { context, zoom, box } = scene;
    context.fillStyle = this.ground.land;
    context.fillRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
    this.paintSea(scene);
    context.fillStyle = this.ground.land;
    for (const shape of this.layers.neighbour) context.fill(shape.path(zoom), "evenodd");
    this.lines(scene, this.layers.coast, this.ground.coast, 0.9, 1);
    context.fillStyle = this.ground.no_data;
    for (const shape of this.layers.country) context.fill(shape.path(zoom), "evenodd");
  }

  // The sea is known only where the neighbours are: it fades out to the west, where the sheet ends; without
  // neighbours all around is land.
  paintSea(scene) {
    const { context, zoom } = scene;
    const boxes = this.layers.neighbour.map((shape) => shape.box);
    if (!boxes.length) return;
    const edge = [0, 1, 2, 3].map((side) => Math[side < 2 ? "min" : "max"](...boxes.map((box) => box[side])) * 2 ** zoom);
    const fade = context.createLinearGradient(edge[0], 0, edge[0] + (edge[2] - edge[0]) * 0.07, 0);
    fade.addColorStop(0, this.ground.land);
    fade.addColorStop(1, this.ground.sea);
    context.fillStyle = fade;
    context.fillRect(edge[0], edge[1], edge[2] - edge[0], edge[3] - edge[1]);
  }

  polygons(scene, shapes, fill, edge) {
    const { context, zoom } = scene;
    for (const shape of shapes) {
      const path = shape.path(zoom);
      context.fillStyle = fill;
      context.fill(path, "evenodd");
      context.strokeStyle = edge;
      context.lineWidth = 0.8;
      context.stroke(path);
    }
  }

  paintBorders(scene) {
    this.lines(scene, this.layers.governorate, this.ground.governorate, scene.zoom < 7 ? 0.5 : 0.7, 0.45);
  }

  // Rivers run over every fill: a light casing keeps them apart from the dark ones.
  paintWater(scene) {
    const near = Math.min(2, Math.max(0.75, 1 + (scene.zoom - 8) / 3));
    for (const shape of this.layers.river) this.lines(scene, [shape], this.ground.casing, this.width(shape, near) + 1.2 * near, 0.95);
    for (const shape of this.layers.river) this.lines(scene, [shape], this.ground.river, this.width(shape, near), 1);
    this.polygons(scene, this.layers.lake, this.ground.lake, this.ground.river);
  }

  width(shape, near) {
    return (shape.properties.main ? 1.5 : 0.9) * near;
  }

  lines(scene, shapes, colour, width, opacity) {
    const { context, zoom } = scene;
    context.globalAlpha = opacity;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.lineJoin = "round";
    for (const shape of shapes) context.stroke(shape.path(zoom));
    context.globalAlpha = 1;
  }
}
