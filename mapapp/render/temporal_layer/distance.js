// How near the two camps stand: the closest posts of a day, the line between them and its length.

const SHORTEST_PX = 11;
const LONG_PX = 44;
const TRIM_PX = 9;
const STONE_PX = 7;
const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7];
const PILL = { height: 17, pad: 6, gap: 9 };

class Distance {
  constructor(block, config, anchor) {
    Object.assign(this, { config, anchor });
    block.posts.forEach((post) => { post.plane = mercator(post.x, post.y); });
    this.pairs = block.from.map((from, index) => ({
      from, to: index + 1 < block.from.length ? block.from[index + 1] : Infinity, km: block.km[index],
      front: block.front[index], one: block.posts[block.one[index]], other: block.posts[block.other[index]],
    }));
  }

  // The closest pair of a day, null where the dataset has no camps.
  on(day) {
    return this.pairs.find((pair) => isValidOn(pair, day)) || null;
  }

  words(km) {
    return fill(this.config.texts.km, { km: this.config.formats.kilometres(km) });
  }

  // Draw the line where it is long enough to be one; remembered for clicks.
  paint(scene, pair) {
    this.drawn = null;
    if (!pair) return;
    const scale = 2 ** scene.zoom;
    const [one, other] = [pair.one, pair.other].map(({ plane }) => [(plane[0] - this.anchor[0]) * scale, (plane[1] - this.anchor[1]) * scale]);
    const length = Math.hypot(other[0] - one[0], other[1] - one[1]);
    if (length < SHORTEST_PX) return;
    this.drawn = { pair, one, other, length, across: [(one[1] - other[1]) / length, (other[0] - one[0]) / length] };
    this.line(scene.context);
  }

  // A measuring line: thin, with a stroke across each end, on a white casing.
  line(context) {
    const { casing, label } = this.config.look.ground;
    const { across, length } = this.drawn;
    const trim = length > LONG_PX ? TRIM_PX / length : 0; // a long line leaves the glyphs at its ends free
    const at = (share) => [0, 1].map((axis) => this.drawn.one[axis] + (this.drawn.other[axis] - this.drawn.one[axis]) * share);
    const [one, other] = [at(trim), at(1 - trim)];
    const path = new Path2D();
    path.moveTo(...one);
    path.lineTo(...other);
    for (const [x, y] of [one, other]) {
      path.moveTo(x - 5 * across[0], y - 5 * across[1]);
      path.lineTo(x + 5 * across[0], y + 5 * across[1]);
    }
    for (const [colour, width] of [[casing, 4], [label, 1.5]]) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke(path);
    }
  }

  // The length in a dark pill on the line, or beside it where that is short; labels keep off it.
  name(scene, labels) {
    if (!this.drawn) return;
    const { pair, one, other, length, across } = this.drawn;
    const words = this.words(pair.km);
    const font = `600 11.5px ${this.config.fonts}`;
    const width = labels.width(scene.context, words, font) + 2 * PILL.pad;
    const at = (share) => [0, 1].map((axis) => one[axis] + (other[axis] - one[axis]) * share);
    const along = length > width + 24 ? SHARES.filter((share) => length * Math.min(share, 1 - share) > width / 2).map(at) : [];
    const spots = [...along, ...this.beside(at(0.5), across, width)];
    const boxes = spots.map(([x, y]) => [x - width / 2, y - PILL.height / 2, x + width / 2, y + PILL.height / 2]);
    const covered = (box) => labels.glyphs.filter((glyph) => overlap(box, glyph)).length;
    const box = boxes.reduce((best, next) => (covered(next) < covered(best) ? next : best));
    this.drawn.box = box;
    labels.take(box, words);
    labels.boxes.push(...this.stones());
    this.pill(scene.context, box, words, font);
  }

  // Small boxes along a long line, for names to keep off it.
  stones() {
    const { one, other, length } = this.drawn;
    if (length <= LONG_PX) return [];
    const count = Math.floor((length - 2 * TRIM_PX) / STONE_PX);
    return [...Array(count).keys()].map((number) => {
      const share = (TRIM_PX + (number + 0.5) * STONE_PX) / length;
      const [x, y] = [0, 1].map((axis) => one[axis] + (other[axis] - one[axis]) * share);
      return [x - 2, y - 2, x + 2, y + 2];
    });
  }

  beside(middle, across, width) {
    const steps = [1, -1, 1.8, -1.8, 2.6, -2.6, 3.6, -3.6, 5, -5, 7, -7];
    const reach = PILL.gap + Math.abs(across[0]) * (width / 2) + Math.abs(across[1]) * (PILL.height / 2);
    return steps.map((step) => [middle[0] + across[0] * reach * step, middle[1] + across[1] * reach * step]);
  }

  pill(context, [left, top, right, bottom], words, font) {
    const { casing, label } = this.config.look.ground;
    context.beginPath();
    context.roundRect(left, top, right - left, bottom - top, 4);
    context.fillStyle = label;
    context.fill();
    context.strokeStyle = casing;
    context.lineWidth = 1.2;
    context.stroke();
    context.font = font;
    context.fillStyle = casing;
    context.fillText(words, left + PILL.pad, (top + bottom) / 2 + 0.5);
  }

  // The pair whose line or figure is at a point of the scene.
  at(x, y) {
    if (!this.drawn) return null;
    const { pair, one, other, length, across, box } = this.drawn;
    const along = ((x - one[0]) * (other[0] - one[0]) + (y - one[1]) * (other[1] - one[1])) / length;
    const away = Math.abs((x - one[0]) * across[0] + (y - one[1]) * across[1]);
    const hit = (along > 4 && along < length - 4 && away < 5) || (box && overlap(box, [x, y, x, y]));
    return hit ? { type: "distance", feature: pair } : null;
  }
}
