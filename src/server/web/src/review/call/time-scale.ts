// The part of a call that is on view, and where in it a moment lies.

const kShortestViewS = 2;  // 20 points of 0.1 s; nearer there is nothing more to see.

export class TimeScale {
  start_s = 0;
  end_s: number;

  constructor(readonly duration_s: number) {
    this.end_s = duration_s;
  }

  get length_s(): number { return this.end_s - this.start_s; }
  get isWhole(): boolean { return this.length_s > this.duration_s - 1e-3; }
  holds(time_s: number): boolean { return time_s >= this.start_s && time_s <= this.end_s; }

  // The same view of a call that has become longer; who sees all of it sees what came, too.
  grownTo(duration_s: number): TimeScale {
    const grown = new TimeScale(duration_s);
    if (!this.isWhole) grown.show(this.start_s, this.end_s);
    return grown;
  }

  // As near to this as the call allows. The length is kept where its ends do not fit.
  show(start_s: number, end_s: number): void {
    const shortest_s = Math.min(kShortestViewS, this.duration_s);
    const length_s = Math.max(shortest_s, Math.min(end_s - start_s, this.duration_s));
    this.start_s = Math.max(0, Math.min(start_s, this.duration_s - length_s));
    this.end_s = this.start_s + length_s;
  }
  showWhole(): void { this.show(0, this.duration_s); }
  move(by_s: number): void { this.show(this.start_s + by_s, this.end_s + by_s); }

  // Shows `factor` times as much; `at_s` stays where it is on the page.
  zoom(factor: number, at_s: number): void {
    const part = (at_s - this.start_s) / this.length_s;
    const shortest_s = Math.min(kShortestViewS, this.duration_s);
    const length_s = Math.max(shortest_s, Math.min(this.length_s * factor, this.duration_s));
    this.show(at_s - part * length_s, at_s + (1 - part) * length_s);
  }

  // Turns the page where `time_s` has left it.
  follow(time_s: number): boolean {
    if (this.holds(time_s)) return false;
    this.show(time_s - 0.1 * this.length_s, time_s + 0.9 * this.length_s);
    return true;
  }

  xOf(time_s: number, width: number): number { return ((time_s - this.start_s) / this.length_s) * width; }
  timeOf(x: number, width: number): number { return this.start_s + (x / width) * this.length_s; }

  // The distance of the times written on the axis, so that each has at least `room_px`.
  tick_s(width: number, room_px: number): number {
    const least_s = (this.length_s * room_px) / Math.max(room_px, width);
    return kTicksS.find((tick_s) => tick_s >= least_s) ?? 3600;
  }
}

const kTicksS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800];
