// What a click answers: the place whose area was hit, or the position, event or zone. Text only, never markup.

class Answers {
  constructor(config, history, calendar, anchor, distance) {
    Object.assign(this, { config, history, calendar, anchor, distance, texts: config.texts });
    this.formats = config.formats;
  }

  // The content of a popup for a hit {type, feature} or, without one, for the area at a point; null outside it all.
  content(latlng, hit, day) {
    if (hit && hit.type === "position") return this.position(hit.feature, day);
    if (hit && hit.type === "event") return this.event(hit.feature);
    if (hit && hit.type === "zone") return this.zone(hit.feature);
    const pair = hit && hit.type === "distance" && this.distance.on(day);
    return pair ? this.apart(pair) : this.area(latlng, day);
  }

  apart(pair) {
    const post = ({ name, kind }) => fill(this.texts.popup_post, { name, kind: this.texts[`kind_${kind}`] || kind });
    return this.card(fill(this.texts.popup_apart, { distance: this.distance.words(pair.km) }), null, [
      [this.actorName(pair.one.actor), post(pair.one)],
      [this.actorName(pair.other.actor), post(pair.other)],
      [this.texts.popup_since, this.since(pair)],
      [this.texts.popup_contact, this.distance.words(pair.front)],
    ], this.texts.popup_camps);
  }

  actorName(key) {
    return this.config.actors[key] ? this.config.actors[key].name : key;
  }

  holderName(holder) {
    return this.config.holders[holder].name;
  }

  kind({ kind }) {
    return this.texts[`kind_${kind}`] || kind;
  }

  // Who holds the ground at a point, and the place whose cell it is; null outside it all.
  ground(latlng, day) {
    const [east, south] = mercator(latlng.lng, latlng.lat);
    const [x, y] = [east - this.anchor[0], south - this.anchor[1]];
    const shape = this.history.on(day).control.find((candidate) => candidate.contains(x, y));
    if (!shape) return null;
    const side = (this.history.areas.side || []).find((candidate) => candidate.contains(x, y));
    const holder = shape.properties.holder;
    return { holder, found: this.history.places.nearest(latlng.lng, latlng.lat, side && side.properties.side, holder, day) };
  }

  area(latlng, day) {
    const ground = this.ground(latlng, day);
    if (!ground) return null;
    const { holder, found } = ground;
    const size = [this.texts.popup_area, this.size(holder, day)];
    if (!found) return this.card(this.holderName(holder), null, [size]);
    const { place, period, km } = found;
    const card = this.card(place.label, place.local, [
      [this.texts.popup_holder, this.holderName(holder), holder],
      [this.texts.popup_since, this.since(period)],
      [this.texts.popup_evidence, this.evidence(place, period, day)],
      [this.texts.popup_confidence, this.texts[`confidence_${period.confidence}`] || period.confidence],
      [this.texts.popup_note, english(place.note)],
      [this.texts.popup_source, period.source && sourceLink(period.source, place.url)],
      size,
    ], fill(this.texts.popup_distance, { km: this.formats.kilometres(km) }));
    card.append(this.tenures(place, day, this.tell && (() => this.tell(place.id))));
    card.dataset.place = place.id;
    return card;
  }

  size(holder, day) {
    const [km2, estimated] = [this.history.km2(day)[holder], this.history.estimated(day)[holder]];
    const part = km2 ? estimated / km2 : 0;
    const values = { km2: this.formats.number(km2), percent: this.formats.percent(part) };
    return fill(part >= 0.005 ? this.texts.popup_km2_estimated : this.texts.popup_km2, values);
  }

  since(period) {
    const words = this.calendar.words(Math.max(0, period.from));
    return period.from <= 0 ? fill(this.texts.popup_since_start, { day: words }) : words;
  }

  // How old the newest evidence is on the day; evidence from after the day says so.
  evidence(place, period, day) {
    const known = knownOn(place, day);
    if (known) return this.age(known, day);
    if (!period.evidence.length) return this.texts.popup_no_evidence;
    const later = period.evidence[0].day;
    return this.apartInTime("popup_later", later, later - day);
  }

  age(known, day) {
    if (known.day === day) return this.texts.popup_same_day;
    return this.apartInTime("popup_before", known.day, day - known.day);
  }

  apartInTime(text, day, days) {
    return fill(this.formats.form(this.texts, text, days), { day: this.calendar.words(day), days: this.formats.number(days) });
  }

  // Who held a place when, each with its source, the day's own marked; `tell` sends the reader to the page around.
  tenures(place, day, tell) {
    if (tell) return make("button", { type: "button", class: "tell", onclick: tell }, this.texts.popup_tell);
    const items = place.periods.map((period) => this.tenure(period, day));
    const title = fill(this.texts.popup_history, { count: this.formats.number(items.length) });
    return make("details", { class: "tenures", open: true }, make("summary", {}, title), make("ol", {}, ...items));
  }

  tenure(period, day) {
    const holder = this.config.holders[period.holder];
    const sure = this.texts[`confidence_${period.confidence}`] || period.confidence;
    const swatch = make("span", { class: "dot" });
    swatch.style.background = holder ? holder.colours[0] : "transparent";
    const until = period.to < this.calendar.length ? this.calendar.words(period.to - 1) : null;
    const since = this.since(period);
    return make("li", { "aria-current": isValidOn(period, day) ? "true" : null },
      make("span", { class: "days" }, until ? fill(this.texts.popup_span, { from: since, to: until }) : fill(this.texts.popup_span_open, { from: since })),
      make("span", { class: "who" }, swatch, fill(this.texts.popup_sure, { holder: holder ? holder.name : "", sure })),
      make("span", { class: "from", lang: "en", dir: "auto" }, period.source),
    );
  }

  position(feature, day) {
    const until = feature.to < this.calendar.length ? this.calendar.words(feature.to - 1) : null;
    return this.card(feature.name, feature.local, [
      [this.texts.popup_kind, this.kind(feature)],
      [this.texts.popup_actor, this.actorName(feature.actor)],
      [this.texts.popup_unit, english(feature.unit)],
      [this.texts.popup_since, this.since(feature)],
      [this.texts.popup_until, until],
      [this.texts.popup_confidence, this.texts[`confidence_${feature.confidence}`] || feature.confidence],
      [this.texts.popup_note, english(feature.note)],
      [this.texts.popup_source, feature.source && sourceLink(feature.source, feature.url)],
    ]);
  }

  event(feature) {
    const names = feature.actors.map((key) => this.actorName(key));
    return this.card(feature.title, null, [
      [this.texts.popup_day, this.calendar.words(feature.at)],
      [this.texts.popup_kind, this.kind(feature)],
      [this.texts.popup_actors, this.formats.list(names)],
      [this.texts.popup_note, english(feature.note)],
      [this.texts.popup_source, feature.source && sourceLink(feature.source, feature.url)],
    ]);
  }

  zone(shape) {
    const zone = shape.properties;
    return this.card(fill(this.texts.popup_zone, { name: zone.name }), null, [
      [this.texts.popup_stage, this.texts[`stage_${zone.stage}`]],
      [this.texts.popup_named, this.stageBegins(zone.zone, "named")],
      [this.texts.popup_agreed, this.stageBegins(zone.zone, "agreed") || this.texts.popup_never],
      [this.texts.popup_note, english(zone.note)],
      [this.texts.popup_source, zone.source && sourceLink(zone.source, zone.source_url)],
    ], this.texts.popup_reconstruction);
  }

  // The day from which a zone was named, or agreed; null when it never was.
  stageBegins(zone, stage) {
    const shape = this.history.areas.zone.find(({ properties }) => properties.zone === zone && properties.stage === stage);
    return shape ? this.calendar.words(shape.from) : null;
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
