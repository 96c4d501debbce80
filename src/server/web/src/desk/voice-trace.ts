import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import uPlot from "uplot";
import { kFont, kGutterPx } from "../shared/canvas";
import { clock } from "../shared/words";
import { type Call, kStripS } from "./call";

export type Measure = "f0_st" | "level_db";

const kTitle: Record<Measure, string> = { f0_st: "Pitch, st", level_db: "Level, dB" };
const kSaid: Record<Measure, string> = {
  f0_st: "Pitch of both voices against their own usual, the last two minutes, in semitones",
  level_db: "Level of both voices against their own usual, the last two minutes, in decibels",
};
const kSpan: Record<Measure, number> = { f0_st: 6, level_db: 12 };  // Either way from the usual.
const kRoom = 1.08;  // Beyond the span, so that a line at its end is whole.
const kDrawEveryMs = 500;

const dark = window.matchMedia("(prefers-color-scheme: dark)");

// Pitch or level of both voices against their own usual, under the strip and on its time line: the
// agent a full line, the customer a dashed one.
export class VoiceTrace extends LitElement {
  static override properties = {
    call: { attribute: false }, time_s: { attribute: false }, measure: { attribute: false },
  };
  declare call: Call;
  declare time_s: number;
  declare measure: Measure;
  private plot: uPlot | null = null;
  private drawnAtMs = -Infinity;
  private readonly sizes = new ResizeObserver(() => this.fit());
  private readonly recolour = () => this.rebuild();

  protected override createRenderRoot(): HTMLElement { return this; }

  override connectedCallback(): void {
    super.connectedCallback();
    dark.addEventListener("change", this.recolour);
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    dark.removeEventListener("change", this.recolour);
    this.sizes.disconnect();
    this.plot?.destroy();
    this.plot = null;
  }

  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    return changed.has("call") || performance.now() - this.drawnAtMs >= kDrawEveryMs;
  }

  protected override render(): TemplateResult {
    return html`<p class="trace-title" aria-hidden="true">${kTitle[this.measure]}</p>
      <div class="trace" role="img" aria-label=${kSaid[this.measure]}></div>`;
  }

  protected override updated(): void {
    this.drawnAtMs = performance.now();
    if (!this.plot) return this.rebuild();
    this.plot.setData(this.columns(), false);
    const now_s = this.call.state.time_s;
    this.plot.setScale("x", { min: now_s - kStripS, max: now_s });
  }

  private columns(): uPlot.AlignedData {
    const { trace } = this.call;
    const inside = (value: number | null) =>
      value === null ? null : Math.max(-kSpan[this.measure], Math.min(kSpan[this.measure], value));
    return [
      trace.map((point) => point.time_s),
      trace.map((point) => inside(point[this.measure].agent)),
      trace.map((point) => inside(point[this.measure].customer)),
    ];
  }

  private get place(): HTMLElement | null { return this.querySelector(".trace"); }

  private fit(): void {
    const { place } = this;
    if (place && place.clientWidth > 0) this.plot?.setSize({ width: place.clientWidth, height: place.clientHeight });
  }

  private rebuild(): void {
    const { place } = this;
    if (!place || place.clientWidth === 0) return;
    this.plot?.destroy();
    this.plot = new uPlot(this.options(place), this.columns(), place);
    const now_s = this.call.state.time_s;
    this.plot.setScale("x", { min: now_s - kStripS, max: now_s });
  }

  private options(place: HTMLElement): uPlot.Options {
    const inks = getComputedStyle(document.documentElement);
    const ink = (name: string) => inks.getPropertyValue(`--${name}`).trim();
    const span = kSpan[this.measure];
    const line = { width: 2, points: { show: false }, spanGaps: false };
    return {
      width: place.clientWidth,
      height: place.clientHeight,
      padding: [7, 0, 7, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, auto: false }, y: { range: [-kRoom * span, kRoom * span] } },
      axes: [
        { show: false, values: (_, ticks) => ticks.map(clock) },
        {
          size: kGutterPx,
          gap: 6,
          font: kFont,
          stroke: ink("soft"),
          ticks: { show: false },
          grid: { stroke: ink("line"), width: 1 },
          splits: () => [(-2 * span) / 3, 0, (2 * span) / 3],
          values: (_, ticks) => ticks.map((t) => (t === 0 ? "usual" : t > 0 ? `+${t}` : `\u2212${-t}`)),
        },
      ],
      series: [
        {},
        { ...line, stroke: ink("agent") },
        { ...line, stroke: ink("customer"), dash: [5, 3] },
      ],
    };
  }
}

customElements.define("desk-trace", VoiceTrace);
