// Opens the page of one call.
import { madeCall, trackOf } from "./fake_calls.mjs";
import { eventually, openReview } from "./page.mjs";

export const kPlot = [["interruption", "agent"], ["distress", "customer"], ["recovered", "customer"]];
export const kCallId = 7;

// Its moments begin at 36, 60 and 84 s.
export const aCall = (changes = {}) =>
  madeCall(kCallId, new Date(Date.now() - 3_600_000), { plot: kPlot, duration_s: 120, ...changes });

// Of a recording that has one voice.
export function callOf(party) {
  const other = party === "agent" ? "customer" : "agent";
  const kept = aCall();
  kept.report.parties[other] = null;
  kept.report.segments = kept.report.segments.filter((segment) => segment.party === party);
  kept.report.overlaps = [];
  kept.cues = kept.cues.filter((cue) => cue.party === party);
  return kept;
}

// An hour with `cues` moments. Its track is made beforehand, in the steps that the store keeps.
export function longCall(cues = 60) {
  const kinds = ["interruption", "long_silence", "fast_speech", "monologue"];
  const plot = Array.from({ length: cues }, (_, i) =>
    (i % 3 === 2 ? ["raised_voice", "customer"] : [kinds[i % kinds.length], "agent"]));
  const kept = madeCall(kCallId, new Date(Date.now() - 7_200_000), { plot, duration_s: 3600 });
  kept.track = trackOf(kept);
  for (const voice of [kept.track.agent, kept.track.customer]) {
    const rounded = (name, steps) => { voice[name] = voice[name]?.map((value) => (value === null ? null : Math.round(value * steps) / steps)); };
    rounded("peak", 100);
    rounded("level_dbfs", 1);
    rounded("f0_hz", 1);
    rounded("distress", 100);
  }
  return kept;
}

// `heard`: the page's audio element, and the level of each party's sound, can be asked for.
export async function openCall({ call = aCall(), at = `/calls/${kCallId}`, others = [], heard = false, ...look } = {}) {
  const opened = await openReview({ calls: [call, ...others], at, before: heard ? listenIn : null, ...look });
  await drawn(opened.page);
  return { ...opened, kept: call };
}

export const drawn = (page) =>
  eventually(() => page.evaluate(() => performance.getEntriesByName("call-drawn").length), 1);

// Where the play-head is, in seconds.
export const headAt = async (page) => {
  const [minutes, seconds] = (await page.locator(".readout").innerText()).split(" ")[0].split(":");
  return 60 * Number(minutes) + Number(seconds);
};

export const chosen = async (page) => {
  const all = await page.locator(".moment[aria-current]").evaluateAll((some) => some.map((one) => Number(one.dataset.cue)));
  return all[0] ?? null;
};

// Runs in the page before its own scripts.
async function listenIn(page) {
  await page.addInitScript(() => {
    window.taps = [];
    const makeGain = AudioContext.prototype.createGain;
    AudioContext.prototype.createGain = function () {
      const gain = makeGain.call(this);
      const tap = this.createAnalyser();
      gain.connect(tap);
      window.taps.push(tap);
      return gain;
    };
    const OldAudio = window.Audio;
    window.Audio = class extends OldAudio {
      constructor() {
        super();
        window.heardElement = this;
      }
    };
  });
}

// In the order of the parties: whether each is heard at this moment.
export const heardNow = (page) => page.evaluate(() => window.taps.map((tap) => {
  const wave = new Float32Array(tap.fftSize);
  tap.getFloatTimeDomainData(wave);
  return wave.some((value) => Math.abs(value) > 0.01);
}));
