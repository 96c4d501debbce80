import { askedOf, filtersOf } from "../list/query";

// What the address of a call says beside the call: the list's filters, and a moment to open at.

export interface Moment { time_s: number | null; cueId: number | null }

// "?t=83.2" or "#cue-17".
export function momentIn(search: string, hash: string): Moment {
  const told = new URLSearchParams(search).get("t");
  const time_s = told === null || told === "" ? NaN : Number(told);
  const cueId = /^#cue-(\d{1,15})$/.exec(hash)?.[1];
  return {
    time_s: Number.isFinite(time_s) && time_s >= 0 ? time_s : null,
    cueId: cueId === undefined ? null : Number(cueId),
  };
}

// The list's filters alone: "" or "?team=North".
export function filtersIn(search: string): string {
  const asked = new URLSearchParams(search);
  asked.delete("t");
  const rest = asked.toString();
  return rest ? `?${rest}` : "";
}

export const nextAddress = (callId: number, search: string): string =>
  `/api/calls/${callId}/next?${askedOf(filtersOf(search))}`;
export const pageAddress = (callId: number, search: string): string => `/calls/${callId}${filtersIn(search)}`;

// For somebody else: without the filters that one came by.
export function shareAddress(callId: number, { time_s, cueId }: Moment): string {
  const of = cueId !== null ? `#cue-${cueId}` : time_s !== null ? `?t=${Math.round(10 * time_s) / 10}` : "";
  return `${window.location.origin}/calls/${callId}${of}`;
}
