// Where the rows of the drawing lie.
import type { Party } from "../../shared/kinds";

export interface Row { top: number; height: number }
export interface Lane { marks: Row; voice: Row; pitch: Row; level: Row; distress: Row | null; top: number; bottom: number }
export interface Layout {
  axis: Row;
  lanes: Partial<Record<Party, Lane>>;
  between: Row | null;  // Where both spoke at once.
  notes: Row;
  height: number;
}

export const kMarkPx = 22;
export const kMarkRowPx = 26;
const kAxisPx = 22, kVoicePx = 48, kPitchPx = 46, kLevelPx = 40, kDistressPx = 30, kBetweenPx = 28, kNotesPx = 26;
const kGapPx = 6;

// @param markRows  Of each party's marks, at least one.
export function layOut(parties: readonly Party[], markRows: Record<Party, number>, notes: boolean): Layout {
  let y = 0;
  const row = (height: number, gap = kGapPx): Row => {
    const made = { top: y, height };
    y += height + gap;
    return made;
  };
  const layout: Layout = { axis: row(kAxisPx, 0), lanes: {}, between: null, notes: { top: 0, height: 0 }, height: 0 };
  for (const party of parties) {
    if (party === "customer" && parties.length === 2) layout.between = row(kBetweenPx);
    const marks = row(kMarkRowPx * markRows[party], 2);
    const top = y;
    const lane: Lane = {
      marks, top, voice: row(kVoicePx), pitch: row(kPitchPx), level: row(kLevelPx),
      distress: party === "customer" ? row(kDistressPx) : null, bottom: 0,
    };
    lane.bottom = y - kGapPx;
    layout.lanes[party] = lane;
    y += 4;
  }
  layout.notes = notes ? row(kNotesPx, 0) : { top: y, height: 0 };
  layout.height = y;
  return layout;
}
