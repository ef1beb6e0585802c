// Days as whole numbers counted from the dataset's first day, and how they are written.

const DAY_MS = 86400000;

class Calendar {
  constructor(first, last, formats) {
    this.origin = Date.parse(first) / DAY_MS;
    this.length = Date.parse(last) / DAY_MS - this.origin + 1;
    this.formats = formats;
  }

  // The number of an ISO day; "no end" lies after every day.
  number(iso) {
    return iso === null || iso === undefined ? Infinity : Math.round(Date.parse(iso) / DAY_MS - this.origin);
  }

  iso(number) {
    return this.date(number).toISOString().slice(0, 10);
  }

  date(number) {
    return new Date((this.origin + number) * DAY_MS);
  }

  words(number) {
    return this.formats.day(this.date(number));
  }

  // As a heading of a narrow column has room for.
  short(number) {
    return this.formats.brief(this.date(number));
  }

  covers(number) {
    return Number.isInteger(number) && number >= 0 && number < this.length;
  }

  // The number of a typed day, null when the text is not a calendar day written YYYY-MM-DD.
  parse(text) {
    if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return null;
    const time = Date.parse(text);
    if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return null;
    return this.number(text);
  }

  monthStarts() {
    const starts = [];
    for (let day = 0; day < this.length; day += 1) {
      if (day === 0 || this.date(day).getUTCDate() === 1) starts.push(day);
    }
    return starts;
  }
}

const isValidOn = (period, day) => period.from <= day && day < period.to;
