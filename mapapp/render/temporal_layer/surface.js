// A Leaflet renderer with one canvas: sharp on any screen, moved with the map, repainted whole in one go.

const Surface = L.Renderer.extend({
  options: { padding: 0.12 },

  // `paint` is called with a scene: what to draw on and which part of the plane is in sight.
  // `footer` says how many pixels at the foot of the map are covered.
  initialize(anchor, paint, footer) {
    L.Renderer.prototype.initialize.call(this, {});
    this.footer = footer;
    this.anchor = anchor;
    this.paint = paint;
  },

  getEvents() {
    return { ...L.Renderer.prototype.getEvents.call(this), move: this._follow };
  },

  _initContainer() {
    this._container = L.DomUtil.create("canvas", "surface");
    this._container.setAttribute("aria-hidden", "true");
    this.context = this._container.getContext("2d", { alpha: false });
  },

  _destroyContainer() {
    this._container.remove();
  },

  // While the map is dragged: repaint as soon as the painted margin is used up.
  _follow() {
    if (!this._bounds || this._map._animatingZoom) return;
    const half = this._map.getSize().divideBy(2);
    const centre = this._map.containerPointToLayerPoint(half);
    if (!this._bounds.contains(L.bounds(centre.subtract(half), centre.add(half)))) this._update();
  },

  // Leaflet would scale and shift the canvas as for a view in between, by fractions of a pixel: it is painted anew instead.
  _reset() {
    this._update();
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    this.ratio = window.devicePixelRatio || 1;
    L.DomUtil.setPosition(this._container, this._bounds.min);
    this._resize(Math.round(size.x * this.ratio), Math.round(size.y * this.ratio), size);
    this.redraw();
  },

  _resize(width, height, size) {
    if (this._container.width === width && this._container.height === height) return;
    this._container.width = width;
    this._container.height = height;
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
  },

  redraw() {
    if (!this._bounds || !this._map) return;
    const zoom = this._map.getZoom();
    const scale = 2 ** zoom;
    const shift = (axis) => {
      const screen = this.anchor[axis ? 1 : 0] * scale - (axis ? this._map.getPixelOrigin().y : this._map.getPixelOrigin().x);
      return Math.round((screen - (axis ? this._bounds.min.y : this._bounds.min.x)) * this.ratio) / this.ratio;
    };
    const [x, y] = [shift(0), shift(1)];
    const context = this.context;
    context.setTransform(this.ratio, 0, 0, this.ratio, x * this.ratio, y * this.ratio);
    context.direction = rightToLeft() ? "rtl" : "ltr";
    context.textAlign = "left"; // x is the left edge, whichever way the words run
    const size = this._bounds.getSize();
    const sight = this._sight(x, y);
    this.paint({ context, zoom, ratio: this.ratio, box: [-x, -y, size.x - x, size.y - y], sight });
  },

  // The part of the painted box that the reader sees now, in the scene's pixels.
  _sight(x, y) {
    const corner = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min);
    const size = this._map.getSize();
    return [corner.x - x, corner.y - y, corner.x - x + size.x, corner.y - y + size.y - this.footer()];
  },

  // The scene's pixels of a point of the container, and the other way round.
  scenePoint(latlng) {
    const scale = 2 ** this._map.getZoom();
    const [east, south] = mercator(latlng.lng, latlng.lat);
    return [(east - this.anchor[0]) * scale, (south - this.anchor[1]) * scale];
  },
});
