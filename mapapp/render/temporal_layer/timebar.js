// The time bar: a native slider with everything around it. It shows the player's day and tells it the reader's wishes.

const SPEEDS = [1, 2, 5, 10];

class TimeBar {
  constructor(config, history, calendar, player, tongues) {
    Object.assign(this, { config, history, calendar, player, texts: config.texts });
    this.slider = make("input", {
      type: "range", class: "slider", min: 0, max: calendar.length - 1, step: 1, "aria-label": this.texts.slider,
      oninput: () => player.wish(Number(this.slider.value)),
      onchange: () => player.wish(Number(this.slider.value)),
    });
    this.other = make("input", { type: "range", class: "slider other", min: 0, max: calendar.length - 1, step: 1, hidden: true, "aria-label": this.texts.slider_other, title: this.texts.slider_other });
    this.date = make("span", { class: "date" });
    this.count = make("span", { class: "count" });
    this.bars = new Bars(config, history, calendar, (day) => player.go(day));
    this.root = make("section", { class: "timebar", "aria-label": this.texts.timebar },
      make("div", { class: "when" }, make("span", { class: "title" }, config.dataset.title), this.date, this.count, tongues.root(this.texts.languages)),
      this.controls(),
      make("div", { class: "track" }, this.bars.canvas, this.slider, this.other, this.bars.marks, this.bars.months),
    );
    player.listeners.push((playing) => this.showPlaying(playing));
    document.addEventListener("keydown", (event) => this.key(event));
  }

  controls() {
    const { texts, player } = this;
    this.play = iconButton("play", texts.play, () => player.toggle());
    const change = (name, label, action) => make("button", { type: "button", class: `change ${name}`, title: label, "aria-label": label, onclick: action }, texts[`${name}_short`]);
    return make("div", { class: "controls" },
      make("div", { class: "group" },
        iconButton("first", texts.first, () => player.go(0)),
        iconButton("back", texts.back, () => player.go(player.previous())),
        this.play,
        iconButton("forward", texts.forward, () => player.go(player.next())),
        iconButton("last", texts.last, () => player.go(this.calendar.length - 1)),
      ),
      make("div", { class: "group" },
        change("previous_change", texts.previous_change, () => player.go(this.history.previousChange(player.now))),
        change("next_change", texts.next_change, () => player.go(this.history.nextChange(player.now))),
      ),
      make("div", { class: "group" }, this.speedChoice(), this.stepChoice()),
      this.dateField(),
    );
  }

  speedChoice() {
    const options = SPEEDS.map((speed) => make("option", { value: speed, selected: speed === this.player.perSecond }, fill(this.texts.speed_option, { n: speed })));
    return make("select", { class: "speed", "aria-label": this.texts.speed, title: this.texts.speed,
      onchange: (event) => { this.player.perSecond = Number(event.target.value); } }, ...options);
  }

  stepChoice() {
    return make("select", { class: "step", "aria-label": this.texts.step, title: this.texts.step,
      onchange: (event) => { this.player.byChange = event.target.value === "change"; } },
    make("option", { value: "day" }, this.texts.step_day), make("option", { value: "change" }, this.texts.step_change));
  }

  dateField() {
    this.fault = make("span", { class: "fault", id: "mapapp-fault", role: "alert" });
    this.typed = make("input", {
      type: "text", class: "typed", maxlength: 10, spellcheck: "false", autocomplete: "off", placeholder: "YYYY-MM-DD",
      "aria-label": this.texts.typed, title: this.texts.typed, "aria-describedby": "mapapp-fault",
      onchange: () => this.read(), onkeydown: (event) => { if (event.key === "Enter") this.read(); },
      onblur: () => { if (!this.fault.textContent) this.typed.value = this.calendar.iso(this.player.day); },
    });
    return make("div", { class: "group field" }, this.typed, this.fault);
  }

  read() {
    const text = this.typed.value.trim();
    const day = this.calendar.parse(text);
    const { first_day, last_day } = this.config.dataset;
    let fault = "";
    if (day === null) fault = fill(this.texts.not_a_day, { text });
    else if (!this.player.go(day)) fault = fill(this.texts.outside, { day: text, first_day, last_day });
    this.fault.textContent = fault;
    this.typed.setAttribute("aria-invalid", String(Boolean(fault)));
  }

  showPlaying(playing) {
    const label = playing ? this.texts.pause : this.texts.play;
    this.play.replaceChildren(icon(playing ? "pause" : "play"));
    this.play.setAttribute("aria-label", label);
    this.play.title = label;
  }

  // A second slider under the first, for the day to compare with, while two days are drawn.
  showOther(sides) {
    const { other } = this;
    other.hidden = !sides.on;
    if (other.hidden) return;
    other.oninput = () => sides.wish(Number(other.value));
    other.value = sides.other;
    other.setAttribute("aria-valuetext", this.calendar.words(sides.other));
  }

  show(day, sides) {
    this.showOther(sides);
    const words = this.calendar.words(day);
    this.slider.value = day;
    this.slider.setAttribute("aria-valuetext", words);
    this.date.textContent = words;
    this.count.textContent = fill(this.texts.count, { n: day + 1, total: this.calendar.length });
    if (document.activeElement !== this.typed) this.typed.value = this.calendar.iso(day);
    if (this.fault.textContent) this.fault.textContent = "";
    this.bars.show(day);
  }

  // Room for the longest date, so that nothing moves when the date changes.
  fit() {
    const context = document.createElement("canvas").getContext("2d");
    const style = getComputedStyle(this.date);
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const words = [...Array(this.calendar.length).keys()].map((day) => this.calendar.words(day).replace(/[0-9]/g, "0"));
    this.date.style.minWidth = `${Math.ceil(Math.max(...words.map((text) => context.measureText(text).width)) + 2)}px`;
    this.bars.draw();
  }

  // Keys of the slider; they work as well when nothing has the focus. Time runs as the language is written.
  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target !== this.slider && event.target !== document.body) return;
    const { player, history } = this;
    const [later, earlier] = rightToLeft() ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    const moves = {
      [later]: () => player.next(), ArrowUp: () => player.next(),
      [earlier]: () => player.previous(), ArrowDown: () => player.previous(),
      PageUp: () => history.previousChange(player.now), PageDown: () => history.nextChange(player.now),
      Home: () => 0, End: () => this.calendar.length - 1,
    };
    if (event.key === " ") player.toggle();
    else if (moves[event.key]) {
      const day = moves[event.key]();
      if (this.calendar.covers(day)) player.wish(day);
    } else return;
    event.preventDefault();
  }
}
