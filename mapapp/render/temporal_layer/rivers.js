// The names of rivers, set along their course where it runs straightest in sight.

const MOST_BEND_PX = 9;

class RiverNames {
  constructor(config, topology) {
    this.config = config;
    this.topology = topology;
    this.rivers = topology.layers.river.filter((shape) => shape.properties.name);
  }

  paint(scene, labels) {
    for (const [river, spots] of this.candidates(scene, labels)) {
      const spot = spots.find(({ box }) => labels.isFree(box));
      if (!spot) continue;
      labels.take(spot.box, river.properties.name);
      this.write(scene.context, river.properties.name, spot, this.font(river));
    }
  }

  font(river) {
    return `italic 500 ${river.properties.main ? 13 : 11.5}px ${this.config.fonts}`;
  }

  // For each river the stretches of its name's length in sight, the straightest first; found once per view.
  candidates(scene, labels) {
    const view = [scene.zoom, ...scene.sight].join();
    if (this.view !== view) {
      this.view = view;
      this.found = this.rivers.map((river) => [river, this.stretches(scene, river, labels)]);
    }
    return this.found;
  }

  stretches(scene, river, labels) {
    const width = labels.width(scene.context, river.properties.name, this.font(river));
    const arcs = this.topology.at(scene.zoom);
    const spots = [];
    for (const number of river.rings.flat()) {
      const arc = arcs[number < 0 ? ~number : number];
      for (let start = 0; start < arc.length; start += 6) {
        const spot = stretch(arc, start, width);
        if (!spot || spot.bend > MOST_BEND_PX) continue;
        spot.box = turnedBox(spot, width);
        if (within(spot.box, scene.sight)) spots.push(spot);
      }
    }
    return spots.sort((one, other) => one.bend - other.bend).slice(0, 40);
  }

  write(context, words, { x, y, angle }, font) {
    context.save();
    context.translate(x, y);
    context.rotate(Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle);
    context.font = font;
    context.textAlign = "center";
    context.lineWidth = 2.6;
    context.strokeStyle = "rgba(255,255,255,.8)";
    context.strokeText(words, 0, -9);
    context.fillStyle = this.config.look.ground.river_name;
    context.fillText(words, 0, -9);
    context.restore();
  }
}

// The chord from a vertex of an arc to the first one a length away, and how far the arc strays from it.
function stretch(arc, start, length) {
  let end = start;
  while (end < arc.length && Math.hypot(arc[end] - arc[start], arc[end + 1] - arc[start + 1]) < length) end += 2;
  if (end >= arc.length) return null;
  const [dx, dy] = [arc[end] - arc[start], arc[end + 1] - arc[start + 1]];
  const chord = Math.hypot(dx, dy);
  let bend = 0;
  for (let index = start; index < end; index += 2) {
    bend = Math.max(bend, Math.abs((arc[index] - arc[start]) * dy - (arc[index + 1] - arc[start + 1]) * dx) / chord);
  }
  return { x: arc[start] + dx / 2, y: arc[start + 1] + dy / 2, angle: Math.atan2(dy, dx), bend };
}

// The upright box around a text of that length, turned by the angle and set beside the line.
function turnedBox({ x, y, angle }, length) {
  const across = Math.abs(Math.cos(angle)) * (length / 2) + Math.abs(Math.sin(angle)) * 9 + 3;
  const down = Math.abs(Math.sin(angle)) * (length / 2) + Math.abs(Math.cos(angle)) * 9 + 3;
  const upright = Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle;
  const [middleX, middleY] = [x + 9 * Math.sin(upright), y - 9 * Math.cos(upright)];
  return [middleX - across, middleY - down, middleX + across, middleY + down];
}
