// What the pointer is on, in words beside it; and the numbers of that moment.
import { html, nothing, type TemplateResult } from "lit";
import { clock, kDistressNote, signed, unbroken } from "../../shared/words";
import { confidenceOf, kPartyName } from "../words";
import type { CallModel } from "./call-model";
import { kOverlapNames } from "./sign-painter";
import type { Under } from "./under";

const kMostNames = 8;
const kLongestNote = 160;

export function tipOf(model: CallModel, { cueIds, overlap, note }: Under): TemplateResult | typeof nothing {
  if (cueIds.length === 1) {
    const cue = model.cue(cueIds[0]!);
    if (!cue) return nothing;
    return html`<strong>${cue.title}</strong><p>${unbroken(cue.reason)}.</p>
      <p class="fine">Confidence ${confidenceOf(cue.confidence)}.${cue.kind === "distress" ? ` ${kDistressNote}` : ""}</p>`;
  }
  if (cueIds.length > 1) {
    const cues = cueIds.flatMap((id) => model.cue(id) ?? []);
    return html`${cues.slice(0, kMostNames).map((cue) => html`<p>${clock(cue.start_s)} ${cue.title}</p>`)}
      ${cues.length > kMostNames ? html`<p class="fine">and ${cues.length - kMostNames} more</p>` : nothing}`;
  }
  if (overlap) {
    return html`<strong>${kOverlapNames[overlap.kind]}</strong><p>The ${overlap.starter} came in at ${clock(overlap.start_s)};
      both spoke for ${(overlap.end_s - overlap.start_s).toFixed(1)}\u00a0s.</p>`;
  }
  if (note) {
    const text = note.text.length > kLongestNote ? `${note.text.slice(0, kLongestNote)}\u2026` : note.text;
    return html`<p>${text}</p><p class="fine">${note.person}, at ${clock(note.at_s ?? 0)}</p>`;
  }
  return nothing;
}

// "1:23.4 · agent +2.1 st −3.0 dB · customer silent"
export function readout(model: CallModel, time_s: number): string {
  const tenths = Math.floor((time_s * 10) % 10);
  const parts = model.parties.map((party) => {
    const voice = model.voices[party];
    const i = Math.floor(time_s / model.step_s);
    const name = kPartyName[party].toLowerCase();
    if (!voice || !voice.speaking[i]) return `${name} silent`;
    const f0 = voice.f0_st[i]!, level = voice.level_db[i]!;
    const told = [
      Number.isNaN(f0) ? "" : `${signed(f0, 1)}\u00a0st`, Number.isNaN(level) ? "" : `${signed(level, 1)}\u00a0dB`,
    ].filter(Boolean).join(" ");
    const score = party === "customer" ? voice.distress[i] : undefined;
    const estimate = score === undefined ? "" : Number.isNaN(score) ? ", distress: don\u2019t know" : `, distress ${score.toFixed(2)}`;
    return `${name} ${told || "speaks"}${estimate}`;
  });
  return [`${clock(time_s)}.${tenths}`, ...parts].join(" · ");
}
