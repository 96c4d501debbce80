import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { OverlapKind } from "../../shared/kinds";

// As the time line draws them.
const kSign: Record<OverlapKind, SVGTemplateResult> = {
  interruption: svg`<rect class="full grave" x="2" y="2" width="22" height="10"></rect>`,
  attempt: svg`<rect class="line" x="2.5" y="2.5" width="21" height="9"></rect><path class="line" d="M4 11 12 3M10 11 18 3M16 11 23 4"></path>`,
  simultaneous_start: svg`<rect class="line" x="2.5" y="2.5" width="21" height="9"></rect>`,
  terminal_overlap: svg`<rect class="full" x="2" y="8" width="22" height="4"></rect>`,
  backchannel: svg`<circle class="full" cx="13" cy="7" r="3"></circle>`,
};

export const overlapKey = (kind: OverlapKind): TemplateResult =>
  html`<svg class="overlap-key" viewBox="0 0 26 14" aria-hidden="true">${kSign[kind]}</svg>`;
