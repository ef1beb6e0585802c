// Days, numbers, shares and lists as the page's language writes them; the rules come with the page, those of Python.

class Formats {
  constructor(rules, language) {
    this.rules = rules;
    this.plurals = new Intl.PluralRules(language);
  }

  // A day (a Date at midnight UTC) in words: 21 September 2017.
  day(date) {
    const { day, months } = this.rules;
    const parts = { day: date.getUTCDate(), month: months[date.getUTCMonth()], year: date.getUTCFullYear() };
    return day.replace(/\{(\w+)\}/g, (whole, name) => parts[name]);
  }

  // A day without its year: 21 Sep.
  brief(date) {
    return `${date.getUTCDate()} ${this.month(date)}`;
  }

  month(date) {
    return this.rules.short[date.getUTCMonth()];
  }

  number(value, decimals = 0) {
    const { group, decimal, minus } = this.rules;
    const [whole, rest] = Math.abs(value).toFixed(decimals).split(".");
    const text = whole.replace(/\B(?=([0-9]{3})+$)/g, group) + (rest ? decimal + rest : "");
    return value < 0 && /[1-9]/.test(text) ? minus + text : text;
  }

  kilometres(km) {
    return this.number(km, km < this.rules.whole_from_km ? 1 : 0);
  }

  percent(share, decimals = 0) {
    return this.rules.percent.replace("{n}", this.number(share * 100, decimals));
  }

  list(items) {
    const { two, middle, end } = this.rules.list;
    const join = (pattern, one, other) => pattern.replace("{0}", () => one).replace("{1}", () => other);
    if (items.length < 2) return items.join("");
    if (items.length === 2) return join(two, ...items);
    return join(end, items.slice(1, -1).reduce((told, item) => join(middle, told, item), items[0]), items.at(-1));
  }

  // Which of a text's plural forms goes with a number.
  form(texts, key, number) {
    return texts[`${key}_${this.plurals.select(number)}`];
  }
}
