// The legend: who holds ground on this day, each with the share of the country and how much of it is estimated.

const LEAST_SHARE = 0.001;

class Legend {
  constructor(config, history, painters) {
    Object.assign(this, { config, history, painters, texts: config.texts });
    this.formats = config.formats;
    this.list = make("ul", { class: "holders" });
    this.rows = new Map();
    this.addHeads();
    this.addGained();
    config.holders.forEach((holder, index) => (holder.lean ? this.addShared(holder, index) : this.addHolder(holder, index)));
    this.addEstimate();
    this.signs = new Signs(config, painters, make("ul", {}));
    const reveal = () => { if (this.more.open) this.root.scrollTop = this.list.offsetHeight; };
    this.more = make("details", { class: "signs", ontoggle: reveal }, make("summary", {}, this.texts.legend_signs), this.signs.list);
    const roomy = window.innerWidth > 640 && window.innerHeight > 520;
    this.root = make("details", { class: "legend", open: roomy }, make("summary", {}, this.texts.legend), this.list, painters.palette.root, this.more);
  }

  addHeads() {
    this.heads = make("li", { class: "heads", "aria-hidden": "true" }, make("span", {}), make("span", {}), make("span", {}, this.texts.legend_share), make("span", { title: this.texts.legend_of_which }, this.texts.legend_unsure));
    this.list.append(this.heads);
  }

  addHolder(holder, index) {
    const swatch = make("canvas", { class: "swatch", "aria-hidden": "true" });
    const row = this.row(`holder ${index}`, { swatch, draw: this.filling(index) }, swatch, make("span", { class: "name", dir: "auto" }, holder.name.split(" (")[0]));
    row.item.dataset.holder = holder.key;
    this.label(row.item, holder);
  }

  // The colours a pixel of the holder's ground has, for those who read them off the screen.
  label(item, holder) {
    item.dataset.colours = holder.colours.join(" ");
  }

  recolour() {
    this.config.holders.forEach((holder, index) => this.label(this.rows.get(`holder ${index}`).item, holder));
    redraw(this.rows.values());
    this.gained.shows = null;
    this.signs.recolour();
  }

  // Hatches explain themselves by their colours: one row for all that are contested, one for all that are shared.
  addShared(holder, index) {
    const key = holder.lean > 0 ? "contested" : "joint";
    const row = this.rows.get(key) || this.addGroup(key);
    const swatch = make("canvas", { class: "swatch", role: "img", "aria-label": holder.name, title: holder.name, hidden: true });
    swatch.dataset.holder = holder.key;
    this.label(swatch, holder);
    row.swatches.append(swatch);
    this.rows.set(`holder ${index}`, { item: swatch, swatch, group: row, draw: this.filling(index) });
  }

  addGroup(key) {
    const swatches = make("span", { class: "swatches" });
    const row = this.row(key, { swatches }, make("span", { class: "name" }, swatches, this.texts[`legend_${key}`]));
    row.item.classList.add("group");
    return row;
  }

  addEstimate() {
    const swatch = make("canvas", { class: "swatch", "aria-hidden": "true" });
    this.row("estimate", { swatch, draw: (scene) => this.stipple(scene) }, swatch, make("span", { class: "name" }, this.texts.legend_estimate));
  }

  addGained() {
    const words = make("span", {});
    const swatches = make("span", { class: "swatches" });
    this.gained = make("li", { class: "group gained", hidden: true }, make("span", { class: "name" }, swatches, words));
    Object.assign(this.gained, { words, swatches });
    this.list.append(this.gained);
  }

  // One row for what changed hands, with a swatch for each who took ground.
  showGained(day, overlay) {
    const kept = overlay.on(day);
    this.gained.hidden = !kept;
    if (!kept || this.gained.shows === kept) return;
    this.gained.shows = kept;
    const between = kept.past ? this.texts.gained_since : this.texts.gained_until;
    const text = kept.versions ? this.texts.gained_versions : between;
    this.gained.words.textContent = fill(text, { day: this.painters.calendar.words(kept.other) });
    this.gained.swatches.replaceChildren(...overlay.winners(day).map((winner) => this.gainedSwatch(overlay, winner)));
  }

  gainedSwatch(overlay, winner) {
    const { name } = this.config.holders[winner];
    const swatch = make("canvas", { class: "swatch", role: "img", "aria-label": name, title: name });
    const stripes = (scene) => {
      this.filling(winner)(scene);
      scene.context.fillStyle = overlay.stripes(scene, winner);
      scene.context.fillRect(0, 0, SWATCH.width, SWATCH.height);
    };
    drawSwatch({ swatch, draw: stripes });
    return swatch;
  }

  row(key, parts, ...children) {
    const figure = make("span", { class: "share" });
    const unsure = make("span", { class: "unsure" });
    const row = { ...parts, figure, unsure, item: make("li", { hidden: true }, ...children, figure, unsure) };
    this.rows.set(key, row);
    this.list.append(row.item);
    return row;
  }

  filling(index) {
    return (scene) => {
      scene.context.fillStyle = this.painters.territory.fill(scene, index);
      scene.context.fillRect(0, 0, SWATCH.width, SWATCH.height);
    };
  }

  stipple(scene) {
    for (const style of ["#a8a29a", this.painters.territory.stipple(scene)]) {
      scene.context.fillStyle = style;
      scene.context.fillRect(0, 0, SWATCH.width, SWATCH.height);
    }
  }

  // Of a day, or of two: then the shares of both stand where else the estimates do.
  show(slice, layers, later) {
    const held = new Set(layers.has("control") ? [slice, later || slice].flatMap(({ control }) => control.map((shape) => shape.properties.holder)) : []);
    const unsure = layers.has("control") && layers.has("estimate");
    this.root.classList.toggle("sure", unsure && !later);
    this.root.classList.toggle("both", Boolean(later));
    this.heads.hidden = !held.size;
    this.showHeads(slice, later);
    this.showHolders(held, this.history.km2(slice.day), this.history.estimated(slice.day), later && this.history.km2(later.day));
    const estimate = this.rows.get("estimate");
    setShown(estimate, unsure && slice.estimate.length > 0);
    const [sum, then] = [slice, later || slice].map(({ day }) => this.history.estimated(day).reduce((total, km2) => total + km2, 0));
    estimate.unsure.textContent = later ? this.share(then / this.history.stats.country_km2) : "";
    estimate.figure.textContent = this.share(sum / this.history.stats.country_km2);
    estimate.item.title = fill(this.texts.popup_km2, { km2: this.formats.number(sum) });
    this.showGained(later ? null : slice.day, this.painters.overlay);
    this.showSigns(layers);
  }

  showHeads(slice, later) {
    const { children } = this.heads;
    children[2].textContent = later ? this.painters.calendar.short(slice.day) : this.texts.legend_share;
    children[3].textContent = later ? this.painters.calendar.short(later.day) : this.texts.legend_unsure;
    children[3].title = later ? "" : this.texts.legend_of_which;
  }

  // The signs change with the view as well; of two days on show those of both.
  showSigns(layers) {
    const sides = this.painters.sides.pages.map((painters) => ({ painters, slice: painters.history.on(painters.day) }));
    const control = layers.has("control") ? sides.flatMap(({ slice }) => slice.control) : [];
    const held = new Set(control.flatMap((shape) => this.config.holders[shape.properties.holder].members));
    this.more.hidden = !this.signs.show(sides, layers, held);
  }

  showHolders(held, km2, estimated, then) {
    const sums = new Map();
    this.config.holders.forEach((holder, index) => {
      const row = this.rows.get(`holder ${index}`);
      setShown(row, held.has(index));
      const sum = sums.get(row.group || row) || [0, 0, then ? 0 : null];
      if (held.has(index)) sums.set(row.group || row, [sum[0] + km2[index], sum[1] + estimated[index], then && sum[2] + then[index]]);
    });
    for (const key of ["contested", "joint"]) if (this.rows.has(key)) setShown(this.rows.get(key), sums.has(this.rows.get(key)));
    for (const [row, [all, unsure, later]] of sums) this.figures(row, all, unsure, later);
  }

  figures(row, km2, estimated, then) {
    row.figure.textContent = this.share(km2 / this.history.stats.country_km2);
    const unsure = km2 ? this.formats.percent(estimated / km2) : "";
    row.unsure.textContent = then === null ? unsure : this.share(then / this.history.stats.country_km2);
    row.item.title = fill(this.texts.legend_row, { km2: this.formats.number(km2), estimated: this.formats.number(estimated) });
  }

  share(part) {
    return part > 0 && part < LEAST_SHARE / 2 ? `<${this.formats.percent(LEAST_SHARE, 1)}` : this.formats.percent(part, 1);
  }
}
