// The lines between holders on a day: arcs with different holders on their two sides, joined into long lines.

const PLAIN = 0;
const DOTTED = 1;
const SOFT = 2;

class Fronts {
  constructor(topology, holders) {
    this.topology = topology;
    this.members = holders.map((holder) => new Set(holder.members));
    this.sides = [new Int16Array(topology.arcs.length), new Int16Array(topology.arcs.length)];
    this.unsure = new Uint8Array(topology.arcs.length);
    this.within = new Map();
    this.ends = topology.arcs.map((points) => [
      `${points[0]},${points[1]}`,
      `${points[points.length - 2]},${points[points.length - 1]}`,
    ]);
  }

  // Returns {plain, dotted, soft, outer}: lists of lines of signed arc numbers. Dotted where one side rests on
  // estimates, soft between an area that is contested or shared and one of its parties, outer at the country's edge.
  on(control, estimate) {
    const used = this.label(control);
    this.markUnsure(estimate);
    const groups = [[], [], [], []];
    for (const arc of used) groups[this.kind(arc, estimate)].push(arc);
    const [plain, dotted, soft, outer] = groups.map((arcs) => this.join(arcs));
    return { plain, dotted, soft, outer };
  }

  label(control) {
    const used = [];
    this.sides.forEach((side) => side.fill(-1));
    for (const shape of control) {
      for (const number of shape.rings.flat()) {
        const arc = number < 0 ? ~number : number;
        if (this.sides[0][arc] < 0 && this.sides[1][arc] < 0) used.push(arc);
        this.sides[number < 0 ? 1 : 0][arc] = shape.properties.holder;
      }
    }
    return used;
  }

  markUnsure(estimate) {
    this.unsure.fill(0);
    for (const shape of estimate) for (const number of shape.rings.flat()) this.unsure[number < 0 ? ~number : number] = 1;
  }

  kind(arc, estimate) {
    const one = this.sides[0][arc];
    const other = this.sides[1][arc];
    if (one < 0 || other < 0) return 3;
    const [small, large] = this.members[one].size < this.members[other].size ? [one, other] : [other, one];
    if (this.members[large].size > 1 && [...this.members[small]].every((key) => this.members[large].has(key))) return SOFT;
    return this.unsure[arc] || estimate.some((shape) => this.inside(arc, shape)) ? DOTTED : PLAIN;
  }

  // Whether the middle of an arc lies inside an estimated area; asked once per arc and area.
  inside(arc, shape) {
    if (!this.within.has(shape)) this.within.set(shape, new Map());
    const known = this.within.get(shape);
    if (!known.has(arc)) {
      const points = this.topology.arcs[arc];
      const middle = 2 * Math.floor((points.length / 2 - 1) / 2);
      const x = (points[middle] + points[middle + 2]) / 2;
      const y = (points[middle + 1] + points[middle + 3]) / 2;
      known.set(arc, shape.contains(x, y));
    }
    return known.get(arc);
  }

  // Chain arcs at their common ends, so that a dash pattern runs on.
  join(arcs) {
    const at = new Map();
    for (const arc of arcs) {
      for (const end of this.ends[arc]) {
        if (at.has(end)) at.get(end).push(arc);
        else at.set(end, [arc]);
      }
    }
    const left = new Set(arcs);
    const loose = arcs.filter((arc) => this.ends[arc].some((end) => at.get(end).length !== 2));
    const lines = [];
    for (const start of [...loose, ...arcs]) {
      if (!left.has(start)) continue;
      const [head, tail] = this.ends[start];
      const backward = at.get(tail).length !== 2 && at.get(head).length === 2;
      lines.push(this.walk(backward ? ~start : start, at, left));
    }
    return lines;
  }

  walk(start, at, left) {
    const line = [];
    for (let number = start; number !== undefined; ) {
      const arc = number < 0 ? ~number : number;
      left.delete(arc);
      line.push(number);
      const end = this.ends[arc][number < 0 ? 0 : 1];
      const meeting = at.get(end);
      const next = meeting.length === 2 ? meeting.find((other) => left.has(other)) : undefined;
      number = next === undefined ? undefined : this.ends[next][0] === end ? next : ~next;
    }
    return line;
  }
}
