// What a click answers: the place whose area was hit, or the position, event or zone. Text only, never markup.

class Answers {
  constructor(config, history, calendar, anchor) {
    Object.assign(this, { config, history, calendar, anchor, texts: config.texts });
    this.number = new Intl.NumberFormat(config.lang, { maximumFractionDigits: 0 });
    this.near = new Intl.NumberFormat(config.lang, { maximumSignificantDigits: 2 });
    this.days = new Intl.NumberFormat(config.lang, { style: "unit", unit: "day", unitDisplay: "long" });
  }

  // The content of a popup for a hit {type, feature} or, without one, for the area at a point; null outside it all.
  content(latlng, hit, day) {
    if (hit && hit.type === "position") return this.position(hit.feature, day);
    if (hit && hit.type === "event") return this.event(hit.feature);
    if (hit && hit.type === "zone") return this.zone(hit.feature);
    return this.area(latlng, day);
  }

  area(latlng, day) {
    const [east, south] = mercator(latlng.lng, latlng.lat);
    const [x, y] = [east - this.anchor[0], south - this.anchor[1]];
    const shape = this.history.on(day).control.find((candidate) => candidate.contains(x, y));
    if (!shape) return null;
    const side = (this.history.areas.side || []).find((candidate) => candidate.contains(x, y));
    const holder = shape.properties.holder;
    const found = this.history.places.nearest(latlng.lng, latlng.lat, side && side.properties.side, holder, day);
    const size = [this.texts.popup_area, fill(this.texts.popup_km2, { km2: this.number.format(this.history.km2(day)[holder]) })];
    if (!found) return this.card(this.config.holders[holder].name, null, [size]);
    const { place, period, km } = found;
    return this.card(place.label, place.local, [
      [this.texts.popup_holder, this.config.holders[holder].name, holder],
      [this.texts.popup_since, this.since(period)],
      [this.texts.popup_evidence, this.evidence(period, day)],
      [this.texts.popup_confidence, this.texts[`confidence_${period.confidence}`] || period.confidence],
      [this.texts.popup_note, place.note],
      [this.texts.popup_source, period.source && sourceLink(period.source, place.url)],
      size,
    ], fill(this.texts.popup_distance, { km: this.near.format(km) }));
  }

  since(period) {
    const words = this.calendar.words(Math.max(0, period.from));
    return period.from <= 0 ? fill(this.texts.popup_since_start, { day: words }) : words;
  }

  // How old the newest evidence is on the day; evidence from after the day says so.
  evidence(period, day) {
    const known = period.evidence !== null && period.evidence <= day ? period.evidence : period.from > 0 ? period.from : null;
    if (known !== null) return this.age(known, day);
    if (period.evidence === null) return this.texts.popup_no_evidence;
    return fill(this.texts.popup_later, { day: this.calendar.words(period.evidence), days: this.days.format(period.evidence - day) });
  }

  age(known, day) {
    if (known === day) return this.texts.popup_same_day;
    return fill(this.texts.popup_before, { day: this.calendar.words(known), days: this.days.format(day - known) });
  }

  position(feature, day) {
    const actor = this.config.actors[feature.actor];
    const until = feature.to < this.calendar.length ? this.calendar.words(feature.to - 1) : null;
    return this.card(feature.name, feature.local, [
      [this.texts.popup_kind, this.texts[`kind_${feature.kind}`] || feature.kind],
      [this.texts.popup_actor, actor ? actor.name : feature.actor],
      [this.texts.popup_unit, feature.unit],
      [this.texts.popup_since, this.since(feature)],
      [this.texts.popup_until, until],
      [this.texts.popup_confidence, this.texts[`confidence_${feature.confidence}`] || feature.confidence],
      [this.texts.popup_note, feature.note],
      [this.texts.popup_source, feature.source && sourceLink(feature.source, feature.url)],
    ]);
  }

  event(feature) {
    const names = feature.actors.map((key) => (this.config.actors[key] ? this.config.actors[key].name : key));
    return this.card(feature.title, null, [
      [this.texts.popup_day, this.calendar.words(feature.at)],
      [this.texts.popup_kind, this.texts[`kind_${feature.kind}`] || feature.kind],
      [this.texts.popup_actors, names.join(", ")],
      [this.texts.popup_note, feature.note],
      [this.texts.popup_source, feature.source && sourceLink(feature.source, feature.url)],
    ]);
  }

  zone(shape) {
    const zone = shape.properties;
    return this.card(fill(this.texts.popup_zone, { name: zone.name }), null, [
      [this.texts.popup_stage, this.texts[`stage_${zone.stage}`]],
      [this.texts.popup_since, this.since(shape)],
      [this.texts.popup_note, zone.note],
      [this.texts.popup_source, zone.source && sourceLink(zone.source, zone.source_url)],
    ], this.texts.popup_reconstruction);
  }

  card(title, local, rows, remark) {
    const list = make("dl", {});
    for (const [name, value, holder] of rows) {
      if (value === null || value === undefined || value === "") continue;
      const detail = make("dd", {}, value);
      if (holder !== undefined) detail.dataset.holder = this.config.holders[holder].key;
      list.append(make("dt", {}, name), detail);
    }
    return make("div", { class: "card" },
      make("h2", { dir: "auto" }, title),
      local ? make("p", { class: "local", dir: "auto" }, local) : null,
      remark ? make("p", { class: "remark" }, remark) : null,
      list,
    );
  }
}
