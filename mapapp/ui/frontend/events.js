/* The events as a list of buttons in a frame that scrolls: plain text whatever the titles contain.
 *
 * From Python (data): label of the list, day on show, now (what marks its events), events ({id, day, date, title, kind,
 * actors: [{name, paint}], major, source, url}).
 * To Python (trigger "chosen"): the id of the event chosen. */

function entry(event, data, choose) {
  const button = document.createElement("button");
  button.type = "button";
  const now = event.day === data.day;
  button.append(part("date", event.date), part("title", event.title), about(event));
  if (now) {
    button.setAttribute("aria-current", "date");
    button.title = data.now;
  }
  button.dataset.id = event.id;
  button.addEventListener("click", () => choose(event.id));
  const item = document.createElement("li");
  item.className = [now ? "now" : "", event.major ? "major" : ""].join(" ");
  item.append(button, source(event));
  return item;
}

function about(event) {
  const line = part("about", event.kind);
  for (const { name, paint } of event.actors) {
    const dot = document.createElement("span");
    dot.className = "dot";
    dot.style.background = paint;
    line.append(" ", dot, part("actor", name));
  }
  return line;
}

function source({ source: text, url }) {
  if (!url) {
    return part("source", text);
  }
  const link = document.createElement("a");
  link.href = url;
  link.target = "_blank";
  link.rel = "noopener noreferrer nofollow";
  link.textContent = text;
  const line = part("source", "");
  line.append(link);
  return line;
}

function part(className, text) {
  const span = document.createElement("span");
  span.className = className;
  span.dir = "auto";
  span.textContent = text;
  return span;
}

/** Bring the first event of the day on show into sight, or the last one before it; the page itself does not scroll. */
function reveal(list, { events, day }) {
  const at = events.findLastIndex((event) => event.day <= day);
  const first = events.findIndex((event) => event.day === events[at]?.day);
  list.scrollTop = list.children[Math.max(0, first)]?.offsetTop ?? 0;
}

/** One list for each place where Streamlit mounts the component; a list in a closed tab is revealed when it opens. */
const lists = new WeakMap();

class Listing {
  constructor(root) {
    this.root = root;
    this.list = root.appendChild(document.createElement("ul"));
    this.watch = new IntersectionObserver(() => this.settle());
    this.watch.observe(this.list);
  }

  take(data, choose) {
    const shown = JSON.stringify([data.day, data.events.map(({ id }) => id)]);
    if (this.shown === shown) {
      return;
    }
    this.shown = shown;
    this.data = data;
    const focused = this.root.getRootNode().activeElement?.dataset?.id;
    this.list.setAttribute("aria-label", data.label);
    this.list.replaceChildren(...data.events.map((event) => entry(event, data, choose)));
    this.list.querySelector(`[data-id="${CSS.escape(focused ?? "")}"]`)?.focus({ preventScroll: true });
    this.placed = false;
    this.settle();
  }

  settle() {
    if (!this.placed && this.list.offsetHeight > 0) {
      reveal(this.list, this.data);
      this.placed = true;
    }
  }

  close() {
    this.watch.disconnect();
    this.list.remove();
  }
}

/** Streamlit calls this at mount and whenever data changes; the function it returns at unmount. */
export default function events({ parentElement, data, setTriggerValue }) {
  let kept = lists.get(parentElement);
  if (!kept) {
    kept = new Listing(parentElement);
    lists.set(parentElement, kept);
  }
  kept.take(data, (id) => setTriggerValue("chosen", id));
  return () => {
    kept.close();
    lists.delete(parentElement);
  };
}
