/* Keeps the map's page in a frame, mounted once, and passes days and layers between it and Python.
 *
 * From Python (data): path of the page, title, failed (a sentence), retry (a word), sid (the session's id), seq and day
 * (a jump: the day counts when seq is new), layers (the names to show), palette (the colours), base (the key of the tiles
 * under the map: for another one the page is opened anew), overlay (null, or day and path: what the page hatches on that
 * day, fetched here), show (n, and lon, lat of the place to ring when n is new, zoom to fly there), look (n, and lat, lng,
 * zoom to look at when n is new), compare (day and mode of two days at once), heard (the n that Python heard last), stop
 * (the id of the story's stop on show, or null; it goes along with a jump).
 * To Python (state "at"): {day, stop, n, place, palette, compare, view}; n grows, for Streamlit drops a value that equals
 * the one before; place is the id of a place the reader asked about, palette the colours the reader chose beside the map,
 * compare the day the reader moved to, each once; view is where the reader moved the map. A view goes into the address
 * here, without a step in the history, so that Back keeps its use.
 * The page is sandboxed, so its origin is "null": a message counts when its source is our frame's window. */

const DAY = /^\d{4}-\d\d-\d\d$/;
const PATIENCE_MS = 20000;
const REPEAT_MS = 2000;
const REPEATS = 10;
const VIEW_IDLE_MS = 700;

/** One pane for each place where Streamlit mounts the component. */
const panes = new WeakMap();

class Pane {
  constructor(root, data) {
    this.root = root;
    this.ready = false;
    this.lastDay = null;
    this.sentLayers = null;
    this.lastStop = data.stop;
    this.sentOverlay = null;
    this.looked = data.look?.n;
    this.sentCompare = JSON.stringify(data.compare);
    this.flown = data.show && "lon" in data.show ? null : data.show?.n;
    this.base = data.base;
    this.take(data);
    this.listen = (event) => this.hear(event);
    window.addEventListener("message", this.listen);
    this.mount();
  }

  /** Put a new frame in place of the old one: another address in the same frame would be a step in Back's way. */
  mount() {
    const old = this.frame;
    this.frame = document.createElement("iframe");
    this.frame.className = "pane";
    this.frame.title = this.data.title;
    this.frame.allow = "fullscreen *; clipboard-write *";
    this.frame.src = new URL(this.data.path, document.baseURI).href;
    old ? old.replaceWith(this.frame) : this.root.append(this.frame);
    this.watchOver();
  }

  /** Remember what Python said last. */
  take(data) {
    this.data = data;
    this.sid = data.sid;
    this.seq = data.seq;
  }

  /** Load the page once more. */
  open() {
    this.frame.src = new URL(this.data.path, document.baseURI).href;
    this.watchOver();
  }

  /** Say so when the page does not come. */
  watchOver() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ready || this.fail(), PATIENCE_MS);
  }

  fail() {
    this.notice = document.createElement("p");
    this.notice.className = "failed";
    this.notice.setAttribute("role", "alert");
    const retry = document.createElement("button");
    retry.textContent = this.data.retry;
    retry.addEventListener("click", () => {
      this.forgive();
      this.open();
    });
    this.notice.append(`${this.data.failed} `, retry);
    this.root.append(this.notice);
  }

  forgive() {
    this.notice?.remove();
    this.notice = null;
  }

  hear(event) {
    if (event.source !== this.frame.contentWindow || !event.data) {
      return;
    }
    const { type, day } = event.data;
    if (type === "mapapp:ready") {
      this.arrived();
    } else if (type === "mapapp:day" && DAY.test(day)) {
      this.lastDay = day;
      this.tell();
    } else if (type === "mapapp:palette" && typeof event.data.palette === "string") {
      this.painted = this.sentPalette = event.data.palette;
      this.tell();
    } else if (type === "mapapp:place" && typeof event.data.id === "string") {
      this.asked = event.data.id;
      this.tell();
    } else if (type === "mapapp:story" && DAY.test(day)) {
      this.lastDay = day;
      this.turned(typeof event.data.stop === "string" ? event.data.stop : null);
      this.tell();
    } else if (type === "mapapp:compare" && DAY.test(day)) {
      this.compared = day;
      this.sentCompare = JSON.stringify({ ...this.data.compare, day });
      this.tell();
    } else if (type === "mapapp:view" && event.data.settled && !event.data.own) {
      this.moved(event.data);
    }
  }

  /** The story went to a stop, or null: a new stop leads the map away from where a reader had moved it. */
  turned(stop) {
    if (stop && stop !== this.lastStop) {
      this.view = null;
      clearTimeout(this.rest);
    }
    this.lastStop = stop;
  }

  /** A reader moved the map: once it rests, write its view into the address and tell Python. */
  moved({ lat, lng, zoom }) {
    if (![lat, lng, zoom].every(Number.isFinite)) {
      return;
    }
    this.view = `${lat.toFixed(4)},${lng.toFixed(4)},${Number(zoom.toFixed(2))}`;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      writeView(this.view);
      this.tell();
    }, VIEW_IDLE_MS);
  }

  /** The page listens now: give it what changed while it was loading. */
  arrived() {
    this.ready = true;
    clearTimeout(this.timer);
    this.forgive();
    this.send({ type: "mapapp:guide", history: true });
    if (this.pendingDay) {
      this.send({ type: "mapapp:setDay", day: this.pendingDay });
      this.pendingDay = null;
    }
    this.sendLayers();
    this.sendPalette();
    this.sentOverlay = null;
    this.sendOverlay();
    this.sentCompare = null;
    this.sendCompare();
    this.sendPlace();
    this.sendLook();
  }

  /** Tell Python where the map has settled; again while it does not hear, for a server may be away. */
  tell(repeats = REPEATS) {
    const n = Math.max(Date.now(), (this.told || 0) + 1);
    this.told = n;
    const news = { place: this.asked, palette: this.painted, compare: this.compared, view: this.view };
    const told = Object.fromEntries(Object.entries(news).filter(([, value]) => value));
    this.setState("at", { day: this.lastDay, stop: this.lastStop, n, ...told });
    clearTimeout(this.repeat);
    if (repeats > 0) {
      this.repeat = setTimeout(() => this.data.heard === n || this.tell(repeats - 1), REPEAT_MS);
    }
  }

  send(message) {
    this.frame.contentWindow.postMessage(message, "*"); // the frame's origin is opaque: no other target fits
  }

  sendLayers() {
    const layers = this.data.layers;
    if (this.ready && layers && layers.join() !== this.sentLayers) {
      this.sentLayers = layers.join();
      this.send({ type: "mapapp:setLayers", layers });
    }
  }

  /** Give the page the colours to use, unless the reader chose others there that Python has yet to hear of. */
  sendPalette() {
    const { palette } = this.data;
    if (this.ready && palette && !this.painted && palette !== this.sentPalette) {
      this.sentPalette = palette;
      this.send({ type: "mapapp:setPalette", palette });
    }
  }

  /** Give the page what to hatch, or nothing; what arrives after a newer wish is dropped, what fails is tried again. */
  async sendOverlay() {
    const { day, path } = this.data.overlay || { day: "", path: "" };
    const wish = day && `${day} ${path}`;
    if (!this.ready || wish === (this.sentOverlay || "")) {
      return;
    }
    this.sentOverlay = wish;
    const geojson = wish ? await read(path) : null;
    if (this.sentOverlay === wish) {
      this.send({ type: "mapapp:setOverlay", day, geojson });
      this.sentOverlay = wish && !geojson ? null : wish;
    }
  }

  /** Send the page to a place, once for each wish; a wish without coordinates makes it forget the place. */
  sendPlace() {
    const { n, lon, lat, zoom } = this.data.show || {};
    if (this.ready && n !== this.flown) {
      this.flown = n;
      this.view = Number.isFinite(zoom) ? null : this.view;
      this.send({ type: "mapapp:show", lon, lat, zoom });
      if (zoom !== undefined) {
        this.reveal();
      }
    }
  }

  /** Bring the map into sight where the reader has scrolled past it, as on a phone. */
  reveal() {
    const { bottom, height } = this.frame.getBoundingClientRect();
    if (bottom < height / 2) {
      this.frame.scrollIntoView({ block: "start" });
    }
  }

  /** Show two days, or one again; not while Python has yet to hear where the reader moved the other day. */
  sendCompare() {
    const wish = JSON.stringify(this.data.compare);
    if (this.ready && wish !== this.sentCompare && (!this.compared || this.data.heard === this.told)) {
      this.sentCompare = wish;
      this.send({ type: "mapapp:setCompare", ...this.data.compare });
    }
  }

  /** Send the page to a view, once for each wish; a wish without one to where it opens. */
  sendLook() {
    const { n, lat, lng, zoom } = this.data.look || {};
    if (this.ready && n !== this.looked) {
      this.looked = n;
      this.view = null;
      clearTimeout(this.rest);
      this.send({ type: "mapapp:setView", lat, lng, zoom });
    }
  }

  /** Follow what Python says now. */
  update(data) {
    if (data.heard === this.told) {
      this.asked = this.painted = this.compared = null;
    }
    if (data.sid !== this.sid) {
      this.looked = data.look?.n;
    this.sentCompare = JSON.stringify(data.compare);
    this.flown = data.show?.n;
      this.take(data); // a new session behind the same page, after a restart of the server: the map leads
      if (this.lastDay) {
        setTimeout(() => this.tell(), 0);
      }
    } else if (data.seq !== this.seq) {
      this.take(data);
      this.jump(data.day, data.stop);
    }
    this.data = data;
    this.change();
    this.sendLayers();
    this.sendPalette();
    this.sendOverlay();
    this.sendCompare();
    this.sendPlace();
    this.sendLook();
  }

  /** Open the page anew for another base map: its policy names whom it may ask, and is fixed once it is there. */
  change() {
    if (this.data.base === this.base) {
      return;
    }
    this.base = this.data.base;
    this.ready = false;
    this.sentLayers = null;
    this.flown = null;
    this.mount();
  }

  /** Send the page to a day, and to a stop of the story when it stands at another. */
  jump(day, stop) {
    clearTimeout(this.repeat);
    this.lastDay = day;
    if (this.ready) {
      if (stop !== this.lastStop) {
        this.send({ type: "mapapp:setStory", stop, day });
      }
      this.send({ type: "mapapp:setDay", day });
    } else {
      this.pendingDay = day;
    }
    this.lastStop = stop;
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.repeat);
    clearTimeout(this.rest);
    window.removeEventListener("message", this.listen);
    this.forgive();
    this.frame.remove();
  }
}

/** Put a view into the address of the page, without a step in the browser's history. */
function writeView(view) {
  const url = new URL(window.location.href);
  url.searchParams.set("view", view);
  window.history.replaceState(window.history.state, "", url.href.replaceAll("%2C", ","));
}

/** Read JSON from an address of ours; null when it cannot be had. */
async function read(path) {
  try {
    const answer = await fetch(new URL(path, document.baseURI));
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Streamlit calls this at mount and whenever data changes; the function it returns at unmount. */
export default function pane({ parentElement, data, setStateValue }) {
  let kept = panes.get(parentElement);
  if (!kept) {
    kept = new Pane(parentElement, data);
    panes.set(parentElement, kept);
  }
  kept.setState = setStateValue;
  kept.update(data);
  return () => {
    kept.close();
    panes.delete(parentElement);
  };
}
