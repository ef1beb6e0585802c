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

// Fill the {placeholders} of a text.
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

// A link to a source, or its bare text where the address is not one of the web.
function sourceLink(text, address) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return document.createTextNode(text);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") return document.createTextNode(text);
  return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" }, text);
}
