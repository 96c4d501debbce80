import { html, nothing, type TemplateResult } from "lit";
import { picture } from "../../shared/icons";
import { clock, kDistressNote, unbroken } from "../../shared/words";
import type { Cue, ErrorRate, Threshold, ToldAlert, Verdict } from "../contract";
import { confidenceOf, kPartyName, whenOf } from "../words";
import { around } from "./around";
import type { CallModel } from "./call-model";
import { kVerdictSign, kVerdictWord, ownVerdict } from "./cue-list";
import { answerWord, facts, heldBack } from "./evidence-words";

const kVerdicts: readonly { verdict: Verdict; key: string }[] = [
  { verdict: "right", key: "1" }, { verdict: "wrong", key: "2" }, { verdict: "unsure", key: "3" },
];

export interface WhyActs {
  mayJudge: boolean;
  judge(verdict: Verdict | null): void;
  play: (() => void) | null;  // null: no audio is kept.
  share(): void;
}

// Why the program says so, and whether it is right.
export function cueWhy(model: CallModel, cue: Cue, acts: WhyActs): TemplateResult {
  const isEstimate = cue.kind === "distress" || (cue.kind === "recovered" && cue.party === "customer");
  return html`<section class="panel explain" aria-labelledby="why-title">
    <header>
      ${picture(cue.kind)}
      <div>
        <h2 id="why-title">${cue.title}, ${kPartyName[cue.party].toLowerCase()}</h2>
        <p class="fine">${clock(cue.start_s)} to ${clock(cue.end_s)} (${(cue.end_s - cue.start_s).toFixed(1)}\u00a0s) ·
          noticed at ${clock(cue.raised_at_s)} · confidence ${confidenceOf(cue.confidence)}</p>
      </div>
      <div class="doing">
        ${acts.play ? html`<button type="button" @click=${acts.play}>Play from 2\u00a0s before</button>` : nothing}
        <button type="button" @click=${acts.share}>Copy link to it</button>
      </div>
    </header>
    <p class="reason">${unbroken(cue.reason)}.</p>
    ${isEstimate ? html`<p class="estimate">${kDistressNote}</p>` : nothing}
    ${verdicts(cue, acts)}
    ${beforeAndAfter(model, cue)}
    <h3>What was measured</h3>
    ${factList(facts(cue.evidence))}
    <h3>What had to be reached</h3>
    ${thresholdList(model.answer.thresholds[cue.kind] ?? [])}
    <h3>How often such a moment is right</h3>
    ${errorRate(model.answer.error_rates[cue.kind])}
    <h3>${isLive(model) ? "What the agent was told" : "What the agent would have been told"}</h3>
    ${told(model, cue)}
    <h3>Made by</h3>
    ${makers(model, cue)}
  </section>`;
}

function verdicts(cue: Cue, { mayJudge, judge }: WhyActs): TemplateResult | typeof nothing {
  if (!mayJudge) return nothing;
  const own = ownVerdict(cue);
  const others = cue.verdicts.filter((given) => !given.mine);
  return html`<div class="verdict">
    <div class="buttons" role="group" aria-label="Is this moment right?">
      ${kVerdicts.map(({ verdict, key }) => html`<button type="button" aria-pressed=${String(own === verdict)}
        aria-keyshortcuts=${key} data-verdict=${verdict} @click=${() => judge(verdict)}>
        <span aria-hidden="true">${kVerdictSign[verdict]}</span> ${kVerdictWord[verdict]} <kbd aria-hidden="true">${key}</kbd></button>`)}
      <button type="button" class="plain" aria-keyshortcuts="0" ?disabled=${own === null}
        @click=${() => judge(null)}>none <kbd aria-hidden="true">0</kbd></button>
    </div>
    ${own === null ? html`<p class="fine">What others said shows once you have said yours.</p>`
      : others.length === 0 ? html`<p class="fine">Nobody else has judged this moment yet.</p>`
      : html`<ul class="others" aria-label="What others said">${others.map((given) => html`<li>
          <span aria-hidden="true">${kVerdictSign[given.verdict]}</span> ${kVerdictWord[given.verdict]}
          <span class="fine">${given.person}, ${whenOf(given.at)}</span></li>`)}</ul>`}
  </div>`;
}

function beforeAndAfter(model: CallModel, cue: Cue): TemplateResult {
  const { before, after } = around(model, cue);
  const list = (title: string, lines: string[]) => html`<div><h3>${title}</h3>
    <ul>${lines.map((line) => html`<li>${line}.</li>`)}</ul></div>`;
  return html`<div class="around">${list("Just before", before)}${list("Then", after)}</div>`;
}

function factList(all: readonly { name: string; value: string }[]): TemplateResult {
  if (all.length === 0) return html`<p class="fine">No numbers are kept with it.</p>`;
  return html`<dl class="facts-list">${all.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function thresholdList(all: readonly Threshold[]): TemplateResult {
  if (all.length === 0) return html`<p class="fine">No thresholds are kept with it.</p>`;
  return html`<dl class="facts-list">${all.map(({ name, value, unit, text }) => html`<div>
    <dt>${text || name.replaceAll("_", " ")}</dt>
    <dd>${String(value).replace("-", "\u2212")}${unit ? `\u00a0${unit}` : ""}</dd></div>`)}</dl>`;
}

function errorRate(rate: ErrorRate | undefined): TemplateResult {
  if (!rate) return html`<p class="fine">Not measured for this kind.</p>`;
  return html`<p>${begun(rate.text)}</p>${rate.measured_on ? html`<p class="fine">Measured on ${sentence(rate.measured_on)}</p>` : nothing}`;
}
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
const begun = (text: string): string => sentence(text.charAt(0).toUpperCase() + text.slice(1));

// A recording was heard by the program alone: nobody was told anything.
const isLive = (model: CallModel): boolean => model.answer.call.origin === "live";

function told(model: CallModel, cue: Cue): TemplateResult {
  const alerts = model.alertsOf(cue);
  if (alerts.length === 0) {
    const withheld = model.answer.call.conduct_from !== null && cue.party === "agent";
    return html`<p class="fine">${withheld ? "Not shown yet: the agent sees this first." : "Nothing because of this moment."}</p>`;
  }
  return html`<ul class="told">${alerts.map((alert) => html`<li>
    <time>${clock(alert.at_s)}</time>
    <p>${alert.delivered ? html`\u201c${alert.text}\u201d` : html`<span class="fine">\u201c${alert.text}\u201d</span>`}
      <span class="fine">${alert.escalation ? "A second word. " : ""}${outcome(alert, isLive(model))}</span></p></li>`)}</ul>`;
}

function outcome(alert: ToldAlert, live: boolean): string {
  if (!alert.delivered) return `Held back: ${heldBack(alert.reason)}.`;
  if (!live) return "";
  if (!alert.answer) return "Shown; not answered.";
  const { said, at_s, snooze_min } = alert.answer;
  const snoozed = snooze_min > 0 ? `, quiet for ${snooze_min}\u00a0min` : "";
  return `Shown; answered \u201c${answerWord(said)}\u201d at ${clock(at_s)}${snoozed}.`;
}

function makers(model: CallModel, cue: Cue): TemplateResult {
  const { program, model: judge, model_sha256, site_calibrated, settings_sha256 } = model.answer.made_by;
  const isModels = cue.kind === "distress" || cue.kind === "recovered";
  return html`<p class="fine made-by">tonecue ${program}${isModels && judge ? html`, model ${judge}
      (<span title=${model_sha256}>${model_sha256.slice(0, 12)}</span>), ${site_calibrated
        ? "with this site\u2019s own thresholds" : "thresholds as delivered, not fitted to this site"}` : ", by rule"},
    settings <span title=${settings_sha256}>${settings_sha256.slice(0, 12)}</span></p>`;
}
