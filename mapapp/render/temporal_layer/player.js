// Which day it is, and the ways to another: by day or by change day, by hand or playing.

class Player {
  // `show(day)` is called for every new day; `settle(day)` once a day has stood for a while, never while playing.
  constructor(history, calendar, day, show, settle) {
    Object.assign(this, { history, calendar, day, show, settle });
    this.byChange = false;
    this.perSecond = 2;
    this.playing = false;
    this.listeners = [];
  }

  go(day) {
    if (day === undefined || !this.calendar.covers(day)) return false;
    if (day !== this.day) {
      this.day = day;
      this.show(day);
    }
    this.wait();
    return true;
  }

  // As `go`, but no more often than the screen is refreshed: the last wish counts.
  wish(day) {
    this.wished = day;
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.go(this.wished);
    });
  }

  get now() {
    return this.frame ? this.wished : this.day;
  }

  next() {
    return this.byChange ? this.history.nextChange(this.now) : this.now + 1;
  }

  previous() {
    return this.byChange ? this.history.previousChange(this.now) : this.now - 1;
  }

  play() {
    if (this.playing) return;
    if (this.next() === undefined || !this.calendar.covers(this.next())) this.go(0);
    this.playing = true;
    clearTimeout(this.idle);
    this.tell();
    this.tick();
  }

  tick() {
    this.timer = setTimeout(() => {
      if (!this.go(this.next())) this.pause();
      else this.tick();
    }, 1000 / this.perSecond);
  }

  pause() {
    if (!this.playing) return;
    clearTimeout(this.timer);
    this.playing = false;
    this.tell();
    this.settle(this.day);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  wait() {
    clearTimeout(this.idle);
    if (!this.playing) this.idle = setTimeout(() => this.settle(this.day), SETTLE_MS);
  }

  tell() {
    this.listeners.forEach((listener) => listener(this.playing));
  }
}

const SETTLE_MS = 150;
