// The legend: only what is on the map on this day, with each holder's share of the country.

const SWATCH = { width: 26, height: 15 };

class Legend {
  constructor(config, history, painters) {
    Object.assign(this, { config, history, painters, texts: config.texts });
    this.percent = new Intl.NumberFormat(config.lang, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
    this.list = make("ul", {});
    this.rows = new Map();
    this.root = make("details", { class: "legend", open: window.innerWidth > 640 && window.innerHeight > 520 }, make("summary", {}, this.texts.legend), this.list);
    config.holders.forEach((holder, index) => (holder.lean ? this.addShared(holder, index) : this.addHolder(holder, index)));
    this.addSigns();
  }

  addHolder(holder, index) {
    const row = this.add(`holder ${index}`, holder.name, this.filling(index));
    row.item.dataset.holder = holder.key;
    row.item.dataset.colours = holder.colours.join(" ");
    row.figure = make("span", { class: "share" });
    row.item.append(row.figure);
  }

  // Hatches explain themselves by their colours: one row for all that are contested, one for all that are shared.
  addShared(holder, index) {
    const key = holder.lean > 0 ? "contested" : "joint";
    const row = this.rows.get(key) || this.addGroup(key);
    const swatch = make("canvas", { class: "swatch", role: "img", "aria-label": holder.name, title: holder.name, hidden: true });
    swatch.dataset.holder = holder.key;
    swatch.dataset.colours = holder.colours.join(" ");
    row.swatches.append(swatch);
    this.rows.set(`holder ${index}`, { item: swatch, swatch, group: row, draw: this.filling(index) });
  }

  addGroup(key) {
    const swatches = make("span", { class: "swatches" });
    const figure = make("span", { class: "share" });
    const item = make("li", { class: "group", hidden: true }, make("span", { class: "name" }, this.texts[`legend_${key}`], swatches), figure);
    const row = { item, swatches, figure };
    this.rows.set(key, row);
    this.list.append(item);
    return row;
  }

  filling(index) {
    return (scene) => {
      scene.context.fillStyle = this.painters.territory.fill(scene, index);
      scene.context.fillRect(0, 0, SWATCH.width, SWATCH.height);
    };
  }

  addSigns() {
    const { front, casing, zone } = this.config.look.ground;
    const line = (colour, width, dashes) => (scene) => {
      for (const [stroke, thick, dash] of [[casing, width + 2.4, []], [colour, width, dashes]]) {
        this.painters.territory.stroke(scene.context, this.rule(), stroke, thick, dash);
      }
    };
    this.add("estimate", this.texts.legend_estimate, (scene) => {
      scene.context.fillStyle = "#a8a29a";
      scene.context.fillRect(0, 0, SWATCH.width, SWATCH.height);
      scene.context.fillStyle = this.painters.hatches.dots(scene, "rgba(255,255,255,.75)", 6, 1.3);
      scene.context.fillRect(0, 0, SWATCH.width, SWATCH.height);
    });
    this.add("front", this.texts.legend_front, line(front, 1.5, []));
    this.add("dotted", this.texts.legend_dotted, line(front, 1.5, [2, 2.6]));
    this.add("named", this.texts.legend_named, line(zone, 2, [6, 4]));
    this.add("agreed", this.texts.legend_agreed, line(zone, 2, []));
    for (const [key, actor] of Object.entries(this.config.actors)) this.add(`actor ${key}`, fill(this.texts.legend_actor, { name: actor.name }), this.dot(actor.line));
    for (const kind of this.config.kinds) this.add(`kind ${kind}`, this.texts[`kind_${kind}`] || kind, this.glyph(kind));
    this.add("event", this.texts.legend_event, (scene) => this.painters.glyphs.mark(scene.context, 13, 8, 0.7));
  }

  rule() {
    const path = new Path2D();
    path.moveTo(0, SWATCH.height / 2);
    path.lineTo(SWATCH.width, SWATCH.height / 2);
    return path;
  }

  dot(colour) {
    return (scene) => {
      scene.context.fillStyle = colour;
      scene.context.arc(13, 7.5, 5, 0, 2 * Math.PI);
      scene.context.fill();
    };
  }

  glyph(kind, colour = this.config.look.ground.label) {
    return (scene) => this.painters.glyphs.stamp(scene.context, this.painters.glyphs.path(kind), 13, 7.5, 6, colour);
  }

  add(key, words, draw) {
    const swatch = make("canvas", { class: "swatch", "aria-hidden": "true" });
    const item = make("li", { hidden: true }, swatch, make("span", { class: "name", dir: "auto" }, words));
    const row = { item, swatch, draw };
    this.rows.set(key, row);
    this.list.append(item);
    return row;
  }

  drawSwatch({ swatch, draw }) {
    const ratio = window.devicePixelRatio || 1;
    swatch.width = SWATCH.width * ratio;
    swatch.height = SWATCH.height * ratio;
    const context = swatch.getContext("2d");
    context.scale(ratio, ratio);
    draw({ context, ratio });
  }

  show(slice, layers) {
    const km2 = this.history.km2(slice.day);
    const total = this.history.stats.country_km2;
    const held = new Set(layers.has("control") ? slice.control.map((shape) => shape.properties.holder) : []);
    const kinds = new Set(layers.has("position") ? slice.positions.map((position) => position.kind) : []);
    const stages = new Set(layers.has("zone") ? slice.zones.map((zone) => zone.properties.stage) : []);
    const unsure = layers.has("control") && layers.has("estimate");
    const holding = new Set([...held].flatMap((index) => this.config.holders[index].members));
    const sums = new Map();
    this.config.holders.forEach((holder, index) => {
      const row = this.rows.get(`holder ${index}`);
      this.setShown(row, held.has(index));
      if (held.has(index)) sums.set(row.group || row, (sums.get(row.group || row) || 0) + km2[index]);
    });
    for (const key of ["contested", "joint"]) if (this.rows.has(key)) this.setShown(this.rows.get(key), sums.has(this.rows.get(key)));
    for (const [row, sum] of sums) row.figure.textContent = this.share(sum / total);
    this.setShown(this.rows.get("estimate"), unsure && slice.estimate.length > 0);
    this.setShown(this.rows.get("front"), held.size > 1);
    this.setShown(this.rows.get("dotted"), unsure && slice.fronts.dotted.length > 0);
    this.setShown(this.rows.get("named"), stages.has("named"));
    this.setShown(this.rows.get("agreed"), stages.has("agreed"));
    const posted = new Set(layers.has("position") ? slice.positions.map((position) => position.actor) : []);
    for (const key of Object.keys(this.config.actors)) this.setShown(this.rows.get(`actor ${key}`), posted.has(key) && !holding.has(key));
    this.config.kinds.forEach((kind) => this.setShown(this.rows.get(`kind ${kind}`), kinds.has(kind)));
    this.setShown(this.rows.get("event"), layers.has("event") && slice.events.length > 0);
  }

  share(part) {
    return part > 0 && part < 0.0005 ? `<${this.percent.format(0.001)}` : this.percent.format(part);
  }

  setShown(row, shown) {
    if (row.item.hidden === !shown) return;
    row.item.hidden = !shown;
    if (shown && row.draw) this.drawSwatch(row);
  }
}
