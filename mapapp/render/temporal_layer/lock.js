// Two maps that move as one: whichever the reader moves leads, the other follows, and what follows leads nobody.

class Lock {
  constructor(one, other) {
    this.busy = false;
    for (const [map, twin] of [[one, other], [other, one]]) {
      const when = (action) => (event) => { if (!this.busy && !twin._animatingZoom) this.guard(() => action(map, twin, event)); };
      const heard = { move: when(this.follow), zoomanim: when(this.glide), moveend: when(this.settle) };
      map.on(heard);
      if (map === one) twin.on("unload", () => map.off(heard));
    }
  }

  guard(action) {
    this.busy = true;
    try {
      action();
    } finally {
      this.busy = false;
    }
  }

  // While it moves: shift what is painted, or scale it under two fingers; it is painted anew when the move ends.
  follow(map, twin) {
    if (map._animatingZoom) return;
    if (twin.getZoom() !== map.getZoom()) {
      twin._move(map.getCenter(), map.getZoom(), { pinch: true, round: false });
      return;
    }
    twin._rawPanBy(twin._getCenterOffset(map.getCenter())._round());
    twin.fire("move");
  }

  glide(map, twin, { center, zoom }) {
    twin.setView(center, zoom, { animate: true });
  }

  settle(map, twin) {
    twin.setView(map.getCenter(), map.getZoom(), { animate: false, reset: true });
  }
}
