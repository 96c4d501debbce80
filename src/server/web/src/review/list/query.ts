import type { CueKind } from "../../shared/kinds";
import { kCueName } from "../../shared/words";

// The filters of the list, as the address tells them: short words for people and links. What the
// server is asked for, with dates of the browser's zone, comes from askedOf().

export type When = "today" | "yesterday" | "7d" | "30d" | "all" | "range";
export type Order = "need" | "newest" | "oldest";
export type YesNo = "" | "yes" | "no";

export interface Filters {
  when: When;
  from: string;  // Of a range, "2026-11-22"; both days are in it.
  to: string;
  team: string[];
  queue: string[];
  agent: string[];
  kind: CueKind[];
  least: number;  // Percent of confidence; 0: any.
  reviewed: YesNo;
  recovered: YesNo;
  flagged: boolean;
  text: string;
  order: Order;
}

export const kUsual: Filters = {
  when: "today", from: "", to: "", team: [], queue: [], agent: [], kind: [], least: 0, reviewed: "", recovered: "",
  flagged: true, text: "", order: "need",
};

export const kWhenWord: Record<When, string> = {
  today: "Today", yesterday: "Yesterday", "7d": "Last 7 days", "30d": "Last 30 days", all: "All days", range: "Days from – to",
};
export const kOrderWord: Record<Order, string> = {
  need: "What needs a person first", newest: "Newest first", oldest: "Oldest first",
};
export const kLeastChoices: readonly number[] = [0, 50, 60, 70, 80, 90];

const kDayPattern = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (text: string): boolean => kDayPattern.test(text) && !Number.isNaN(Date.parse(text));

// What makes no sense in an address counts as not said.
export function filtersOf(search: string): Filters {
  const given = new URLSearchParams(search);
  const one = <Word extends string>(name: string, words: readonly Word[], usual: Word): Word =>
    words.find((word) => word === given.get(name)) ?? usual;
  const all = (name: string) => [...new Set(given.getAll(name).filter((value) => value !== "" && value.length <= 200))];
  const day = (name: string) => (isDay(given.get(name) ?? "") ? given.get(name)! : "");
  const when = one("when", Object.keys(kWhenWord) as When[], "today");
  const ranged = when === "range" && (day("from") !== "" || day("to") !== "");
  return {
    when: when === "range" && !ranged ? "today" : when,
    from: ranged ? day("from") : "",
    to: ranged ? day("to") : "",
    team: all("team"),
    queue: all("queue"),
    agent: all("agent"),
    kind: all("kind").filter((kind): kind is CueKind => Object.hasOwn(kCueName, kind)),
    least: kLeastChoices.find((least) => String(least) === given.get("least")) ?? 0,
    reviewed: one("reviewed", ["yes", "no"], ""),
    recovered: one("recovered", ["yes", "no"], ""),
    flagged: given.get("flagged") !== "any",
    text: (given.get("text") ?? "").slice(0, 200),
    order: one("order", Object.keys(kOrderWord) as Order[], "need"),
  };
}

// "" for the usual filters, else "?when=7d&team=North".
export function searchOf(filters: Filters): string {
  const told = new URLSearchParams();
  const tell = (name: string, value: string, usual: string) => { if (value !== usual) told.set(name, value); };
  tell("when", filters.when, "today");
  if (filters.when === "range") {
    tell("from", filters.from, "");
    tell("to", filters.to, "");
  }
  for (const name of ["team", "queue", "agent", "kind"] as const) for (const value of filters[name]) told.append(name, value);
  tell("least", String(filters.least), "0");
  tell("reviewed", filters.reviewed, "");
  tell("recovered", filters.recovered, "");
  tell("flagged", filters.flagged ? "" : "any", "");
  tell("text", filters.text.trim(), "");
  tell("order", filters.order, "need");
  const text = told.toString();
  return text ? `?${text}` : "";
}

export const isUsual = (filters: Filters): boolean => searchOf(filters) === "";

// For GET /api/calls and GET /api/calls/{call}/next.
export function askedOf(filters: Filters, now = new Date()): URLSearchParams {
  const asked = new URLSearchParams();
  const [from, to] = spanOf(filters, now);
  if (from) asked.set("from", from.toISOString());
  if (to) asked.set("to", to.toISOString());
  for (const name of ["team", "queue", "agent", "kind"] as const) for (const value of filters[name]) asked.append(name, value);
  if (filters.least > 0) asked.set("least_confidence", String(filters.least / 100));
  if (filters.reviewed) asked.set("reviewed", filters.reviewed);
  if (filters.recovered) asked.set("recovered", filters.recovered);
  if (filters.flagged) asked.set("flagged", "yes");
  if (filters.text.trim()) asked.set("text", filters.text.trim());
  asked.set("order", filters.order);
  return asked;
}

// From the beginning of the first day to that of the day after the last, by the browser's clock.
function spanOf({ when, from, to }: Filters, now: Date): [Date | null, Date | null] {
  const midnight = (daysAhead: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysAhead);
  switch (when) {
    case "today": return [midnight(0), midnight(1)];
    case "yesterday": return [midnight(-1), midnight(0)];
    case "7d": return [midnight(-6), midnight(1)];
    case "30d": return [midnight(-29), midnight(1)];
    case "all": return [null, null];
    case "range": return [from ? dayAt(from, 0) : null, to ? dayAt(to, 1) : null];
  }
}

function dayAt(day: string, daysAhead: number): Date {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(year!, month! - 1, date! + daysAhead);
}

export const dayText = (date: Date): string =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
