import { nothing, svg, html, type TemplateResult } from "lit";

const kWidth = 220, kHeight = 22, kEdge = 6;

export interface Bar {
  middle: number | null;
  low: number | null;
  high: number | null;
  least: number;  // Of the scale.
  most: number;
  mark?: number;  // A value with a line through it: 0, where nothing has changed.
  sure: boolean;  // Filled; otherwise an outline: the words beside it tell the same.
}

// An interval as a bar with its estimate. A picture of the numbers beside it, so not read out.
export function intervalBar({ middle, low, high, least, most, mark, sure }: Bar): TemplateResult | typeof nothing {
  if (low === null || high === null) return nothing;
  const x = (value: number) => kEdge + ((kWidth - 2 * kEdge) * (Math.min(Math.max(value, least), most) - least)) / (most - least || 1);
  const y = kHeight / 2;
  return html`<svg class="interval ${sure ? "sure" : ""}" viewBox="0 0 ${kWidth} ${kHeight}" aria-hidden="true">
    <path class="grid" d="M${kEdge} ${y}H${kWidth - kEdge}"></path>
    ${mark === undefined ? nothing : svg`<path class="zero" d="M${x(mark)} 1V${kHeight - 1}"></path>`}
    <rect class="bar" x=${x(low)} y=${y - 4.5} width=${Math.max(x(high) - x(low), 2)} height="9" rx="2"></rect>
    ${middle === null ? nothing : svg`<path class="middle" d="M${x(middle)} ${y - 8}V${y + 8}"></path>`}</svg>`;
}

// As far to the left of 0 as to the right.
export function roundZero(values: readonly (number | null)[]): { least: number; most: number; mark: number } {
  const most = Math.max(...values.map((value) => Math.abs(value ?? 0))) || 1;
  return { least: -most, most, mark: 0 };
}
