import { html, nothing, type TemplateResult } from "lit";
import { mark } from "../../shared/icons";
import { type CueKind, kParties, type Party } from "../../shared/kinds";
import { clock, kCueName, percent, times } from "../../shared/words";
import type { CallEntry } from "../contract";
import { confidenceOf, fullTimeOf, kPartyName, whenOf } from "../words";

export interface RowActions {
  mayReview: boolean;
  search: string;  // The list's, so that a call knows which is the next.
  toggleReviewed(call: CallEntry): void;
}

const kState: Partial<Record<CallEntry["state"], string>> = { open: "still running", cut_short: "cut short" };

// One call in one look: when, who, what happened, why it stands here, how it ended, whether it is done.
export function callRow(call: CallEntry, { mayReview, search, toggleReviewed }: RowActions): TemplateResult {
  const state = kState[call.state];
  return html`<li class="row ${call.reviewed ? "done" : ""}" data-call=${call.id}>
    <div class="when">
      <a href="/calls/${call.id}${search}"><time datetime=${call.started_at} title=${fullTimeOf(call.started_at)}>${whenOf(call.started_at)}</time><span
        class="unseen">, ${call.agent || "agent not known"}</span></a>
      <p class="fine">${clock(call.duration_s)} <span class="unseen">minutes</span> ${call.state === "open" ? "so far" : "long"}</p>
      ${state ? html`<p><span class="tag">${state}</span></p>` : nothing}
    </div>
    <div class="whose">
      <p>${call.agent || html`<span class="soft">agent not known</span>`}</p>
      <p class="fine">${[call.team, call.queue].filter(Boolean).join(" · ")}</p>
    </div>
    <div class="what">
      ${happened(call)}
      ${call.need_because.length ? html`<p class="because">${begun(call.need_because.join("; "))}</p>` : nothing}
      ${call.conduct_from ? html`<p class="fine withheld">What concerns the agent is shown from ${whenOf(call.conduct_from)}
        on: the agent sees it first.</p>` : nothing}
    </div>
    <div class="ended">${ended(call)}</div>
    <div class="done-mark">
      ${mayReview
        ? html`<button type="button" class="review ${call.reviewed ? "set" : ""}" @click=${() => toggleReviewed(call)}>
            ${call.reviewed ? html`<span aria-hidden="true">✓</span> Reviewed` : "Mark reviewed"}<span
            class="unseen">, call of ${whenOf(call.started_at)}</span></button>`
        : call.reviewed ? html`<p>✓ Reviewed</p>` : nothing}
      ${call.notes ? html`<p class="fine">${times(call.notes, "note", "notes")}</p>` : nothing}
    </div>
  </li>`;
}

function happened({ cues, confidence }: CallEntry): TemplateResult {
  const parts = kParties.filter((party) => Object.keys(cues[party]).length > 0);
  if (parts.length === 0) return html`<p class="soft">Nothing stood out</p>`;
  return html`<p class="cues">${parts.map((party) => html`<span class="side"><span class="party ${party}">${kPartyName[party]}</span>
    <span class="kinds">${kindsOf(cues[party]).map(([kind, count]) => cueCount(kind, count, confidence[party][kind]))}</span></span>`)}</p>`;
}

const kindsOf = (counts: CallEntry["cues"][Party]): [CueKind, number][] =>
  (Object.keys(kCueName) as CueKind[]).flatMap((kind) => (counts[kind] ? [[kind, counts[kind]] as [CueKind, number]] : []));

const cueCount = (kind: CueKind, count: number, surest: number | undefined): TemplateResult =>
  html`<span class="cue">${mark(kind)}${kCueName[kind]}${count > 1 ? html` <span class="count">×\u2009${count}</span>` : nothing}${
    surest === undefined ? nothing : sure(surest, count)}</span>`;

function sure(surest: number, count: number): TemplateResult {
  const words = count > 1 ? "confidence up to" : "confidence";
  const told = confidenceOf(surest);
  return html` <span class="sure" title="${words} ${told}"><span class="unseen">${words} </span>${told}</span>`;
}

function ended({ recovered, peak_distress, distressed_s, state }: CallEntry): TemplateResult {
  const judged = distressed_s > 0 && peak_distress !== null
    ? html`<p class="fine" title="An estimate from the voice, not a determination of what a person feels.">Distress estimate
        up to ${percent(peak_distress)}, ${lasting(distressed_s)} in all</p>`
    : nothing;
  if (recovered === null) return html`${judged}`;
  return html`<p class=${recovered ? "good" : "grave"}><span aria-hidden="true">${recovered ? "✓" : "!"}</span>
    ${recovered ? "Calmed again" : state === "open" ? "Not calm so far" : "Did not calm"}</p>${judged}`;
}

const lasting = (length_s: number): string =>
  length_s < 90 ? `${Math.round(length_s)}\u00a0s` : `${Math.round(length_s / 60)}\u00a0min`;

const begun = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
