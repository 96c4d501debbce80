// Axis, cues, overlaps, notes and the overview: what stands over and between the voices.
import { kFont } from "../../shared/canvas";
import { inkOf, isHollow, kLetter, kMiddle, kShape } from "../../shared/icons";
import type { CueKind, OverlapKind, Party } from "../../shared/kinds";
import { paintOverlapShape } from "../../shared/overlap-shape";
import { clock } from "../../shared/words";
import type { Cue, Note, Overlap } from "../contract";
import { type Lane, kMarkPx, kMarkRowPx, type Layout, type Row } from "./layout";
import type { Mark } from "./marks";
import { clipped, kLabelPx, type Plot, xOf } from "./plot";

const kTickRoomPx = 64;
const kCrowdedS = 900;  // From here on the lines of marks step back, or they would hide the voices.

export function paintAxis(plot: Plot, { height }: Row): void {
  const { g, scale } = plot;
  const tick_s = scale.tick_s(plot.width, kTickRoomPx);
  g.font = kFont;
  g.textAlign = "center";
  g.textBaseline = "middle";
  g.fillStyle = plot.ink("soft");
  for (let t = Math.ceil(scale.start_s / tick_s) * tick_s; t <= scale.end_s; t += tick_s) {
    const text = tick_s < 1 ? `${clock(t)}.${Math.round(10 * (t % 1)) % 10}` : clock(t);
    const half = g.measureText(text).width / 2;
    const x = xOf(plot, t);
    if (x + half > plot.width + 2 || x - half < -20) continue;
    g.fillText(text, x, height / 2);
  }
}

// The stretch of a cue in its party's lane. The chosen one has a frame.
export function paintCue(plot: Plot, cue: Cue, lane: Lane, chosen: boolean): void {
  const { g } = plot;
  const x = xOf(plot, cue.start_s), width = Math.max(2, xOf(plot, cue.end_s) - x);
  if (x > plot.width || x + width < 0) return;
  const height = lane.bottom - lane.top;
  g.fillStyle = g.strokeStyle = plot.ink(inkOf(cue.kind));
  const isCrowded = plot.scale.length_s > kCrowdedS;
  g.globalAlpha = chosen ? 0.22 : isCrowded ? 0.06 : 0.12;
  g.fillRect(x, lane.top, width, height);
  g.globalAlpha = chosen || !isCrowded ? 1 : 0.35;
  g.fillRect(x - 0.75, lane.top - 2, 1.5, height + 2);
  if (chosen) {
    g.lineWidth = 2;
    g.strokeRect(x - 1, lane.top, width + 2, height);
  }
  g.globalAlpha = 1;
}

export function paintMarks(plot: Plot, marks: readonly Mark[], lane: Lane, chosenId: number | null): void {
  for (const { x, row, cueIds } of marks) {
    const y = lane.marks.top + lane.marks.height - (row + 1) * kMarkRowPx + (kMarkRowPx - kMarkPx) / 2;
    const cue = plot.model.cue(cueIds[0]!);
    if (!cue) continue;
    if (cueIds.length > 1) paintMany(plot, cueIds.length, x, y);
    else paintMark(plot, cue.kind, x, y);
    if (chosenId !== null && cueIds.includes(chosenId)) paintRing(plot, x, y);
  }
}

function paintRing({ g, ink }: Plot, x: number, y: number): void {
  g.strokeStyle = ink("ink");
  g.lineWidth = 2;
  g.beginPath();
  g.roundRect(x - kMarkPx / 2 - 2, y - 2, kMarkPx + 4, kMarkPx + 4, 4);
  g.stroke();
}

function paintMany({ g, ink }: Plot, count: number, x: number, y: number): void {
  g.fillStyle = ink("card");
  g.strokeStyle = g.fillStyle = ink("ink");
  g.lineWidth = 1.5;
  g.beginPath();
  g.roundRect(x - kMarkPx / 2, y + 1, kMarkPx, kMarkPx - 2, 10);
  g.stroke();
  g.font = `650 11px system-ui, sans-serif`;
  g.textAlign = "center";
  g.textBaseline = "middle";
  g.fillText(count > 99 ? "99+" : String(count), x, y + kMarkPx / 2 + 0.5);
}

function paintMark({ g, ink }: Plot, kind: CueKind, x: number, y: number): void {
  const tone = ink(inkOf(kind));
  g.save();
  g.translate(x - kMarkPx / 2, y);
  g.scale(kMarkPx / 24, kMarkPx / 24);
  const shape = new Path2D(kShape[kind]);
  g.fillStyle = isHollow(kind) ? ink("card") : tone;
  g.fill(shape);
  if (isHollow(kind)) {
    g.lineWidth = 2;
    g.strokeStyle = tone;
    g.stroke(shape);
  }
  const [cx, cy] = kMiddle[kind] ?? [12, 12];
  g.fillStyle = isHollow(kind) ? tone : ink("on-mark");
  g.font = "bold 13px system-ui, sans-serif";
  g.textAlign = "center";
  g.textBaseline = "alphabetic";
  g.fillText(kLetter[kind], cx, cy + 4.5);
  g.restore();
}

// Who came in lies above or below the line; each kind has its own shape.
export function paintOverlaps(plot: Plot, row: Row): void {
  const { g, scale } = plot;
  const half = row.height / 2;
  g.font = kFont;
  g.textAlign = "left";
  g.textBaseline = "middle";
  g.fillStyle = plot.ink("soft");
  g.fillText("agent in", -kLabelPx, row.top + half / 2);
  g.fillText("customer in", -kLabelPx, row.top + 1.5 * half);
  g.fillStyle = plot.ink("line");
  g.fillRect(0, row.top + half - 0.5, plot.width, 1);
  clipped(plot, row.top + row.height, () => {
    for (const overlap of plot.model.overlaps) {
      if (overlap.end_s < scale.start_s || overlap.start_s > scale.end_s) continue;
      paintOverlap(plot, overlap, row.top + (overlap.starter === "agent" ? 1 : half + 2), half - 3);
    }
  });
}

export const kOverlapNames: Record<OverlapKind, string> = {
  interruption: "Interruption",
  attempt: "Attempt: came in, then gave way",
  simultaneous_start: "Both began at once",
  terminal_overlap: "Came in as the turn ended",
  backchannel: "Backchannel (\u201cmm-hm\u201d)",
};

export function paintOverlap(plot: Plot, overlap: Pick<Overlap, "kind" | "start_s" | "end_s">, top: number, height: number): void {
  const { g } = plot;
  const x = xOf(plot, overlap.start_s), width = Math.max(2, xOf(plot, overlap.end_s) - x);
  g.fillStyle = g.strokeStyle = plot.ink(overlap.kind === "interruption" ? "grave" : "soft");
  paintOverlapShape(g, overlap.kind, { x, y: top, width, height }, plot.scale.length_s > kCrowdedS ? 1.5 : 3);
}

const kPinPx = 16;

// A note is a sheet with lines on a stalk.
export function paintNotes(plot: Plot, notes: readonly Note[], layout: Layout): void {
  const { g } = plot;
  if (layout.notes.height === 0) return;
  g.font = kFont;
  g.textAlign = "left";
  g.textBaseline = "middle";
  g.fillStyle = plot.ink("soft");
  g.fillText("notes", -kLabelPx, layout.notes.top + layout.notes.height / 2);
  clipped(plot, layout.height, () => {
    for (const { at_s } of notes) {
      if (at_s === null || !plot.scale.holds(at_s)) continue;
      paintPin(plot, xOf(plot, at_s), layout.notes.top + 6, layout.axis.height);
    }
  });
}

function paintPin({ g, ink }: Plot, at: number, top: number, from: number): void {
  const x = Math.round(at);
  g.fillStyle = g.strokeStyle = ink("note");
  g.lineWidth = 1;
  g.setLineDash([2, 3]);
  g.beginPath();
  g.moveTo(x + 0.5, from);
  g.lineTo(x + 0.5, top);
  g.stroke();
  g.setLineDash([]);
  g.fillRect(x - kPinPx / 2, top, kPinPx, kPinPx);
  g.fillStyle = ink("on-mark");
  for (let line = 0; line < 3; ++line) g.fillRect(x - kPinPx / 2 + 3, top + 4 + 4 * line, line < 2 ? 10 : 6, 1.5);
}

export const isOnPin = (x: number, at: number): boolean => Math.abs(x - at) <= kPinPx / 2;

export const kOverviewPx = 38;

// The whole call: who spoke when, its cues, and a window over what is on view.
export function paintOverview(whole: Plot, view: { start_s: number; end_s: number }, chosenId: number | null): void {
  const { g, model } = whole;
  const top: Record<Party, number> = { agent: 11, customer: 21 };
  for (const party of model.parties) {
    g.fillStyle = whole.ink(party);
    for (const { start_s, end_s } of model.segments[party]) {
      const x = xOf(whole, start_s);
      g.fillRect(x, top[party], Math.max(0.7, xOf(whole, end_s) - x), 7);
    }
  }
  for (const cue of model.cues) {
    g.fillStyle = whole.ink(inkOf(cue.kind));
    const width = cue.id === chosenId ? 4 : 2;
    g.fillRect(xOf(whole, cue.start_s) - width / 2, cue.party === "agent" ? 3 : 29, width, 6);
  }
  const x = xOf(whole, view.start_s), width = Math.max(8, xOf(whole, view.end_s) - x);
  g.fillStyle = whole.ink("ink");
  g.globalAlpha = 0.07;
  g.fillRect(x, 1, width, kOverviewPx - 2);
  g.globalAlpha = 1;
  g.strokeStyle = whole.ink("ink");
  g.lineWidth = 2;
  g.beginPath();
  g.roundRect(Math.max(1, x), 1, Math.min(width, whole.width - Math.max(1, x) - 1), kOverviewPx - 2, 4);
  g.stroke();
}
