// Where the map looks: told while it moves, and whether a reader or the page itself moved it.

class Views {
  // `tell` gets {lat, lng, zoom, settled, own}: `own` where the page moved the map; while it moves, at most once a frame.
  constructor(map, tell) {
    Object.assign(this, { map, tell, own: false, frame: 0 });
    map.on("move", () => this.wish());
    map.on("moveend", () => this.settle());
    map.on("dragstart", () => { this.own = false; });
    map.on("autopanstart", () => { this.own = true; });
  }

  get now() {
    const { lat, lng } = this.map.getCenter();
    return { lat: Number(lat.toFixed(4)), lng: Number(lng.toFixed(4)), zoom: Number(this.map.getZoom().toFixed(2)) };
  }

  // What `move` does, also when it glides, is the page's own doing.
  quietly(move) {
    this.own = true;
    move();
    if (!this.map._animatingZoom && !this.map._panAnim?._inProgress) this.own = false;
  }

  wish() {
    this.frame = this.frame || requestAnimationFrame(() => {
      this.frame = 0;
      this.tell({ ...this.now, settled: false, own: this.own });
    });
  }

  settle() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const text = JSON.stringify(this.now);
    if (text !== this.told) this.tell({ ...this.now, settled: true, own: this.own });
    this.told = text;
    this.own = false;
  }
}
