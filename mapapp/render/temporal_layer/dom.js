// Elements made without markup: every text enters as text.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const readBlock = (name) => JSON.parse(document.getElementById(`mapapp-${name}`).textContent);

const TO_RIGHT = /[A-Za-z\u00c0-\u02af\u0370-\u052f]/;
const TO_LEFT = /[\u0590-\u08ff]/;
const rightToLeft = () => document.documentElement.dir === "rtl";

// Whether a text runs against the page's direction; from right to left, so do numbers with signs or hyphens.
function runsAgainst(text) {
  if (!rightToLeft()) return TO_LEFT.test(text);
  return TO_RIGHT.test(text) || (/[0-9]/.test(text) && /[^0-9.,:\s\u0590-\u08ff]/.test(text));
}

// Fill the {placeholders} of a text; what runs against the page's direction is set apart.
function fill(text, values) {
  const apart = (value) => (runsAgainst(String(value)) ? `\u2068${value}\u2069` : value);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? apart(values[name]) : whole));
}

// A text that the data has in English only.
const english = (text) => text && make("span", { lang: "en", dir: "auto" }, text);

// A link to a source, or its bare text where the address is not one of the web.
function sourceLink(text, address) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return english(text);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return english(text);
  return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow", lang: "en", dir: "auto" }, text);
}
