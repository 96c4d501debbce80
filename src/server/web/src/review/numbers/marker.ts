import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";

// Lines differ in colour, in dashes and in their points: never in colour alone.
export const kLineKinds = 4;

const kShapes: readonly string[] = [
  "M-4 0A4 4 0 1 1 4 0 4 4 0 1 1-4 0Z", "M-3.5-3.5H3.5V3.5H-3.5Z", "M0-4.6 4.6 3.6H-4.6Z", "M0-5 5 0 0 5-5 0Z",
];

export const point = (kind: number, x: number, y: number, size: number): SVGTemplateResult =>
  svg`<path class="point" d=${kShapes[kind]!} transform="translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${size})"></path>`;

export const lineSample = (kind: number): TemplateResult => html`<svg class="sample line-${kind}" viewBox="0 0 30 12" aria-hidden="true">
  <path class="trend" d="M0 6H30"></path>${point(kind, 15, 6, 1)}</svg>`;
