import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { mark } from "../../shared/icons";
import { clock, unbroken } from "../../shared/words";
import type { Cue, Verdict } from "../contract";
import { confidenceOf, kPartyName } from "../words";
import type { CallModel } from "./call-model";

export const kVerdictWord: Record<Verdict, string> = { right: "right", wrong: "wrong", unsure: "unsure" };
export const kVerdictSign: Record<Verdict, string> = { right: "\u2713", wrong: "\u2717", unsure: "?" };

export const ownVerdict = (cue: Cue): Verdict | null => cue.verdicts.find((given) => given.mine)?.verdict ?? null;

const kMany = 40;  // From here on what is not seen is not laid out.

export interface CueListActs {
  press(cue: Cue): void;
  hasAudio: boolean;
}

// All moments in words. One of them can be tabbed to; the arrows go on from there.
export function cueList({ cues, isRunning }: CallModel, chosenId: number | null, { press, hasAudio }: CueListActs): TemplateResult {
  const reachable = chosenId ?? cues[0]?.id;
  return html`<section class="panel moments" aria-labelledby="moments-title">
    <h2 id="moments-title">Moments <span class="fine">${cues.length}</span></h2>
    ${cues.length === 0 ? html`<p class="none">Nothing was flagged ${isRunning ? "so far" : "in this call"}.</p>` : html`
      <p class="fine hint">${hasAudio ? "Enter plays one from 2\u00a0s before it." : "Enter shows one on the time line."}
        <kbd>n</kbd> and <kbd>p</kbd> go to the next and the one before.</p>
      <ol class=${cues.length > kMany ? "many" : nothing}>${repeat(cues, ({ id }) => id, (cue) => html`<li>
        <button type="button" class="moment" data-cue=${cue.id} tabindex=${cue.id === reachable ? "0" : "-1"}
          aria-current=${cue.id === chosenId ? "true" : nothing} @click=${() => press(cue)}>
          ${mark(cue.kind)}
          <time>${clock(cue.start_s)}</time>
          <span class="what">${cue.title}<span class="party">, ${kPartyName[cue.party].toLowerCase()}</span></span>
          ${verdictTag(cue)}
          <span class="why">${unbroken(cue.reason)}.</span>
          <span class="fine sure">confidence ${confidenceOf(cue.confidence)}</span>
        </button></li>`)}</ol>`}
  </section>`;
}

function verdictTag(cue: Cue): TemplateResult | typeof nothing {
  const own = ownVerdict(cue);
  return own ? html`<span class="tag own"><span aria-hidden="true">${kVerdictSign[own]} </span><span class="unseen">your verdict: </span>${kVerdictWord[own]}</span>` : nothing;
}

// Moves the focus by one. @return the moment that has it now, if the focus was in the list.
export function moveInList(root: ParentNode, step: 1 | -1): number | null {
  const buttons = [...root.querySelectorAll<HTMLElement>(".moment")];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? undefined : buttons[at + step];
  return next ? Number(next.dataset.cue) : null;
}

// Without moving the page. Items get their true height only when they are seen, so it looks again.
export function bringIntoList(item: HTMLElement | null, looks = 3): void {
  const list = item?.closest("ol");
  if (!item || !list) return;
  const own = item.getBoundingClientRect(), room = list.getBoundingClientRect();
  if (own.top < room.top) list.scrollTop += own.top - room.top;
  else if (own.bottom > room.bottom) list.scrollTop += own.bottom - room.bottom;
  if (looks > 1) requestAnimationFrame(() => bringIntoList(item, looks - 1));
}
