// The numbers behind a cue in words, with their units. The names are those of the call's JSON.
import { signed } from "../../shared/words";

export interface Fact { name: string; value: string }

type Write = (value: number) => string;
const unit = (digits: number, of: string): Write => (value) => `${plain(value, digits)}\u00a0${of}`;
const step = (digits: number, of: string): Write => (value) => `${signed(value, digits)}\u00a0${of}`;
const yesNo: Write = (value) => (value > 0 ? "yes" : "no");
const number = (digits: number): Write => (value) => plain(value, digits);
const plain = (value: number, digits: number): string => value.toFixed(digits).replace("-", "\u2212");

const kFacts: Record<string, [name: string, write: Write]> = {
  overlap_s: ["Both spoke", unit(1, "s")],
  incomer_speech_s: ["Length of the first words of who came in", unit(1, "s")],
  holder_turn_s: ["The other had been speaking for", unit(1, "s")],
  holder_f0_st: ["The other\u2019s pitch just before, against their usual", step(1, "st")],
  holder_level_db: ["The other\u2019s level just before, against their usual", step(1, "dB")],
  mid_phrase: ["The other was in mid-phrase (pitch and level not falling)", yesNo],
  given_back: ["The other then had the floor again within 10\u00a0s", yesNo],
  given_back_after_s: ["The other had the floor again after", unit(1, "s")],
  f0_st: ["Pitch against this voice\u2019s usual", step(1, "st")],
  level_db: ["Level against this voice\u2019s usual", step(1, "dB")],
  rate_ratio: ["Pace against this voice\u2019s usual", (ratio) => `${signed(100 * (ratio - 1), 0)}\u00a0%`],
  rate_syl_per_s: ["Pace", unit(1, "syllables/s")],
  syllables: ["Counted over", unit(0, "syllables")],
  silence_s: ["Nobody spoke for", unit(1, "s")],
  turn_s: ["One turn without a break of", unit(0, "s")],
  after_s: ["Near the usual again after", unit(0, "s")],
  probability: ["Estimate of distress (0 to 1)", number(2)],
  subdued_probability: ["Estimate of a subdued voice (0 to 1, experimental)", number(2)],
  usual_s: ["Speech behind this caller\u2019s usual", unit(0, "s")],
  f0_median_st: ["Pitch, step from the usual", step(1, "st")],
  f0_p90_p10_st: ["Pitch range, step from the usual", step(1, "st")],
  f0_slope_abs_st_per_s: ["Movement of the pitch, step from the usual", step(0, "st/s")],
  level_p90_p10_db: ["Loudness range, step from the usual", step(1, "dB")],
  level_change_db: ["Movement of the loudness, step from the usual", step(2, "dB per 10\u00a0ms")],
  tilt_mean_db_per_octave: ["Slope of the spectrum, step from the usual", step(1, "dB/octave")],
  high_tilt_mean_db: ["3\u00a0kHz against 900\u00a0Hz, step from the usual", step(1, "dB")],
  flux_voiced_db: ["Movement of the sound, step from the usual", step(2, "dB per 10\u00a0ms")],
  hnr_mean_db: ["Clearness of the voice (HNR), step from the usual", step(1, "dB")],
  syllables_per_s: ["Syllables, step from the usual", step(1, "per s")],
  voiced_stretch_mean_s: ["Length of voiced stretches, step from the usual", step(2, "s")],
  gap_mean_s: ["Pauses between words, step from the usual", step(2, "s")],
};

const kUnits: [ending: RegExp, of: string][] = [
  [/_db$/, "dB"], [/_dbfs$/, "dBFS"], [/_st$/, "st"], [/_hz$/, "Hz"], [/_ms$/, "ms"], [/_s$/, "s"],
];

// What a newer program knows is told by its name.
export function facts(evidence: Readonly<Record<string, number>>): Fact[] {
  return Object.entries(evidence).map(([key, value]) => {
    const known = Object.hasOwn(kFacts, key) ? kFacts[key] : undefined;
    if (known) return { name: known[0], value: known[1](value) };
    const [ending, of] = kUnits.find(([end]) => end.test(key)) ?? [null, ""];
    const name = (ending ? key.replace(ending, "") : key).replaceAll("_", " ");
    return { name, value: `${plain(value, 2)}${of ? `\u00a0${of}` : ""}` };
  });
}

const kHeldBack: Record<string, string> = {
  cooling_down: "the same was said a moment before",
  over_budget: "this hour\u2019s alerts were used up",
  outdated: "the moment had passed before the agent paused",
  quiet_start: "it was over before this voice\u2019s usual was known",
  snoozed: "the agent had asked for quiet",
  superseded: "something weightier was heard at that moment",
};
export const heldBack = (reason: string | undefined): string =>
  (reason !== undefined && Object.hasOwn(kHeldBack, reason) ? kHeldBack[reason] : undefined) ?? "the program does not say why";

const kAnswers: Record<string, string> = { helpful: "helpful", not_now: "not now", wrong: "wrong" };
export const answerWord = (said: string): string => (Object.hasOwn(kAnswers, said) ? kAnswers[said]! : said);
