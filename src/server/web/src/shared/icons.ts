import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { CueKind } from "./kinds";

// The outlines and letters are those of the call report, so that both are read alike.
export const kShape: Record<CueKind, string> = {
  interruption: "M12 0 24 12 12 24 0 12Z",
  raised_voice: "M12 0 24 22.5H0Z",
  fast_speech: "M1 3H16L24 12 16 21H1Z",
  slow_speech: "M23 3H8L0 12 8 21H23Z",
  long_silence: "M2 2H22V22H2Z",
  monologue: "M6 4H18A6 8 0 0 1 18 20H6A6 8 0 0 1 6 4Z",
  distress: "M7 0H17L24 7V17L17 24H7L0 17V7Z",
  recovered: "M.5 12A11.5 11.5 0 1 1 23.5 12 11.5 11.5 0 1 1 .5 12Z",
};

export const kLetter: Record<CueKind, string> = {
  interruption: "I",
  raised_voice: "V",
  fast_speech: "F",
  slow_speech: "S",
  long_silence: "L",
  monologue: "M",
  distress: "D",
  recovered: "R",
};

// Where the middle of the shape is; a triangle's is not the middle of its box.
export const kMiddle: Partial<Record<CueKind, [number, number]>> = {
  raised_voice: [12, 15.5],
  fast_speech: [11, 12],
  slow_speech: [13, 12],
};

export type Ink = "grave" | "note" | "good";
export const inkOf = (kind: CueKind): Ink =>
  kind === "interruption" || kind === "distress" ? "grave" : kind === "recovered" ? "good" : "note";

// Drawn as lines round the middle of the shape, 12 by 12.
const kPicture: Record<CueKind, SVGTemplateResult> = {
  interruption: svg`<path d="M-6-2.5H1.5M-1.5 2.5H6M-1.5 0V5M1.5-5V0"/>`,  // Two turns that overlap.
  raised_voice: svg`<path d="M-4.5 4V2M-1.5 4V0M1.5 4V-2.5M4.5 4V-1"/>`,   // A voice that rises.
  fast_speech: svg`<path d="M-5.5-4-1.5 0-5.5 4M.5-4 4.5 0 .5 4"/>`,
  slow_speech: svg`<path d="M5.5-4 1.5 0 5.5 4M-.5-4-4.5 0-.5 4"/>`,
  long_silence: svg`<path d="M-5 0H-4.9M0 0H.1M5 0H5.1"/>`,                // Three dots.
  monologue: svg`<path d="M-5.5-3.5H5.5M-5.5 0H5.5M-5.5 3.5H3"/>`,         // Line after line.
  distress: svg`<path d="M0-6V1.2M0 5.4V5.5"/>`,
  recovered: svg`<path d="M-5.2.4-1.5 4 5.4-3.6"/>`,
};

export function picture(kind: CueKind): TemplateResult {
  const [x, y] = kMiddle[kind] ?? [12, 12];
  return html`<svg class="picture ${inkOf(kind)}" viewBox="0 0 24 24" aria-hidden="true">
    <path class="shape" d=${kShape[kind]}></path>
    <g transform="translate(${x} ${y})">${kPicture[kind]}</g>
  </svg>`;
}

export const isHollow = (kind: CueKind): boolean => kind === "long_silence";

export function mark(kind: CueKind): TemplateResult {
  const [x, y] = kMiddle[kind] ?? [12, 12];
  return html`<svg class="mark ${inkOf(kind)} ${isHollow(kind) ? "hollow" : ""}" viewBox="0 0 24 24" aria-hidden="true">
    <path class="shape" d=${kShape[kind]}></path>
    <text x=${x} y=${y + 4.3}>${kLetter[kind]}</text>
  </svg>`;
}
