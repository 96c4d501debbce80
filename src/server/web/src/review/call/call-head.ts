import { html, nothing, type TemplateResult } from "lit";
import { clock } from "../../shared/words";
import type { CallEntry } from "../contract";
import { fullTimeOf, whenOf } from "../words";

const kExports: readonly { kind: string; what: string; audio?: true }[] = [
  { kind: "html", what: "Report of one page, to print" },
  { kind: "json", what: "Everything, as JSON" },
  { kind: "csv", what: "Moments as a table (CSV)" },
  { kind: "audacity", what: "Moments as Audacity labels" },
  { kind: "textgrid", what: "Speech and moments as a TextGrid (Praat)" },
  { kind: "flac", what: "The recording (FLAC)", audio: true },
];

// How it goes with asking for what has come since: "ill", the last answer did not come; "over", the
// call has ended meanwhile.
export type Following = "no" | "well" | "ill" | "over";

export interface HeadActs {
  mayReview: boolean;
  listAddress: string;
  copied: string;  // What is told beside the link's button.
  following: Following;
  setReviewed(reviewed: boolean): void;
  copyLink(): void;
  next(): void;
}

export function callHead(call: CallEntry, acts: HeadActs): TemplateResult {
  return html`<header class="call-head">
    <p class="back"><a href=${acts.listAddress} aria-keyshortcuts="Escape">\u2190 All calls</a></p>
    <div class="title">
      <h1 tabindex="-1">${call.agent ? `${call.agent}, ` : ""}<time title=${fullTimeOf(call.started_at)}>${isToday(call.started_at) ? "today, " : ""}${whenOf(call.started_at)}</time></h1>
      <p class="fine">${facts(call)}</p>
    </div>
    <div class="doing">
      ${acts.mayReview ? html`<button type="button" class="reviewed" aria-pressed=${String(call.reviewed)} aria-keyshortcuts="r"
        @click=${() => acts.setReviewed(!call.reviewed)}>
        ${call.reviewed ? html`<span aria-hidden="true">\u2713 </span>Reviewed` : "Mark as reviewed"} <kbd aria-hidden="true">r</kbd></button>` : nothing}
      <button type="button" class="share" @click=${acts.copyLink}>Copy link</button>
      ${exportsMenu(call)}
      <button type="button" class="next" aria-keyshortcuts="." @click=${acts.next}>Next flagged <kbd aria-hidden="true">.</kbd></button>
    </div>
    <p class="fine copied" role="status">${acts.copied}</p>
    ${call.need_because.length > 0 ? html`<ul class="because" aria-label="Why it is high in the list">
      ${call.need_because.map((why) => html`<li>${why}</li>`)}</ul>` : nothing}
    ${call.conduct_from !== null ? html`<p class="withheld"><span class="sign" aria-hidden="true">i</span> What concerns the
      agent\u2019s own speaking is theirs to see first. It shows here once they have opened this call, by
      ${whenOf(call.conduct_from)} at the latest.</p>` : nothing}
    ${running(call, acts.following)}
    ${call.state === "cut_short" ? html`<p class="withheld"><span class="sign" aria-hidden="true">!</span> The program that heard this call ended
      before the call did: the end of it is missing.</p>` : nothing}
  </header>`;
}

// The same words all the while: only what is new is read out.
function running(call: CallEntry, following: Following): TemplateResult | typeof nothing {
  if (call.state !== "open") {
    return following === "over" && call.state === "done"
      ? html`<p class="withheld"><span class="sign" aria-hidden="true">\u2713</span> The call is over; all of it is here.</p>` : nothing;
  }
  const how = following === "ill" ? "tonecue does not answer at the moment; this page goes on asking." : "what comes is shown here every few seconds.";
  return html`<p class="withheld running"><span class="sign" aria-hidden="true">${following === "ill" ? "!" : "\u25cf"}</span>
    <strong>The call is running</strong>: ${how}</p>`;
}

const isToday = (at: string): boolean => new Date(at).toDateString() === new Date().toDateString();

function facts(call: CallEntry): string {
  return [
    clock(call.duration_s) + (call.state === "open" ? "\u00a0so far" : "\u00a0long"), call.team && `team ${call.team}`, call.queue && `queue ${call.queue}`,
    call.caller_ref && `caller ${call.caller_ref}`, call.consent_ref && `consent ${call.consent_ref}`, call.source,
  ].filter(Boolean).join(" · ");
}

function exportsMenu(call: CallEntry): TemplateResult {
  const isHeld = call.conduct_from !== null;
  const all = kExports.filter(({ audio }) => (audio ? call.audio : !isHeld));
  return html`<details class="menu" @focusout=${foldWhenLeft} @keydown=${foldOnEscape}>
    <summary>Export</summary>
    <ul>${all.map(({ kind, what }) => html`<li><a href="/api/calls/${call.id}/export/${kind}" download>${what}</a></li>`)}
      ${isHeld ? html`<li class="fine">Reports and tables wait until the agent has seen the call, by ${whenOf(call.conduct_from!)} at the latest.</li>` : nothing}</ul>
  </details>`;
}

function foldWhenLeft(event: FocusEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
}
function foldOnEscape(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (event.key !== "Escape" || !menu.open) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary")?.focus();
}
