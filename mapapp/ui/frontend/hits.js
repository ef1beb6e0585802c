/* The places a search found, as a list of buttons: plain text whatever the names contain.
 *
 * From Python (data): label of the list, hits ({id, name, other, kind}: the name, the name in another script, the kind).
 * To Python (trigger "chosen"): the id of the place chosen. */

function entry({ id, name, other, kind }, choose) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(part("name", name), part("other", other), part("kind", kind));
  button.addEventListener("click", () => choose(id));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function part(className, text) {
  const span = document.createElement("span");
  span.className = className;
  span.dir = "auto";
  span.textContent = text;
  return span;
}

/** Streamlit calls this at mount and whenever data changes. */
export default function hits({ parentElement, data, setTriggerValue }) {
  const list = parentElement.querySelector("ul") || parentElement.appendChild(document.createElement("ul"));
  list.setAttribute("aria-label", data.label);
  list.replaceChildren(...data.hits.map((hit) => entry(hit, (id) => setTriggerValue("chosen", id))));
  return () => list.remove();
}
