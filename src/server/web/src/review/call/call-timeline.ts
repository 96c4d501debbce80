import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { openFrame } from "../../shared/canvas";
import type { Party } from "../../shared/kinds";
import { clock, times } from "../../shared/words";
import type { Note } from "../contract";
import type { CallModel } from "./call-model";
import { paintLane } from "./lane-painter";
import { type Layout, kMarkRowPx, layOut } from "./layout";
import { type Mark, placeMarks } from "./marks";
import { clipped, kLabelPx, openPlot, type Plot } from "./plot";
import {
  isOnPin, kOverviewPx, paintAxis, paintCue, paintMarks, paintNotes, paintOverlaps, paintOverview,
} from "./sign-painter";
import { TimeScale } from "./time-scale";
import { pointAt } from "./timeline-pointer";
import type { Under } from "./under";

const kCueViewS = 60;        // Shown round a chosen moment,
const kWideViewS = 300;      // where more than this was on view.
const kZoomStep = 1.6;

// Both voices over time. Sends `seek` (seconds), `choose` (a cue's id), `open-note` (its id), `under`
// (what the pointer is on) and `view-changed`.
export class CallTimeline extends LitElement {
  static override properties = {
    model: { attribute: false }, chosenId: { attribute: false }, notes: { attribute: false }, traced: { attribute: false },
  };
  declare model: CallModel;
  declare chosenId: number | null;
  declare notes: readonly Note[];
  declare traced: boolean;  // The track is there.
  scale = new TimeScale(1);
  private layout: Layout | null = null;
  private readonly marks: Record<Party, Mark[]> = { agent: [], customer: [] };
  private pending = 0;
  private head_s = 0;
  private readonly resized = new ResizeObserver(() => this.drawSoon());
  private readonly dark = window.matchMedia("(prefers-color-scheme: dark)");
  private readonly redraw = () => this.drawSoon();
  private readonly toPaper = () => this.drawFor("paper");
  private readonly toScreen = () => this.drawFor("screen");

  protected override createRenderRoot(): HTMLElement { return this; }

  override connectedCallback(): void {
    super.connectedCallback();
    this.dark.addEventListener("change", this.redraw);
    window.addEventListener("beforeprint", this.toPaper);
    window.addEventListener("afterprint", this.toScreen);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.dark.removeEventListener("change", this.redraw);
    window.removeEventListener("beforeprint", this.toPaper);
    window.removeEventListener("afterprint", this.toScreen);
    cancelAnimationFrame(this.pending);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("model")) return;
    const { duration_s } = this.model;
    this.scale = changed.get("model") ? this.scale.grownTo(duration_s) : new TimeScale(duration_s);
  }

  protected override render(): TemplateResult {
    return html`
      <canvas class="overview" aria-hidden="true"></canvas>
      <div class="stage">
        <canvas class="voices" role="img" aria-label=${this.tell()}></canvas>
        <div class="head-place" role="slider" tabindex="0" aria-label="Play-head" aria-valuemin="0"
          aria-valuemax=${Math.floor(this.model.duration_s)} aria-valuenow="0"></div>
        <div class="over" aria-hidden="true"><div class="pointer" hidden></div><div class="head"></div></div>
      </div>`;
  }

  protected override firstUpdated(): void {
    this.resized.observe(this.stage);
    pointAt(this);
    this.setHead(this.head_s, false);
  }
  protected override updated(): void { this.drawSoon(); }

  get stage(): HTMLElement { return this.querySelector<HTMLElement>(".stage")!; }
  get overview(): HTMLCanvasElement { return this.querySelector<HTMLCanvasElement>(".overview")!; }
  get plotWidth(): number { return Math.max(1, this.stage.clientWidth - kLabelPx); }

  // --- What is on view

  changeView(how: (scale: TimeScale) => void): void {
    how(this.scale);
    this.drawSoon();
    this.dispatchEvent(new Event("view-changed"));
  }
  zoomIn(): void { this.zoomAtHead(1 / kZoomStep); }
  zoomOut(): void { this.zoomAtHead(kZoomStep); }
  showWhole(): void { this.changeView((scale) => scale.showWhole()); }

  private zoomAtHead(factor: number): void {
    const { scale } = this;
    const at_s = scale.holds(this.head_s) ? this.head_s : (scale.start_s + scale.end_s) / 2;
    this.changeView(() => scale.zoom(factor, at_s));
  }

  // A moment to be looked at: near enough to be seen, and with what lies round it.
  showMoment(start_s: number, end_s: number): void {
    const { scale } = this;
    if (scale.holds(start_s) && scale.holds(end_s) && scale.length_s <= kWideViewS) return;
    const length_s = Math.max(kCueViewS, 1.5 * (end_s - start_s));
    const middle_s = Math.min((start_s + end_s) / 2, start_s + length_s / 2);
    this.changeView(() => scale.show(middle_s - length_s / 2, middle_s + length_s / 2));
  }

  // The play-head. While it plays the view turns the page with it, unless it was moved away.
  setHead(time_s: number, playing: boolean): void {
    const wasHere = this.scale.holds(this.head_s);
    this.head_s = time_s;
    if (playing && wasHere && this.scale.follow(time_s)) {
      this.drawSoon();
      this.dispatchEvent(new Event("view-changed"));
    }
    this.placeLine(".head", time_s);
    this.tellHead();
  }

  showPointer(time_s: number | null): void {
    const line = this.querySelector<HTMLElement>(".pointer")!;
    if (time_s === null) line.hidden = true;
    else this.placeLine(".pointer", time_s);
  }

  private placeLine(which: string, time_s: number): void {
    const line = this.querySelector<HTMLElement>(which);
    if (!line) return;
    line.hidden = !this.scale.holds(time_s);
    line.style.transform = `translateX(${this.scale.xOf(time_s, this.plotWidth)}px)`;
  }

  private tellHead(): void {
    const slider = this.querySelector(".head-place");
    const now = String(Math.floor(this.head_s));
    if (!slider || slider.getAttribute("aria-valuenow") === now) return;
    slider.setAttribute("aria-valuenow", now);
    slider.setAttribute("aria-valuetext", `${clock(this.head_s)} of ${clock(this.model.duration_s)}`);
  }

  // --- Drawing

  drawSoon(): void {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => this.draw());
  }

  private drawFor(what: "paper" | "screen"): void {
    document.documentElement.classList.toggle("paper", what === "paper");
    this.draw();
  }

  private draw(): void {
    this.pending = 0;
    const canvas = this.querySelector<HTMLCanvasElement>(".voices");
    if (!canvas || canvas.clientWidth <= kLabelPx) return;
    const { model, scale } = this;
    const rows: Record<Party, number> = { agent: 1, customer: 1 };
    for (const party of model.parties) {
      const placed = placeMarks(model, scale, this.plotWidth, party);
      this.marks[party] = placed.marks;
      rows[party] = placed.rows;
    }
    this.layout = layOut(model.parties, rows, this.notes.some((note) => note.at_s !== null));
    const frame = openFrame(canvas, this.layout.height);
    if (!frame) return;
    this.stage.classList.toggle("movable", !scale.isWhole);
    this.paint(openPlot(frame, scale, model), this.layout);
    this.paintWhole();
    this.placeLine(".head", this.head_s);
    if (this.traced && performance.getEntriesByName("call-drawn").length === 0) performance.mark("call-drawn");
  }

  private paint(plot: Plot, layout: Layout): void {
    paintAxis(plot, layout.axis);
    if (layout.between) paintOverlaps(plot, layout.between);
    for (const party of this.model.parties) {
      const lane = layout.lanes[party]!;
      paintLane(plot, party, lane);
      clipped(plot, lane.bottom + 2, () => {
        for (const cue of this.model.cues) {
          if (cue.party === party) paintCue(plot, cue, lane, cue.id === this.chosenId);
        }
      });
      paintMarks(plot, this.marks[party], lane, this.chosenId);
    }
    paintNotes(plot, this.notes, layout);
  }

  private paintWhole(): void {
    const { overview, model, scale } = this;
    const frame = openFrame(overview, kOverviewPx);
    if (!frame) return;
    const whole = openPlot(frame, new TimeScale(model.duration_s), model);
    paintOverview(whole, scale, this.chosenId);
  }

  // --- What lies at a place on the stage

  under(x: number, y: number): Omit<Under, "at"> {
    const { layout, scale, model } = this;
    const time_s = scale.timeOf(x, this.plotWidth);
    const nothing: Omit<Under, "at"> = { time_s, cueIds: [], overlap: null, note: null };
    if (!layout || !scale.holds(time_s)) return nothing;
    const slack_s = (3 / this.plotWidth) * scale.length_s;
    const holds = (one: { start_s: number; end_s: number }) =>
      one.start_s - slack_s <= time_s && time_s <= one.end_s + slack_s;
    const { between, notes } = layout;
    if (between && y >= between.top && y < between.top + between.height) {
      const starter = y < between.top + between.height / 2 ? "agent" : "customer";
      return { ...nothing, overlap: model.overlaps.find((one) => one.starter === starter && holds(one)) ?? null };
    }
    if (notes.height > 0 && y >= notes.top) return { ...nothing, note: this.noteAt(x) };
    for (const party of model.parties) {
      const lane = layout.lanes[party]!;
      if (y >= lane.marks.top && y < lane.top) return { ...nothing, cueIds: this.markAt(party, x, lane.marks.top + lane.marks.height - y) };
      if (y >= lane.top && y <= lane.bottom) {
        return { ...nothing, cueIds: model.cues.filter((cue) => cue.party === party && holds(cue)).map((cue) => cue.id) };
      }
    }
    return nothing;
  }

  private markAt(party: Party, x: number, up: number): number[] {
    const row = Math.floor(up / kMarkRowPx);
    return this.marks[party].find((mark) => mark.row === row && Math.abs(mark.x - x) <= kMarkRowPx / 2)?.cueIds ?? [];
  }
  private noteAt(x: number): Note | null {
    return this.notes.find((note) => note.at_s !== null && isOnPin(x, this.scale.xOf(note.at_s, this.plotWidth))) ?? null;
  }

  private tell(): string {
    const { model } = this;
    const spoken = model.parties.map((party) => {
      const talk_s = model.segments[party].reduce((sum, s) => sum + s.end_s - s.start_s, 0);
      return `${party} ${clock(talk_s)} of speech in ${times(model.segments[party].length, "stretch", "stretches")}`;
    });
    return `Both voices over ${clock(model.duration_s)}: ${spoken.join(", ")}; ` +
      `${times(model.cues.length, "moment", "moments")}, which the list of moments tells in words.`;
  }
}

customElements.define("call-timeline", CallTimeline);
