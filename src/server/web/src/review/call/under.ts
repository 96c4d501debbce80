import type { Note, Overlap } from "../contract";

// What lies under the pointer.
export interface Under { time_s: number; cueIds: number[]; overlap: Overlap | null; note: Note | null }
