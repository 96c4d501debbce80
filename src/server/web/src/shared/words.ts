import type { CueKind } from "./kinds";

export const kCueName: Record<CueKind, string> = {
  interruption: "Interruption",
  raised_voice: "Raised voice",
  fast_speech: "Fast speech",
  slow_speech: "Slow speech",
  long_silence: "Long silence",
  monologue: "Monologue",
  distress: "Signs of distress",
  recovered: "Recovered",
};

// Goes with every statement about distress; the report says it in the same words.
export const kDistressNote =
  "Distress is an estimate from the voice, not a determination of what a person feels.";

// "1:23", from an hour on "1:02:03"; rounded down, as the report does.
export function clock(time_s: number): string {
  const whole = Math.max(0, Math.floor(time_s));
  const two = (n: number) => String(n).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

// "+1.2", with a true minus, and no "−0.0".
export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return (value < 0 ? "\u2212" : "+") + text;
}

export const percent = (part: number): string => `${Math.round(100 * part)}\u00a0%`;

// Keeps a number with its unit where a line breaks: "18 %", "4.1 st".
export const unbroken = (text: string): string =>
  text.replace(/(\d) (?=(?:%|s|st|dB|ms|Hz|min)(?![a-z]))/g, "$1\u00a0");

export const times = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;
