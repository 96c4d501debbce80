import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { type Frame, kFont, kGutterPx, openFrame } from "../shared/canvas";
import { inkOf, isHollow, kLetter, kMiddle, kShape, mark } from "../shared/icons";
import { type CueKind, type Party, kParties } from "../shared/kinds";
import { paintOverlapShape } from "../shared/overlap-shape";
import { clock, kCueName, kDistressNote, times } from "../shared/words";
import { type Call, kStripS } from "./call";
import type { Overlap } from "./contract";
import { kPartyName } from "./words";

const kMarkPx = 20;
const kLane: Record<Party, { top: number; marks: number }> = {
  agent: { top: 24, marks: 1 },
  customer: { top: 62, marks: 87 },
};
const kLaneHeight = 20;
const kBetween = { top: 47, height: 12 };
const kAxisTop = 112;
const kHeight = 128;
const kRoundPx = 2;

const kDrawEveryMs = 200;
const kDrawCalmlyEveryMs = 1000;
const kTellEveryMs = 15000;

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

// The last two minutes: who spoke when, where both did, and what was told.
export class TurnStrip extends LitElement {
  static override properties = { call: { attribute: false }, time_s: { attribute: false } };
  declare call: Call;
  declare time_s: number;
  private drawnAtMs = -Infinity;
  private toldAtMs = -Infinity;
  private told = "";

  protected override createRenderRoot(): HTMLElement { return this; }

  // Ten states come a second; an eye on a strip of two minutes needs no more than this.
  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    const every = calm.matches ? kDrawCalmlyEveryMs : kDrawEveryMs;
    return changed.has("call") || performance.now() - this.drawnAtMs >= every;
  }

  protected override render(): TemplateResult {
    return html`<canvas role="img" aria-label=${this.tell()}></canvas>
      <details class="legend">
        <summary>What the marks mean</summary>
        <ul>${(Object.keys(kCueName) as CueKind[]).map((kind) => html`<li>${mark(kind)} ${kCueName[kind]}</li>`)}</ul>
        <p>Between the lanes: a filled block is an interruption, a hatched one an attempt that gave way, an
          empty one a start together, a low line the other's last words, a dot an "mm-hm".</p>
        <p>${kDistressNote}</p>
      </details>`;
  }

  protected override updated(): void {
    this.drawnAtMs = performance.now();
    const canvas = this.querySelector("canvas");
    const frame = canvas && openFrame(canvas, kHeight);
    if (frame) this.draw(frame);
  }

  private tell(): string {
    const nowMs = performance.now();
    if (nowMs - this.toldAtMs < kTellEveryMs) return this.told;
    this.toldAtMs = nowMs;
    const stretches = kParties.map((party) => {
      const count = this.call.segments.filter((s) => s.party === party).length;
      return `${kPartyName[party]}: ${times(count, "stretch", "stretches")} of speech`;
    });
    this.told = `The last two minutes. ${stretches.join(", ")}; ${times(this.call.marks.length, "card", "cards")}.`;
    return this.told;
  }

  private draw(frame: Frame): void {
    const { g } = frame;
    g.font = kFont;
    this.drawAxis(frame);
    for (const party of kParties) this.drawLane(frame, party);
    g.save();
    g.beginPath();
    g.rect(kGutterPx, 0, frame.width - kGutterPx, frame.height);
    g.clip();
    for (const overlap of this.call.overlaps) this.drawOverlap(frame, overlap);
    g.restore();
    for (const card of this.call.marks) this.drawMark(frame, card.cue, card.party, card.at_s);
  }

  private xOf(frame: Frame, time_s: number): number {
    const part = 1 - (this.call.state.time_s - time_s) / kStripS;
    return kGutterPx + Math.max(0, Math.min(1, part)) * (frame.width - kGutterPx);
  }

  private drawAxis(frame: Frame): void {
    const { g } = frame;
    const now_s = this.call.state.time_s;
    const middle = kAxisTop + 12;
    g.textAlign = "center";
    for (let t = Math.ceil(Math.max(0, now_s - kStripS) / 30) * 30; t <= now_s; t += 30) {
      const x = Math.round(this.xOf(frame, t)) + 0.5;
      g.fillStyle = frame.ink("line");
      g.fillRect(x, kLane.agent.top - 2, 1, kAxisTop - kLane.agent.top);
      const half = g.measureText(clock(t)).width / 2;
      if (x - half < kGutterPx || x + half > frame.width) continue;
      g.fillStyle = frame.ink("soft");
      g.fillText(clock(t), x, middle);
    }
  }

  private drawLane(frame: Frame, party: Party): void {
    const { g } = frame;
    const { top } = kLane[party];
    g.textAlign = "left";
    g.fillStyle = frame.ink(party);
    g.fillText(kPartyName[party], 0, top + 14);
    g.globalAlpha = 0.1;
    g.fillRect(kGutterPx, top, frame.width - kGutterPx, kLaneHeight);
    g.globalAlpha = 1;
    const stretch = (start_s: number, end_s: number) => {
      const x = this.xOf(frame, start_s), width = this.xOf(frame, end_s) - x;
      if (width <= 0) return;
      g.beginPath();
      g.roundRect(x, top, Math.max(1.5, width), kLaneHeight, kRoundPx);
      g.fill();
    };
    for (const s of this.call.segments) if (s.party === party) stretch(s.start_s, s.end_s);
    const voice = this.call.state[party];
    if (voice.speaking && voice.speaking_since_s !== null) stretch(voice.speaking_since_s, this.call.state.time_s);
  }

  // The shapes of the call report.
  private drawOverlap(frame: Frame, overlap: Overlap): void {
    const { g } = frame;
    const { top, height } = kBetween;
    const x = this.xOf(frame, overlap.start_s);
    const width = Math.max(4, this.xOf(frame, overlap.end_s) - x);
    if (this.xOf(frame, overlap.end_s) <= kGutterPx) return;
    g.fillStyle = g.strokeStyle = frame.ink(overlap.kind === "interruption" ? "grave" : "soft");
    paintOverlapShape(g, overlap.kind, { x, y: top, width, height }, 3);
  }

  private drawMark(frame: Frame, cue: CueKind, party: Party, at_s: number): void {
    const { g } = frame;
    const lane = kLane[party];
    const x = this.xOf(frame, at_s), half = kMarkPx / 2;
    const ink = frame.ink(inkOf(cue));
    g.fillStyle = ink;
    g.fillRect(x - 0.75, lane.top - 3, 1.5, kLaneHeight + 6);
    g.save();
    g.translate(Math.max(kGutterPx, Math.min(frame.width - kMarkPx, x - half)), lane.marks);
    g.scale(kMarkPx / 24, kMarkPx / 24);
    const shape = new Path2D(kShape[cue]);
    g.lineWidth = 4;
    g.strokeStyle = frame.ink("card");  // Keeps two that touch apart.
    g.stroke(shape);
    if (isHollow(cue)) {
      g.lineWidth = 2;
      g.strokeStyle = ink;
      g.fillStyle = frame.ink("card");
      g.fill(shape);
      g.stroke(shape);
    } else {
      g.fill(shape);
    }
    const [cx, cy] = kMiddle[cue] ?? [12, 12];
    g.fillStyle = isHollow(cue) ? ink : frame.ink("on-mark");
    g.font = `bold 14px system-ui, sans-serif`;
    g.textAlign = "center";
    g.fillText(kLetter[cue], cx, cy + 5);
    g.restore();
  }
}

customElements.define("desk-strip", TurnStrip);
