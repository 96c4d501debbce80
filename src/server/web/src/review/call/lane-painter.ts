// One party's lane: voice, pitch, level and, of the customer, the estimate of distress.
import type { Party } from "../../shared/kinds";
import { hatch } from "../../shared/overlap-shape";
import type { Voice } from "./call-model";
import type { Columns } from "./columns";
import type { Lane, Row } from "./layout";
import { clipped, kLabelPx, type Plot, xOf } from "./plot";

export const kPitchSpanSt = 12;  // An octave each way.
export const kLevelSpanDb = 18;
const kVoiceColumnPx = 3, kLineColumnPx = 2;
const kBigLabel = '650 14px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif';
const kSmallLabel = '11px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif';

export function paintLane(plot: Plot, party: Party, lane: Lane): void {
  const voice = plot.model.voices[party];
  paintLabels(plot, party, lane, voice);
  clipped(plot, lane.bottom + 1, () => {
    paintGrid(plot, lane);
    paintSpeech(plot, party, lane.voice);
    for (const row of [lane.pitch, lane.level, lane.distress]) if (row) paintBox(plot, row);
    if (!voice) return;
    paintVoice(plot, party, voice, lane.voice);
    paintAgainstUsual(plot, party, voice, voice.f0Columns, lane.pitch, kPitchSpanSt);
    paintAgainstUsual(plot, party, voice, voice.levelColumns, lane.level, kLevelSpanDb);
    if (lane.distress) paintDistress(plot, party, voice, lane.distress);
  });
}

// Of the points on view, so many columns of at least `least_px`.
function eachColumn(
  plot: Plot, columns: Columns, least_px: number, use: (x: number, width: number, low: number, high: number) => void,
): void {
  const { scale, model, width } = plot;
  const point_px = (model.step_s / scale.length_s) * width;
  const points = Math.max(1, least_px / point_px);
  columns.each(points, scale.start_s / model.step_s, scale.end_s / model.step_s, (point, behind, column) => {
    use(xOf(plot, point * model.step_s), behind * point_px, column.low, column.high);
  });
}

function paintGrid(plot: Plot, lane: Lane): void {
  const { g, scale } = plot;
  g.fillStyle = plot.ink("line");
  const tick_s = scale.tick_s(plot.width, 64);
  for (let t = Math.ceil(scale.start_s / tick_s) * tick_s; t <= scale.end_s; t += tick_s) {
    g.fillRect(Math.round(xOf(plot, t)), lane.top, 1, lane.bottom - lane.top);
  }
}

function paintBox(plot: Plot, { top, height }: Row): void {
  plot.g.fillStyle = plot.ink("ink");
  plot.g.globalAlpha = 0.035;
  plot.g.fillRect(0, top, plot.width, height);
  plot.g.globalAlpha = 1;
}

// The turns: a tint behind the voice and a line below it.
function paintSpeech(plot: Plot, party: Party, { top, height }: Row): void {
  const { g, scale } = plot;
  g.fillStyle = plot.ink(party);
  for (const { start_s, end_s } of plot.model.segments[party]) {
    if (end_s < scale.start_s) continue;
    if (start_s > scale.end_s) break;
    const x = xOf(plot, start_s), width = Math.max(1, xOf(plot, end_s) - x);
    g.globalAlpha = 0.12;
    g.fillRect(x, top, width, height);
    g.globalAlpha = 1;
    g.fillRect(x, top + height - 2, width, 2);
  }
}

function paintVoice(plot: Plot, party: Party, voice: Voice, { top, height }: Row): void {
  const { g } = plot;
  const middle = top + height / 2;
  g.fillStyle = plot.ink(party);
  eachColumn(plot, voice.peakColumns, kVoiceColumnPx, (x, width, _, peak) => {
    const half = Math.max(0.5, Math.min(1, peak / voice.loudest) * (height / 2 - 3));
    g.fillRect(x, middle - half, Math.max(1, 0.67 * width), 2 * half);
  });
}

// Pitch as the middle half of each column's points, level as the louder half.
function paintAgainstUsual(plot: Plot, party: Party, voice: Voice, columns: Columns, row: Row, span: number): void {
  const { g } = plot;
  const isLevel = columns === voice.levelColumns;
  const yOf = (value: number) => row.top + (row.height / 2) * (1 - Math.max(-1, Math.min(1, value / span)));
  g.fillStyle = plot.ink(party);
  eachColumn(plot, columns, kLineColumnPx, (x, width, low, high) => {
    if (Number.isNaN(low) || (isLevel && high < -span)) return;  // Fainter than the row shows.
    const y = yOf(high);
    g.fillRect(x, y - 1, Math.max(1.5, width), yOf(low) - y + 2);
  });
  paintUsual(plot, voice, row);
}

// Whole from where it was known, dotted before.
function paintUsual(plot: Plot, { reference }: Voice, row: Row): void {
  const { g } = plot;
  const y = Math.round(row.top + row.height / 2) + 0.5;
  const known = Math.max(0, Math.min(plot.width, xOf(plot, reference.from_s)));
  const line = (from: number, to: number, dash: number[]) => {
    g.setLineDash(dash);
    g.beginPath();
    g.moveTo(from, y);
    g.lineTo(to, y);
    g.stroke();
  };
  g.strokeStyle = plot.ink("ink");
  g.lineWidth = 1;
  g.globalAlpha = 0.55;
  if (reference.isUsual) line(known, plot.width, [6, 3]);
  line(0, reference.isUsual ? known : plot.width, [1.5, 4]);
  g.setLineDash([]);
  g.globalAlpha = 1;
}

// An area where there is an estimate; speech without one ("don't know") is hatched.
function paintDistress(plot: Plot, party: Party, voice: Voice, row: Row): void {
  const { g, scale, model } = plot;
  const bottom = row.top + row.height;
  g.strokeStyle = plot.ink("control");
  g.lineWidth = 1;
  const isKnown = (i: number) => !Number.isNaN(voice.distress[i] ?? NaN);
  for (const { start_s, end_s } of model.segments[party]) {
    if (end_s < scale.start_s) continue;
    if (start_s > scale.end_s) break;
    const end = Math.min(Math.ceil(Math.min(end_s, scale.end_s) / model.step_s), voice.points);
    for (let from = Math.floor(Math.max(start_s, scale.start_s) / model.step_s), to = from; from < end; from = to) {
      while (to < end && isKnown(to) === isKnown(from)) ++to;
      const x = xOf(plot, from * model.step_s);
      if (!isKnown(from)) hatch(g, x, row.top, Math.max(1, xOf(plot, to * model.step_s) - x), row.height);
    }
  }
  g.fillStyle = plot.ink("grave");
  eachColumn(plot, voice.distressColumns, kLineColumnPx, (x, width, _, score) => {
    if (Number.isNaN(score)) return;
    const height = Math.max(0, Math.min(1, score)) * row.height;
    g.globalAlpha = 0.5;
    g.fillRect(x, bottom - height, width, height);
    g.globalAlpha = 1;
    g.fillRect(x, bottom - height - 1, width, 1.5);
  });
}

function paintLabels(plot: Plot, party: Party, lane: Lane, voice: Voice | undefined): void {
  const { g } = plot;
  g.textAlign = "left";
  g.textBaseline = "middle";
  g.font = kBigLabel;
  g.fillStyle = plot.ink(party);
  g.fillText(party === "agent" ? "Agent" : "Customer", -kLabelPx, lane.marks.top + lane.marks.height / 2 + 1);
  const isWithheld = !voice && Object.keys(plot.model.voices).length > 0;
  label(plot, lane.voice, "voice", isWithheld ? "not shown" : "", []);
  if (!voice) return;
  const { reference } = voice;
  const what = reference.isUsual ? "usual" : "mean";
  const known = (value: number | null, unit: string) =>
    value === null ? "not known" : `${what} ${String(Math.round(value)).replace("-", "\u2212")} ${unit}`;
  label(plot, lane.pitch, "pitch", known(reference.f0_hz, "Hz"), ["+12 st", "", "\u221212 st"]);
  label(plot, lane.level, "level", known(reference.level_dbfs, "dBFS"), ["+18 dB", "", "\u221218 dB"]);
  if (lane.distress) label(plot, lane.distress, "distress", "estimate", ["1", "", "0"]);
}

// The name and what the middle line stands for, and the scale at the right of the label.
function label(plot: Plot, { top, height }: Row, name: string, value: string, scale: string[]): void {
  const { g } = plot;
  const middle = top + height / 2;
  g.font = kSmallLabel;
  g.textAlign = "left";
  g.fillStyle = plot.ink("ink");
  g.fillText(name, -kLabelPx, value ? middle - 10 : middle);
  g.fillStyle = plot.ink("soft");
  if (value) g.fillText(value, -kLabelPx, middle + 2);
  g.textAlign = "right";
  if (scale[0]) g.fillText(scale[0], -6, top + 6);
  if (scale[2]) g.fillText(scale[2], -6, top + height - 5);
}
