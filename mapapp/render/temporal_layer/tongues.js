// The page in other languages: links to its own address with another `lang`, on the day on show.

class Tongues {
  // `day` says the day on show, as ISO text.
  constructor(start, day) {
    Object.assign(this, { languages: start.languages || [], current: start.lang, day });
  }

  // The links, each named in its own language; null where the page offers none.
  root(label) {
    if (!this.languages.length) return null;
    return make("nav", { class: "tongues", "aria-label": label }, ...this.languages.map((language) => this.link(language)));
  }

  link({ code, name }) {
    const link = make("a", { lang: code, hreflang: code, "aria-current": code === this.current ? "true" : null }, name);
    const aim = () => { link.href = this.address(code); };
    aim();
    for (const event of ["pointerdown", "focus", "pointerenter"]) link.addEventListener(event, aim);
    return link;
  }

  address(code) {
    const asked = new URLSearchParams(location.search);
    asked.set("date", this.day());
    asked.set("lang", code);
    return `${location.pathname}?${asked}`;
  }
}
