import type { Note, Overlap } from "../contract";

// What lies under the pointer. `at`: where that is in the window.
export interface Under { time_s: number; cueIds: number[]; overlap: Overlap | null; note: Note | null; at: { x: number; y: number } }
