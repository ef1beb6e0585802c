// What lies on the map besides the drawing: zoom and view buttons, legend, scale, credit.

// Leaflet's scale, which writes "20 km", in other words.
const Scale = L.Control.Scale.extend({
  _updateScale(line, text, ratio) {
    const [number, unit] = text.split(" ");
    L.Control.Scale.prototype._updateScale.call(this, line, this.options.words(unit, Number(number)), ratio);
  },
});

class Furniture {
  // `evidence` are the days of the evidence, in order; `tileChoice` is the line about background maps.
  constructor(map, config, calendar, legend, evidence, tileChoice) {
    Object.assign(this, { map, config, calendar, legend, evidence, tileChoice, texts: config.texts });
    map.attributionControl?.setPrefix(false);
    const [start, end] = rightToLeft() ? ["right", "left"] : ["left", "right"];
    L.control.zoom({ position: `top${start}`, zoomInTitle: this.texts.zoom_in, zoomOutTitle: this.texts.zoom_out }).addTo(map);
    this.put(`top${start}`, this.views());
    this.put(`top${end}`, legend.root);
    this.credit = make("span", { class: "evidence" });
    this.creditLine = this.creditStrip(config.dataset.credit);
    this.put(`bottom${start}`, this.creditLine);
    this.put(`bottom${start}`, tileChoice.root);
    new Scale({ position: `bottom${start}`, imperial: false, maxWidth: 120, words: (unit, number) => this.distance(unit, number) }).addTo(map);
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", fill(this.texts.map, { title: config.dataset.title }));
  }

  // A length in the page's words; `unit` is m or km.
  distance(unit, number) {
    return fill(unit === "m" ? this.texts.m : this.texts.km, { [unit]: this.config.formats.number(number) });
  }

  footer() {
    return this.creditLine.offsetHeight + this.tileChoice.root.offsetHeight;
  }

  // One line; what does not fit is there at a click.
  creditStrip(credit) {
    const strip = make("button", { type: "button", class: "credit", title: credit, "aria-expanded": "false",
      onclick: () => strip.setAttribute("aria-expanded", String(strip.getAttribute("aria-expanded") !== "true")) },
    this.credit, " ", make("span", { dir: TO_LEFT.test(credit) ? "rtl" : "ltr" }, credit));
    return strip;
  }

  // The map of a pinned version says that it is not the newest; the link leads out of the frame.
  tellNewer(query) {
    const link = make("a", { class: "newer", href: new URL(query, document.baseURI).href, target: "_blank", rel: "noopener" }, this.texts.newer);
    this.put("bottomright", link);
  }

  put(position, element) {
    const control = L.control({ position });
    control.onAdd = () => {
      L.DomEvent.disableClickPropagation(element);
      L.DomEvent.disableScrollPropagation(element);
      return element;
    };
    control.addTo(this.map);
  }

  views() {
    const { centre, zoom, extent } = this.config.dataset;
    const country = [[extent[1], extent[0]], [extent[3], extent[2]]];
    const full = document.fullscreenEnabled ? iconButton("fullscreen", this.texts.fullscreen, () => this.fullscreen()) : null;
    return make("div", { class: "leaflet-bar views" },
      iconButton("home", this.texts.start_view, () => this.map.setView([centre[1], centre[0]], zoom)),
      iconButton("country", this.texts.whole_country, () => this.map.fitBounds(country, { padding: [8, 8] })),
      full,
    );
  }

  fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  }

  show(slice) {
    const newest = this.evidence.findLast((day) => day <= slice.day);
    this.credit.textContent = newest === undefined ? "" : fill(this.texts.evidence_to, { day: this.calendar.words(newest) });
  }
}
