// The sets of colours: which one is on show, and the switch beside the map. The painters keep hold of the objects
// of `config`, so a palette is put into these very objects.

class Palette {
  constructor(config, name, tell) {
    Object.assign(this, { config, tell });
    this.listeners = [];
    this.box = make("input", { type: "checkbox", onchange: () => this.choose() });
    this.root = make("label", { class: "palette" }, this.box, config.texts.palette_bright);
    this.put(this.known(name) ? name : "default");
  }

  known(name) {
    return typeof name === "string" && Object.hasOwn(this.config.palettes, name);
  }

  choose() {
    this.set(this.box.checked ? "bright" : "default");
    this.tell(this.name);
  }

  // Take a palette; says whether there is one of that name.
  set(name) {
    if (!this.known(name)) return false;
    if (name !== this.name) {
      this.put(name);
      this.listeners.forEach((listen) => listen());
    }
    return true;
  }

  put(name) {
    const { ground, lines, holders } = this.config.palettes[name];
    Object.assign(this.config.look.ground, ground);
    for (const [key, line] of Object.entries(lines)) this.config.actors[key].line = line;
    this.config.holders.forEach((holder, index) => { holder.colours = holders[index]; });
    this.name = name;
    this.box.checked = name === "bright";
  }
}
