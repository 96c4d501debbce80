// A series of points as columns of pixels. What is on view is reduced, once for each zoom.

// What lies behind one column; NaN where nothing does.
export interface Column { low: number; high: number }
export type Reduce = (values: Float32Array, first: number, end: number, into: Column) => void;

// The largest.
export const largest: Reduce = (values, first, end, into) => {
  let high = NaN;
  for (let i = first; i < end; ++i) {
    const value = values[i]!;
    if (!(value <= high)) high = Number.isNaN(value) ? high : value;
  }
  into.low = into.high = high;
};

// What lies between two parts of the points in order, so that a single wild one does not show.
const between = (low: number, high: number): Reduce => (values, first, end, into) => {
  const known = values.subarray(first, end).filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) {
    into.low = into.high = NaN;
    return;
  }
  into.low = known[Math.floor(low * (known.length - 1))]!;
  into.high = known[Math.ceil(high * (known.length - 1))]!;
};
export const middleHalf = between(0.25, 0.75);
export const louderHalf = between(0.5, 1);  // The gaps between syllables say nothing of how loud one speaks.

export class Columns {
  private points = 0;  // Behind each column.
  private low = new Float32Array();
  private high = new Float32Array();
  private isMade = new Uint8Array();
  private readonly column: Column = { low: NaN, high: NaN };

  constructor(private readonly values: Float32Array, private readonly reduce: Reduce) {}

  // How often a column has been reduced, for tests of "once".
  reductions = 0;

  // Calls use(first point, points behind it, column) for the columns of points [first, end).
  // @param points  Behind each column; less than one is one.
  each(points: number, first: number, end: number, use: (point: number, points: number, column: Column) => void): void {
    const many = Math.max(1, points);
    if (many !== this.points) this.begin(many);
    const last = Math.min(Math.ceil(end / many), this.low.length);
    for (let i = Math.max(0, Math.floor(first / many)); i < last; ++i) use(i * many, many, this.at(i));
  }

  private begin(points: number): void {
    this.points = points;
    const count = Math.ceil(this.values.length / points);
    this.low = new Float32Array(count);
    this.high = new Float32Array(count);
    this.isMade = new Uint8Array(count);
  }

  private at(i: number): Column {
    const { column } = this;
    if (!this.isMade[i]) {
      const first = Math.round(i * this.points);
      const end = Math.min(this.values.length, Math.max(first + 1, Math.round((i + 1) * this.points)));
      this.reduce(this.values, first, end, column);
      this.low[i] = column.low;
      this.high[i] = column.high;
      this.isMade[i] = 1;
      ++this.reductions;
    }
    column.low = this.low[i]!;
    column.high = this.high[i]!;
    return column;
  }
}
