/* What a plain Folium map needs to work without any other host: no flag beside the credit, the marker's pictures,
   and the one thing Folium asks of jQuery (text to an element, for popups that a user adds). */
(function () {
  "use strict";
  L.Control.Attribution.prototype.options.prefix = false;
  L.Icon.Default.imagePath = "";
  L.Icon.Default.mergeOptions(MARKER_PICTURES);
  if (!window.$) {
    window.$ = function (what) {
      if (what === document) {
        return { ready: function (call) { window.addEventListener("load", call); } };
      }
      var holder = document.createElement("template");
      holder.innerHTML = String(what).trim();
      return [document.importNode(holder.content.firstElementChild, true)];
    };
  }
})();
