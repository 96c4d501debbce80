import { html, nothing, type TemplateResult } from "lit";
import type { Party } from "../../shared/kinds";
import { clock } from "../../shared/words";
import { kPartyName } from "../words";
import type { CallModel } from "./call-model";
import { kSpeeds, type Player } from "./player";

export const kSkipS = 5;
const kMuteKey: Record<Party, string> = { agent: "a", customer: "c" };

const kPlay = html`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 1.5 14 8 3 14.5Z"/></svg>`;
const kPause = html`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 2H6.5V14H3ZM9.5 2H13V14H9.5Z"/></svg>`;

// @param keepsAudio  The program does so for new calls.
export function playerBar(player: Player, { parties, duration_s, isRunning }: CallModel, keepsAudio: boolean): TemplateResult {
  return html`<div class="player" role="group" aria-label="Playback">
    ${player.hasAudio ? html`
      <button type="button" class="play primary" aria-keyshortcuts="Space" @click=${() => player.toggle()}>
        ${player.playing ? kPause : kPlay} ${player.playing ? "Pause" : "Play"}</button>` : nothing}
    <button type="button" aria-keyshortcuts="ArrowLeft" aria-label="Back ${kSkipS} s"
      @click=${() => player.seek(player.time_s - kSkipS)}>\u2212${kSkipS}\u00a0s</button>
    <button type="button" aria-keyshortcuts="ArrowRight" aria-label="On ${kSkipS} s"
      @click=${() => player.seek(player.time_s + kSkipS)}>+${kSkipS}\u00a0s</button>
    <p class="now"><span class="at" .textContent=${clock(player.time_s)}></span> <span class="fine">of ${clock(duration_s)}</span></p>
    ${player.hasAudio ? html`
      <label class="speed">Speed <select @change=${(event: Event) => player.setRate(Number((event.target as HTMLSelectElement).value))}>
        ${kSpeeds.map((rate) => html`<option value=${rate} ?selected=${rate === player.rate}>${rate}\u00d7</option>`)}</select></label>
      ${parties.map((party) => html`<button type="button" class="mute" data-party=${party} aria-pressed=${String(player.muted[party])}
        aria-keyshortcuts=${kMuteKey[party]} @click=${() => player.toggleMute(party)}>
        ${player.muted[party] ? `${kPartyName[party]} muted` : `Mute ${kPartyName[party].toLowerCase()}`}
        <kbd aria-hidden="true">${kMuteKey[party]}</kbd></button>`)}`
      : html`<p class="fine no-audio">${isRunning ? kNoAudioYet : noAudio(keepsAudio)}</p>`}
  </div>`;
}

const kNoAudioYet = "The call is running: its sound, if it is kept, can be played when it is over. All else is here.";

function noAudio(keepsAudio: boolean): string {
  return keepsAudio
    ? "No sound of this call is kept: it came before recordings were kept, or its time was over. All else is here."
    : "No sound is kept: this site keeps none unless asked to (\u201ckeep_audio = true\u201d in [privacy]). All else is here.";
}
