// The places, unpacked from columns, and the question which of them a point of the map belongs to.

const EQUATOR_KM = 6378.137;
const ECCENTRICITY2 = 0.00669437999014;
const RADIANS = Math.PI / 180;

class Places {
  constructor(block, config) {
    this.laea = localProjection(config.dataset.extent);
    this.all = unpackPlaces(block);
    this.inOrder = [...this.all].sort((one, other) => one.zoom - other.zoom || other.size - one.size || (one.label < other.label ? -1 : 1));
    for (const place of this.all) place.metric = this.laea(place.x, place.y);
  }

  // Every day from which there is evidence, in order.
  evidenceDays() {
    const days = this.all.flatMap((place) => place.periods).flatMap(proofsOf).map((proof) => proof.day);
    return [...new Set(days)].sort((one, other) => one - other);
  }

  // The place whose cell holds the point: the nearest on that side of the river that the area's holder held that day.
  // Returns {place, period, km}, or null when the holder has none there.
  nearest(longitude, latitude, side, holder, day) {
    const [x, y] = this.laea(longitude, latitude);
    let best = null;
    for (const place of this.all) {
      if (side && place.side !== side) continue;
      const km = Math.hypot(place.metric[0] - x, place.metric[1] - y);
      if (best && km >= best.km) continue;
      const period = place.periods.find((candidate) => isValidOn(candidate, day));
      if (period && period.holder === holder) best = { place, period, km };
    }
    return best;
  }
}

// What a period rests on: its evidence, and its beginning where that is no estimate and not the dataset's own.
function proofsOf(period) {
  const begins = period.from > 0 && period.confidence !== "estimated";
  return begins ? [...period.evidence, { day: period.from, source: period.source, confidence: period.confidence }] : period.evidence;
}

// The newest evidence for a place as of a day, null where all of it is later.
function knownOn(place, day) {
  let newest = null;
  for (const period of place.periods) {
    if (period.from > day) break;
    for (const proof of proofsOf(period)) if (proof.day <= day && (!newest || proof.day >= newest.day)) newest = proof;
  }
  return newest;
}

// Lambert's azimuthal equal-area projection of WGS 84, in kilometres, about the middle of an extent: the one in which
// the cells were cut (Snyder, Map Projections: A Working Manual, 1987, equations 24-17 to 24-20).
function localProjection([west, south, east, north]) {
  const latitude0 = ((south + north) / 2) * RADIANS;
  const longitude0 = ((west + east) / 2) * RADIANS;
  const pole = authalicQ(1);
  const beta = (latitude) => Math.asin(authalicQ(Math.sin(latitude)) / pole);
  const radius = EQUATOR_KM * Math.sqrt(pole / 2);
  const [sine0, cosine0] = [Math.sin(beta(latitude0)), Math.cos(beta(latitude0))];
  const stretch0 = (EQUATOR_KM * Math.cos(latitude0)) / Math.sqrt(1 - ECCENTRICITY2 * Math.sin(latitude0) ** 2) / (radius * cosine0);
  return (longitude, latitude) => {
    const [sine, cosine] = [Math.sin(beta(latitude * RADIANS)), Math.cos(beta(latitude * RADIANS))];
    const turn = longitude * RADIANS - longitude0;
    const scale = radius * Math.sqrt(2 / (1 + sine0 * sine + cosine0 * cosine * Math.cos(turn)));
    return [scale * stretch0 * cosine * Math.sin(turn), (scale / stretch0) * (cosine0 * sine - sine0 * cosine * Math.cos(turn))];
  };
}

// Snyder's q, which makes the sphere's areas those of the ellipsoid.
function authalicQ(sine) {
  const e = Math.sqrt(ECCENTRICITY2);
  return (1 - ECCENTRICITY2) * (sine / (1 - ECCENTRICITY2 * sine ** 2) - Math.log((1 - e * sine) / (1 + e * sine)) / (2 * e));
}

// The id that a place has unless it is told otherwise.
function slug(name) {
  const plain = name.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "x";
}

function unpackPlaces(block) {
  let x = 0;
  let next = 0;
  const proofs = { next: 0 };
  return block.name.map((label, index) => {
    x += block.x[index];
    const periods = [];
    for (const end = next + block.count[index]; next < end; next += 1) periods.push(unpackPeriod(block, next, proofs));
    const kind = block.kinds[block.kind[index]];
    const place = { id: block.id[index] || slug(label), label, local: block.local[index], kind, size: block.size[index], side: block.sides[block.side[index]], periods };
    place.x = x * block.grid;
    place.y = block.y[index] * block.grid;
    place.plane = mercator(place.x, place.y);
    place.note = block.texts[block.note[index]];
    place.url = block.texts[block.url[index]];
    place.zoom = block.zoom[index] / 4;
    place.short = label.split(" (")[0];
    return place;
  });
}

function unpackPeriod(block, index, proofs) {
  const source = block.texts[block.source[index]];
  const confidence = block.confidences[block.confidence[index]];
  const evidence = [];
  for (const end = proofs.next + block.proofs[index]; proofs.next < end; proofs.next += 1) {
    const at = proofs.next;
    evidence.push({
      day: block.proof_day[at],
      source: block.texts[block.proof_source[at]] || source,
      confidence: block.confidences[block.proof_sure[at] - 1] || confidence,
    });
  }
  return {
    from: block.from[index],
    to: block.to[index] === null ? Infinity : block.to[index],
    holder: block.holder[index],
    source,
    confidence,
    evidence,
  };
}
