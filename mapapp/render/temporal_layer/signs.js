// The signs of the legend: what each line, hatch, dot and glyph on the map means, each drawn as on the map.

const SWATCH = { width: 26, height: 15 };

class Signs {
  // `painters` draw the map; the rows here draw with them. `list` takes the rows.
  constructor(config, painters, list) {
    Object.assign(this, { config, painters, list, texts: config.texts });
    this.rows = new Map();
    this.addLines();
    this.addDots();
    for (const [key, actor] of Object.entries(config.actors)) this.add(`actor ${key}`, actor.name, this.disc(actor));
    for (const kind of config.kinds) this.add(`kind ${kind}`, this.texts[`kind_${kind}`] || kind, this.glyph(kind));
    this.add("event", this.texts.legend_event, (scene) => painters.glyphs.mark(scene.context, 13, 7.5, 0.7));
  }

  addLines() {
    const { ground } = this.config.look;
    const line = (colour, width, dashes) => (scene) => {
      for (const [stroke, thick, dash] of [["casing", width + 2.4, []], [colour, width, dashes]]) {
        this.painters.territory.stroke(scene.context, this.rule(), ground[stroke], thick, dash);
      }
    };
    this.add("front", this.texts.legend_front, line("front", 1.5, []));
    this.add("dotted", this.texts.legend_dotted, line("front", 1.5, [2, 2.6]));
    this.add("distance", this.texts.legend_distance, line("label", 1.5, []));
    for (const stage of ["named", "agreed"]) this.add(stage, this.texts[`legend_${stage}`], (scene) => this.painters.zones.draw(scene, this.frame(), stage));
  }

  addDots() {
    for (const [key, look] of Object.entries(DOTS)) {
      this.add(`dot ${key}`, this.texts[`legend_${key}`], (scene) => this.painters.labels.dot(scene.context, 13, 7.5, 4, look));
    }
  }

  rule() {
    const path = new Path2D();
    path.moveTo(0, SWATCH.height / 2);
    path.lineTo(SWATCH.width, SWATCH.height / 2);
    return path;
  }

  frame() {
    const path = new Path2D();
    path.rect(2, 2, SWATCH.width - 4, SWATCH.height - 4);
    return path;
  }

  disc(actor) {
    return (scene) => {
      scene.context.fillStyle = actor.line;
      scene.context.arc(13, 7.5, 5, 0, 2 * Math.PI);
      scene.context.fill();
    };
  }

  glyph(kind) {
    return (scene) => this.painters.glyphs.stamp(scene.context, this.painters.glyphs.path(kind), 13, 7.5, 6, this.config.look.ground.label);
  }

  add(key, words, draw) {
    const swatch = make("canvas", { class: "swatch", "aria-hidden": "true" });
    const item = make("li", { hidden: true }, swatch, make("span", { class: "name", dir: "auto" }, words));
    this.rows.set(key, { item, swatch, draw });
    this.list.append(item);
  }

  // Show the signs that are on the map now: lines of the day, glyphs of the view, on each side. `held` has the holders.
  show(sides, layers, held) {
    const unsure = layers.has("control") && layers.has("estimate");
    const stages = new Set(layers.has("zone") ? sides.flatMap(({ slice }) => slice.zones).map((zone) => zone.properties.stage) : []);
    const seen = sides.flatMap(({ painters: { glyphs, scene } }) => (scene ? glyphs.inView(scene.sight) : []));
    const of = (type, key) => new Set(seen.filter((mark) => mark.type === type).map((mark) => mark.feature[key]));
    const [kinds, actors] = [of("position", "kind"), of("position", "actor")];
    this.set("front", held.size > 1);
    this.set("dotted", unsure && sides.some(({ slice }) => slice.fronts.dotted.length > 0));
    this.set("distance", sides.some(({ painters }) => painters.distance.drawn));
    for (const stage of ["named", "agreed"]) this.set(stage, stages.has(stage));
    for (const key of Object.keys(DOTS)) this.set(`dot ${key}`, layers.has("estimate") && sides.some(({ painters }) => painters.labels.dots.has(key)));
    for (const key of Object.keys(this.config.actors)) this.set(`actor ${key}`, actors.has(key) && !held.has(key));
    for (const kind of this.config.kinds) this.set(`kind ${kind}`, kinds.has(kind));
    this.set("event", seen.some((mark) => mark.type === "event"));
    return [...this.rows.values()].some((row) => !row.item.hidden);
  }

  recolour() {
    redraw(this.rows.values());
  }

  set(key, shown) {
    setShown(this.rows.get(key), shown);
  }
}

// Show or hide a row; its swatch is drawn when it is first seen.
function setShown(row, shown) {
  if (row.item.hidden === !shown) return;
  row.item.hidden = !shown;
  if (shown && row.draw) drawSwatch(row);
}

// Draw the swatches in sight once more.
function redraw(rows) {
  for (const row of rows) if (row.draw && !row.item.hidden) drawSwatch(row);
}

function drawSwatch({ swatch, draw }) {
  const ratio = window.devicePixelRatio || 1;
  swatch.width = SWATCH.width * ratio;
  swatch.height = SWATCH.height * ratio;
  const context = swatch.getContext("2d");
  context.scale(ratio, ratio);
  draw({ context, ratio });
}
