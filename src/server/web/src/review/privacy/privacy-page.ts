import { html, nothing, type TemplateResult } from "lit";
import { times } from "../../shared/words";
import { api } from "../api";
import { AskingPage } from "../asking-page";
import type { Kept, Privacy } from "../contract";
import { session } from "../session";
import { trouble } from "../trouble";
import { dayOf, whenOf } from "../words";
import "./caller-data";

const kKeptWord: Record<Kept["kind"], string> = {
  audio: "Recordings (sound)", calls: "Calls: what was found, verdicts, notes", audit: "Audit log",
};

// What is kept and how long, for all who sign in; for admins, one caller's data.
class PrivacyPage extends AskingPage {
  private privacy: Privacy | null = null;

  protected override load(): Promise<void> {
    return this.attempt(async () => { this.privacy = await api.get<Privacy>("/api/privacy"); });
  }

  protected override render(): TemplateResult {
    return html`<h1 tabindex="-1">Privacy</h1>
      ${trouble(this.failure, () => void this.load())}
      ${this.privacy ? this.told(this.privacy) : this.failure ? nothing : html`<p class="soft">Looking…</p>`}
      ${session.isAdmin ? html`<review-caller-data @removed=${this.load}></review-caller-data>` : nothing}`;
  }

  private told({ keeps_audio, require_notice, agent_first_h, retention, last_run }: Privacy): TemplateResult {
    return html`<section class="prose">
      <h2>What is kept, and how long</h2>
      <div class="table" role="region" aria-label="What is kept" tabindex="0"><table>
        <thead><tr><th scope="col">What</th><th scope="col">Kept for</th><th scope="col">There now</th><th scope="col">The oldest</th></tr></thead>
        <tbody>${retention.map((kept) => html`<tr><th scope="row">${kKeptWord[kept.kind]}</th><td>${lasting(kept, keeps_audio)}</td>
          <td>${kept.count.toLocaleString()}</td><td>${kept.oldest ? dayOf(kept.oldest) : "–"}</td></tr>`)}</tbody></table></div>
      <p class="fine">${last_run ? `What is older was last looked for and deleted: ${whenOf(last_run)}.` : "Nothing has been deleted by age so far."}</p>
      <h2>What holds here</h2>
      <ul class="rules">
        <li>${keeps_audio ? "The sound of calls is kept, as an admin has decided; see above how long."
          : "No sound is kept. Recordings are analysed and then forgotten."}</li>
        <li>${require_notice ? "Distress is told only of calls with a reference to where the caller was told of the analysis."
          : "Distress is told of all calls; no reference to the caller's notice is asked for."}
          It is an estimate from the voice, not a determination of what a person feels.</li>
        <li>${agent_first_h > 0 ? `What concerns an agent's own conduct the agent sees first: for up to ${times(agent_first_h, "hour", "hours")}, or until they have looked.`
          : "What concerns an agent's conduct is seen at once by their supervisors, too."}</li>
        <li>Of agents only conduct is measured (who spoke when, pace, loudness, silences), never a feeling. There is no ranking of agents and
          no automatic score.</li>
        <li>Every view, playback, export and change stands in the audit log.</li>
      </ul></section>`;
  }
}

const lasting = ({ kind, days }: Kept, keepsAudio: boolean): string => {
  if (kind === "audio" && !keepsAudio) return "not kept";
  return days === null ? "no limit" : times(days, "day", "days");
};

customElements.define("review-privacy", PrivacyPage);
