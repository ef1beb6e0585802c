// Runs in every frame before its own scripts: notes the last key, and when the frame after a painted day is committed.
// What a frame painted first stands in its own window too, for a sandboxed one cannot reach the window around it.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const reach = () => { try { return window.top.document && window.top; } catch { return window; } };
  const top_ = reach();
  window.addEventListener("keydown", () => { top_.keyAt = now(); }, true);
  const seen = new Set();
  const committed = (day) => {
    if (seen.has(day)) return;
    seen.add(day);
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        top_.lastPaint = { day, at: now() };
        window.ownPaint = window.ownPaint || top_.lastPaint;
      };
      channel.port2.postMessage(0);
    });
  };
  window.addEventListener("mapapp:painted", (event) => committed(event.detail.day || event.detail));

  // st_folium keeps its map in window.map; its layers carry the day they belong to.
  const dayOfMap = () => {
    for (const layer of Object.values((window.map && window.map._layers) || {})) {
      if (layer.feature && layer.feature.properties.day) return layer.feature.properties.day;
    }
    return null;
  };
  const fill = CanvasRenderingContext2D.prototype.fill;
  CanvasRenderingContext2D.prototype.fill = function (...values) {
    fill.apply(this, values);
    if (window.map && window.L) {
      const day = dayOfMap();
      if (day) committed(day);
    }
  };
})();
