// The marks of cues above a lane: in rows as far as there is room; beyond that one stands for several.
import type { Party } from "../../shared/kinds";
import type { CallModel } from "./call-model";
import { kMarkRowPx } from "./layout";
import type { TimeScale } from "./time-scale";

export interface Mark { x: number; row: number; cueIds: number[] }

const kMostRows = 2;

export function placeMarks(model: CallModel, scale: TimeScale, width: number, party: Party): { marks: Mark[]; rows: number } {
  const marks: Mark[] = [];
  const rowEnds: number[] = [];
  const half = kMarkRowPx / 2;
  for (const cue of model.cues) {
    if (cue.party !== party || !scale.holds(cue.start_s)) continue;
    const x = Math.max(half, Math.min(width - half, scale.xOf(cue.start_s, width)));
    let row = rowEnds.findIndex((end) => end <= x - half);
    if (row < 0 && rowEnds.length < kMostRows) row = rowEnds.length;
    if (row < 0) {
      marks[marks.length - 1]!.cueIds.push(cue.id);
      continue;
    }
    rowEnds[row] = x + half;
    marks.push({ x, row, cueIds: [cue.id] });
  }
  return { marks, rows: Math.max(1, rowEnds.length) };
}
