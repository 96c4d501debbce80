import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { point } from "./marker";
import { pathOf, roundAbove } from "./scale";
import { WideChart } from "./wide-chart";

export interface TrendLine { name: string; kind: number; values: readonly (number | null)[] }

const kHeightPx = 150;
const kLeftPx = 58, kRightPx = 12, kTopPx = 10, kBottomPx = 22;
const kMiddleFromPx = 520;  // Room for three spans of days.
const kDenseSteps = 40;  // From here on the points are drawn smaller.

// One measure over time, from 0 up. A drawing only: the figures stand in the table beside it. Sends `at`
// with the step under the pointer, or null.
export class TrendChart extends WideChart {
  static override properties = {
    label: {}, lines: { attribute: false }, steps: { attribute: false }, format: { attribute: false },
    at: { state: true },
  };
  declare label: string;
  declare lines: readonly TrendLine[];
  declare steps: readonly string[];  // What each step is called.
  declare format: (value: number) => string;
  declare at: number | null;

  constructor() {
    super();
    this.label = "";
    this.lines = [];
    this.steps = [];
    this.format = String;
    this.at = null;
  }

  private x(step: number): number {
    return kLeftPx + ((this.width - kLeftPx - kRightPx) * (step + 0.5)) / Math.max(this.steps.length, 1);
  }

  private point(to: number | null): void {
    if (to === this.at) return;
    this.at = to;
    this.dispatchEvent(new CustomEvent("at", { detail: to }));
  }

  private readonly onMove = (event: PointerEvent): void => {
    const inside = event.clientX - this.getBoundingClientRect().left - kLeftPx;
    const step = Math.floor((inside * this.steps.length) / (this.width - kLeftPx - kRightPx));
    this.point(step >= 0 && step < this.steps.length ? step : null);
  };

  protected override render(): TemplateResult | typeof nothing {
    const { width } = this;
    if (width < kLeftPx + kRightPx + 20) return nothing;
    const top = roundAbove(Math.max(0, ...this.lines.flatMap(({ values }) => values.map((value) => value ?? 0))));
    const y = (value: number) => kTopPx + (kHeightPx - kTopPx - kBottomPx) * (1 - value / top);
    return html`<svg class="chart" role="img" aria-label=${this.label} width=${width} height=${kHeightPx}
      viewBox="0 0 ${width} ${kHeightPx}" @pointermove=${this.onMove} @pointerleave=${() => this.point(null)}>
      ${[0, top / 2, top].map((value) => svg`<path class="grid" d="M${kLeftPx} ${y(value)}H${width - kRightPx}"></path>
        <text class="tick end" x=${kLeftPx - 8} y=${y(value) + 4}>${this.format(value)}</text>`)}
      ${this.dates()}
      ${this.at === null ? nothing : svg`<path class="here" d="M${this.x(this.at)} ${kTopPx}V${kHeightPx - kBottomPx}"></path>`}
      ${this.lines.map((line) => this.line(line, y))}</svg>`;
  }

  private line({ kind, values }: TrendLine, y: (value: number) => number): SVGTemplateResult {
    const xs = values.map((_, i) => this.x(i));
    const ys = values.map((value) => (value === null ? null : y(value)));
    const size = values.length > kDenseSteps ? 0.5 : 0.9;
    return svg`<g class="line-${kind}"><path class="trend" d=${pathOf(xs, ys)}></path>
      ${ys.map((at, i) => (at === null ? nothing : point(kind, xs[i]!, at, i === this.at ? 1.3 : size)))}</g>`;
  }

  // The first and the last step, and the middle one where there is room.
  private dates(): SVGTemplateResult[] {
    const last = this.steps.length - 1;
    if (last < 0) return [];
    const middle = last >= 4 && this.width > kMiddleFromPx ? [Math.round(last / 2)] : [];
    const y = kHeightPx - 5;
    return [
      svg`<text class="tick" x=${kLeftPx} y=${y}>${this.steps[0]}</text>`,
      ...middle.map((i) => svg`<text class="tick middle" x=${this.x(i)} y=${y}>${this.steps[i]}</text>`),
      ...(last > 0 ? [svg`<text class="tick end" x=${this.width - kRightPx} y=${y}>${this.steps[last]}</text>`] : []),
    ];
  }
}

customElements.define("review-trend", TrendChart);
