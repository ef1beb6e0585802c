// What the page and the page around it say to each other.

const UPRIGHT_BELOW_PX = 640;
const LEAST_MAP_PX = 300;
const MOST_MAP_PX = 900;

class Protocol {
  // `parents` are the origins that may command; "self" is the page's own address, which a sandboxed page still knows.
  constructor(parents, day, commands) {
    this.allowed = parents.map((origin) => (origin === "self" ? new URL(document.baseURI).origin : origin)).filter((origin) => origin !== "null");
    this.commands = commands;
    this.told = day;
    window.addEventListener("message", (event) => this.hear(event));
  }

  hear(event) {
    if (window.parent === window || event.source !== window.parent || !this.allowed.includes(event.origin)) return;
    const message = event.data;
    if (message === null || typeof message !== "object") return;
    if (message.type === "mapapp:setDay" && typeof message.day === "string") {
      this.told = message.day;
      this.commands.setDay(message.day);
    }
    if (message.type === "mapapp:show") this.commands.fly(message.lon, message.lat, message.zoom);
    if (message.type === "mapapp:setOverlay") this.commands.setOverlay(message.day, message.geojson);
    if (message.type === "mapapp:setView") this.commands.setView(message.lat, message.lng, message.zoom);
    if (message.type === "mapapp:setCompare") this.commands.setCompare(message.day, message.mode);
    if (message.type === "mapapp:guide") this.commands.guide(message.history === true);
    if (message.type === "mapapp:setPalette") this.commands.palette.set(message.palette);
    if (message.type === "mapapp:setStory") this.commands.setStory(message.stop, message.day);
    if (message.type === "mapapp:setLayers" && Array.isArray(message.layers)) this.commands.setLayers(message.layers);
  }

  ready(day) {
    this.say({ type: "mapapp:ready", day });
  }

  // Tell the height that suits a width: a map has none of its own, so it is 16 to 10, upright on a phone, plus the time bar.
  wantHeight(width, barHeight) {
    const map = width > UPRIGHT_BELOW_PX ? width * 0.625 : width * 1.25;
    const height = Math.round(Math.min(MOST_MAP_PX, Math.max(LEAST_MAP_PX, map)) + barHeight);
    if (!width || height === this.wanted) return;
    this.wanted = height;
    this.say({ type: "mapapp:height", height });
  }

  // Tell the day the reader came to rest on, once.
  settled(day) {
    if (day === this.told) return;
    this.told = day;
    this.say({ type: "mapapp:day", day });
  }

  // Tell which place the reader asked about.
  place(id) {
    this.say({ type: "mapapp:place", id });
  }

  // Tell the stop of the story the reader went to, with its number and day; null when the reader left the story.
  story(stop, number, day) {
    this.told = day;
    this.say({ type: "mapapp:story", stop: stop && stop.id, number, day });
  }

  // Tell where the map looks, while it moves and when it has come to rest.
  moved(view) {
    this.say({ type: "mapapp:view", ...view });
  }

  // Tell the day the reader came to compare with.
  compared(day) {
    this.say({ type: "mapapp:compare", day });
  }

  say(message) {
    if (window.parent !== window) window.parent.postMessage(message, "*");
  }
}
