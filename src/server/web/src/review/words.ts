import type { Party } from "../shared/kinds";

// The reader is a supervisor, or the agent who looks back.
export const kPartyName: Record<Party, string> = { agent: "Agent", customer: "Customer" };

const kTime = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const kDay = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" });
const kDayOfYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const kFull = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

const isSameDay = (one: Date, other: Date): boolean => one.toDateString() === other.toDateString();

// Of the browser's zone: "14:32" today, "Fri 20 Nov 14:32" this year, "20 Nov 2025 14:32" before.
export function whenOf(at: string, now = new Date()): string {
  const date = new Date(at);
  const time = kTime.format(date);
  if (isSameDay(date, now)) return time;
  const day = date.getFullYear() === now.getFullYear() ? kDay : kDayOfYear;
  return `${day.format(date)}, ${time}`;
}

// "0.83": in whole percents, rounded down, as the filter by confidence compares.
export const confidenceOf = (confidence: number): string => (Math.floor(100 * confidence + 0.001) / 100).toFixed(2);

export const fullTimeOf = (at: string): string => kFull.format(new Date(at));
export const dayOf = (at: string): string => kDayOfYear.format(new Date(at));
