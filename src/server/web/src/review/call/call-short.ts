import { html, nothing, type TemplateResult } from "lit";
import type { Party } from "../../shared/kinds";
import { percent } from "../../shared/words";
import type { PartyFigures } from "../contract";
import { kPartyName } from "../words";
import type { CallModel } from "./call-model";

const kNotKnown = "not known";
const orNot = (value: number | null | undefined, write: (value: number) => string): string =>
  value === null || value === undefined ? kNotKnown : write(value);

const kRows: { name: string; of(figures: PartyFigures): string }[] = [
  { name: "Spoke", of: (f) => `${Math.round(f.talk_s)}\u00a0s, ${percent(f.talk_share)}` },
  { name: "Cut in", of: (f) => `${f.interruptions}\u00a0times` },
  { name: "Then gave the floor back", of: (f) => (f.interruptions === 0 ? "\u2013" : `${f.given_back} of ${f.interruptions}`) },
  { name: "Longest turn", of: (f) => `${f.longest_turn_s.toFixed(0)}\u00a0s` },
  { name: "Wait before answering, median", of: (f) => orNot(f.response_gap_median_ms, (ms) => `${(ms / 1000).toFixed(1)}\u00a0s`) },
  { name: "Pace while speaking", of: (f) => orNot(f.articulation_rate_syl_per_s, (rate) => `${rate.toFixed(1)} syllables/s`) },
];

// Shown while no moment is chosen: how both shared the call. No score.
export function callShort(model: CallModel): TemplateResult {
  const { report } = model.answer;
  const figures = (party: Party) => report.parties[party] ?? null;
  const distress = figures("customer")?.distress;
  return html`<section class="panel short" aria-labelledby="short-title">
    <h2 id="short-title">The call side by side</h2>
    <table>
      <thead><tr><td></td>${model.parties.map((party) => html`<th scope="col" data-party=${party}>${kPartyName[party]}</th>`)}</tr></thead>
      <tbody>${kRows.map(({ name, of }) => html`<tr><th scope="row">${name}</th>
        ${model.parties.map((party) => html`<td>${figures(party) ? of(figures(party)!) : "not shown"}</td>`)}</tr>`)}</tbody>
    </table>
    ${distress ? html`<p class="fine">Distress was judged in ${Math.round(distress.judged_s)}\u00a0s of the customer\u2019s voice;
      in ${Math.round(distress.unknown_s)}\u00a0s it was not clear enough to judge.</p>` : nothing}
    ${model.cues.length > 0 ? html`<p class="fine">Choose a moment (<kbd>n</kbd>) to see why it was flagged.</p>` : nothing}
  </section>`;
}
