// Patterns of whole device pixels: no blended colours, so a pixel always says whose it is.

class Hatches {
  constructor() {
    this.made = new Map();
  }

  // Diagonal stripes of equal width in the given colours; `lean` 1 is /, -1 is \.
  stripes(scene, colours, lean, period) {
    const side = Math.max(2 * colours.length, Math.round(period * scene.ratio));
    return this.pattern(scene, `stripes ${colours} ${lean} ${side}`, side, (x, y) => {
      const along = (((x + lean * y) % side) + side) % side;
      return colours[Math.floor((along * colours.length) / side)];
    });
  }

  // Thin diagonal lines, far apart, on nothing.
  lines(scene, colour, period, width) {
    const side = Math.round(period * scene.ratio);
    const thick = Math.max(1, Math.round(width * scene.ratio));
    return this.pattern(scene, `lines ${colour} ${side} ${thick}`, side, (x, y) => ((x + y) % side < thick ? colour : null));
  }

  // Small dots in a staggered grid, on nothing.
  dots(scene, colour, period, width) {
    const half = Math.round((period * scene.ratio) / 2);
    const thick = Math.max(1, Math.round(width * scene.ratio));
    return this.pattern(scene, `dots ${colour} ${half} ${thick}`, 2 * half, (x, y) =>
      x % half < thick && y % half < thick && Math.floor(x / half) === Math.floor(y / half) ? colour : null,
    );
  }

  pattern(scene, key, side, colourAt) {
    const name = `${key} ${scene.ratio}`;
    if (!this.made.has(name)) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = side;
      const context = tile.getContext("2d");
      for (let x = 0; x < side; x += 1) {
        for (let y = 0; y < side; y += 1) {
          const colour = colourAt(x, y);
          if (colour) context.fillStyle = colour;
          if (colour) context.fillRect(x, y, 1, 1);
        }
      }
      const pattern = scene.context.createPattern(tile, "repeat");
      pattern.setTransform(new DOMMatrix().scale(1 / scene.ratio));
      this.made.set(name, pattern);
    }
    return this.made.get(name);
  }
}
