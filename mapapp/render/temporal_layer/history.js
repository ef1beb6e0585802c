// What is true on a day: the slices of every layer, the fronts, the sums. No drawing.

const SLICES_KEPT = 2; // two days may be compared

class History {
  constructor(topology, marks, stats, config, calendar) {
    this.config = config;
    this.calendar = calendar;
    this.areas = topology.layers;
    this.places = marks.places;
    this.marks = marks;
    this.stats = stats;
    for (const name of ["control", "estimate", "zone"]) this.areas[name].forEach((shape) => this.date(shape));
    marks.positions.forEach((position) => this.date(position));
    marks.events.forEach((event) => Object.assign(event, { at: calendar.number(event.day) }));
    this.kept = [];
    this.fronts = new Fronts(topology, config.holders);
    this.changes = config.changeDays.map((day) => calendar.number(day));
    this.eventDays = [...new Set(marks.events.map((event) => event.at))].sort((one, other) => one - other);
  }

  date(feature) {
    const source = feature.properties || feature;
    feature.from = this.calendar.number(source.valid_from);
    feature.to = this.calendar.number(source.valid_to);
  }

  on(day) {
    const known = this.kept.find((slice) => slice.day === day);
    if (known) return known;
    const of = (features) => features.filter((feature) => isValidOn(feature, day));
    const slice = {
      day,
      control: of(this.areas.control),
      estimate: of(this.areas.estimate),
      zones: of(this.areas.zone),
      positions: of(this.marks.positions),
      events: this.marks.events.filter((event) => event.at === day),
    };
    slice.fronts = this.fronts.on(slice.control, slice.estimate);
    this.kept = [slice, ...this.kept].slice(0, SLICES_KEPT);
    return slice;
  }

  // Square kilometres per holder, from the last change day on or before the day.
  km2(day) {
    return this.stats.km2[this.statsAt(day)];
  }

  // How many of them rest on estimates.
  estimated(day) {
    return this.stats.estimated[this.statsAt(day)];
  }

  statsAt(day) {
    const days = this.stats.days;
    let low = 0;
    for (let high = days.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (this.calendar.number(days[middle]) <= day) low = middle;
      else high = middle;
    }
    return low;
  }

  nextChange(day) {
    return this.changes.find((change) => change > day);
  }

  previousChange(day) {
    const earlier = this.changes.filter((change) => change < day);
    return earlier.length ? earlier[earlier.length - 1] : day > 0 ? 0 : undefined;
  }
}
