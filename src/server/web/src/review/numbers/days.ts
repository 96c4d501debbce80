import type { Span, StepLength } from "./contract";

// Days as the server writes them, "2026-11-22", without a zone: they are not moved.
const kDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
const kDayOfYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const kMonth = new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric", timeZone: "UTC" });

const kDayPattern = /^(?:19|20)\d{2}-\d{2}-\d{2}$/;
const at = (day: string): Date => new Date(`${day}T00:00:00Z`);

export const isDay = (text: string): boolean => kDayPattern.test(text) && !Number.isNaN(at(text).getTime());
export const dayWord = (day: string): string => kDay.format(at(day));
export const dayOfYearWord = (day: string): string => kDayOfYear.format(at(day));

export function moved(day: string, days: number): string {
  const date = at(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

// The first day of the week (Monday) or month that `day` lies in.
export function beginOf(day: string, step: StepLength): string {
  if (step === "month") return `${day.slice(0, 8)}01`;
  return step === "week" ? moved(day, -((at(day).getUTCDay() + 6) % 7)) : day;
}

// "7 – 13 Sept", "22 Nov", "Nov 2026"
export function spanWord({ from, to }: Span, step: StepLength): string {
  const last = moved(to, -1);
  if (from === last) return dayWord(from);
  if (step === "month" && from.endsWith("-01") && to.endsWith("-01")) return kMonth.format(at(from));
  return `${dayWord(from)} – ${dayWord(last)}`;
}

export const wholeSpanWord = ({ from, to }: Span): string => `${dayOfYearWord(from)} to ${dayOfYearWord(moved(to, -1))}`;
