import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { Party } from "../shared/kinds";
import { clock, signed } from "../shared/words";
import type { Voice } from "./contract";
import { kPartyName } from "./words";

const kQuietestDbfs = -60;
const kPitchSpanSt = 6;     // Either way from the usual.
const kRateSpan = 0.5;      // A half slower to a half faster.
const kToldEveryMs = 1000;  // A screen reader that stands on a meter hears no more than this.

interface Meter {
  key: "level" | "pitch" | "rate";
  label: string;
  said: string;            // For screen readers.
  part: number | null;     // Where the needle stands, [0, 1]; null: nothing to show.
  from: number;            // Where its bar begins.
  value: string;
}

// One voice, live: how loud now, and level, pitch and rate against its own usual.
export class VoiceMeters extends LitElement {
  static override properties = { party: { attribute: false }, voice: { attribute: false }, time_s: { attribute: false } };
  declare party: Party;
  declare voice: Voice;
  declare time_s: number;
  private told = new Map<string, { atMs: number; said: string; now: number }>();

  protected override createRenderRoot(): HTMLElement { return this; }

  protected override render(): TemplateResult {
    const { voice, party } = this;
    const since_s = voice.speaking_since_s;
    const how = voice.speaking ? `speaking${since_s === null ? "" : ` ${clock(this.time_s - since_s)}`}` : "quiet";
    return html`<section class="voice" data-party=${party} aria-labelledby="voice-${party}">
      <h2 id="voice-${party}">${kPartyName[party]}</h2>
      <p class="speaking ${voice.speaking ? "now" : ""}">${how}</p>
      ${this.meters().map((meter) => this.row(meter))}
    </section>`;
  }

  protected override updated(): void {
    for (const meter of this.meters()) this.place(meter);
  }

  private meters(): Meter[] {
    const { voice } = this;
    const level = clamp((voice.level_dbfs - kQuietestDbfs) / -kQuietestDbfs);
    const pitch = voice.f0_st === null ? null : clamp(0.5 + voice.f0_st / (2 * kPitchSpanSt));
    const rate = voice.rate_ratio === null ? null : clamp(0.5 + (voice.rate_ratio - 1) / (2 * kRateSpan));
    const faster = voice.rate_ratio === null ? null : 100 * (voice.rate_ratio - 1);
    return [
      { key: "level", label: "Level", part: level, from: 0, ...against(voice, voice.level_db, 1, "dB") },
      { key: "pitch", label: "Pitch", part: pitch, from: 0.5, ...against(voice, voice.f0_st, 1, "st") },
      { key: "rate", label: "Rate", part: rate, from: 0.5, ...against(voice, faster, 0, "%") },
    ];
  }

  private row(meter: Meter): TemplateResult {
    const { said, now } = this.tell(meter);
    return html`<div class="meter ${meter.key}">
      <span aria-hidden="true">${meter.label}</span>
      <div class="track" role="meter" aria-label="${meter.label}, ${kPartyName[this.party]}"
        aria-valuemin="0" aria-valuemax="100" aria-valuenow=${now} aria-valuetext=${said}>
        <div class="bar"></div>
        ${meter.from > 0 ? html`<div class="usual"></div>` : nothing}
      </div>
      <span class="value ${this.voice.usual_known ? "" : "unknown"}" aria-hidden="true">${meter.value}</span>
    </div>`;
  }

  // Through the style object: the page's policy lets no style attribute through.
  private place(meter: Meter): void {
    const bar = this.querySelector<HTMLElement>(`.${meter.key} .bar`);
    if (!bar) return;
    bar.hidden = meter.part === null;
    const part = meter.part ?? 0;
    bar.style.left = `${100 * Math.min(meter.from, part)}%`;
    bar.style.width = `${100 * Math.abs(part - meter.from)}%`;
  }

  private tell(meter: Meter): { said: string; now: number } {
    const nowMs = performance.now();
    const last = this.told.get(meter.key);
    if (last && nowMs - last.atMs < kToldEveryMs) return last;
    const told = { atMs: nowMs, said: meter.said, now: Math.round(100 * (meter.part ?? 0)) };
    this.told.set(meter.key, told);
    return told;
  }
}

const clamp = (part: number): number => Math.max(0, Math.min(1, part));

const kUnitSaid: Record<string, string> = { dB: "decibels", st: "semitones", "%": "percent" };

function against(voice: Voice, value: number | null, digits: number, unit: string): { value: string; said: string } {
  if (!voice.usual_known) return { value: "learning", said: "still learning this voice" };
  if (value === null) return { value: "\u2013", said: "not known" };
  const number = signed(value, digits);
  return { value: `${number}\u00a0${unit}`, said: `${number} ${kUnitSaid[unit]} against the usual` };
}

customElements.define("desk-voice", VoiceMeters);
