// Under the slider: how many square kilometres changed hands on each day, the months, and a mark for each event.

const THUMB_PX = 16;

class Bars {
  constructor(config, history, calendar, go) {
    Object.assign(this, { config, history, calendar, go });
    this.changed = new Float64Array(calendar.length);
    for (const [day, km2] of Object.entries(history.stats.changed)) this.changed[calendar.number(day)] = km2;
    this.canvas = make("canvas", { class: "bars", "aria-hidden": "true", onpointermove: (event) => this.hint(event) });
    this.marks = make("div", { class: "marks", "aria-hidden": "true" }, ...history.eventDays.map((day) => this.mark(day)));
    this.months = make("div", { class: "months", "aria-hidden": "true" }, ...calendar.monthStarts().map((day) => this.month(day)));
    this.day = 0;
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  // Where a day lies along the track, as a share of it, the thumb's width taken into account by the style sheet.
  share(day) {
    return day / Math.max(1, this.calendar.length - 1);
  }

  mark(day) {
    const events = this.history.marks.events.filter((event) => event.at === day);
    const titles = events.map((event) => event.title);
    const mark = make("span", { class: events.some((event) => event.major) ? "mark major" : "mark", title: [this.calendar.words(day), ...titles].join("\n"), onclick: () => this.go(day) });
    mark.style.setProperty("--share", this.share(day));
    return mark;
  }

  month(day) {
    const label = make("span", { class: "month" }, make("span", {}, this.config.formats.month(this.calendar.date(day))));
    label.style.setProperty("--share", this.share(day));
    return label;
  }

  // A month is named where there is room for its name; two that touch would read as one.
  fitMonths() {
    const starts = this.calendar.monthStarts();
    [...this.months.children].forEach(({ firstChild: name }, index) => {
      const room = (this.share(starts[index + 1] ?? this.calendar.length - 1) - this.share(starts[index])) * this.width;
      name.hidden = false;
      name.hidden = name.offsetWidth + 6 > room;
    });
  }

  hint(event) {
    const width = this.canvas.clientWidth - THUMB_PX;
    const along = event.offsetX - THUMB_PX / 2;
    const day = Math.round(((rightToLeft() ? width - along : along) / width) * (this.calendar.length - 1));
    if (!this.calendar.covers(day)) return;
    const km2 = this.config.formats.number(this.changed[day]);
    this.canvas.title = fill(this.config.texts.bar, { day: this.calendar.words(day), km2 });
  }

  show(day) {
    const before = this.day;
    this.day = day;
    this.column(before);
    this.column(day);
  }

  draw() {
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth) return;
    this.width = clientWidth - THUMB_PX;
    this.height = clientHeight;
    this.fitMonths();
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    this.context = this.canvas.getContext("2d");
    this.context.scale(ratio, ratio);
    const style = getComputedStyle(this.canvas);
    this.colours = ["--accent", "--bar"].map((name) => style.getPropertyValue(name));
    const sorted = [...this.changed].sort((one, other) => one - other);
    this.top = Math.max(1, sorted[Math.floor(sorted.length * 0.985)]);
    for (let day = 0; day < this.calendar.length; day += 1) this.column(day);
  }

  column(day) {
    if (!this.context) return;
    const { width, height } = this;
    const step = width / Math.max(1, this.calendar.length - 1);
    const at = rightToLeft() ? this.calendar.length - 1 - day : day;
    const left = THUMB_PX / 2 + at * step - step / 2;
    this.context.clearRect(left, 0, step, height);
    const tall = Math.min(1, this.changed[day] / this.top) * (height - 2);
    this.context.fillStyle = this.colours[day === this.day ? 0 : 1];
    if (tall > 0) this.context.fillRect(left + step * 0.12, height - Math.max(1, tall), step * 0.76, Math.max(1, tall));
  }
}
