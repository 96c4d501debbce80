import { html, nothing, type TemplateResult } from "lit";
import { times } from "../../shared/words";
import { api, messageOf } from "../api";
import type { Facets, Job } from "../contract";
import { announce, Page, tellCallsCame } from "../page";
import { place } from "../place";
import { session } from "../session";
import { trouble } from "../trouble";
import { type Sending, sendFile } from "./send-file";

const kLookEveryMs = 1000;
const kDoneShown = 10;  // What a watched folder brought would push all else from the page.
const kFields = ["agent", "team", "queue", "caller_ref", "consent_ref"] as const;

// Recordings handed in by hand: what is known of the call, the file, and how far it is.
class UploadPage extends Page {
  private files: File[] = [];
  private sendings: Sending[] = [];
  private jobs: Job[] = [];
  private mine = new Set<number>();  // Jobs of this visit.
  private facets: Facets = { teams: [], queues: [], agents: [] };
  private consent = "";
  private failure = "";
  private lost = "";      // Why the state of the analyses is not known.
  private over = false;   // A file hovers above.
  private looking = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.loadFacets();
    void this.look();
    this.looking = window.setInterval(() => { if (this.unfinished) void this.look(); }, kLookEveryMs);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.looking);
    for (const sending of this.sendings) sending.stop();
  }
  override refresh(): void {
    void this.loadFacets();
    void this.look();
  }

  private get unfinished(): boolean {
    return this.jobs.some(({ state }) => state === "waiting" || state === "analysing");
  }

  private async loadFacets(): Promise<void> {
    try {
      this.facets = await api.get<Facets>("/api/facets");
      this.requestUpdate();
    } catch {
      // They only help with typing.
    }
  }

  // How far the analyses are. One that was handed in alone opens its call.
  private async look(): Promise<void> {
    try {
      const before = this.jobs;
      this.jobs = (await api.get<{ jobs: Job[] }>("/api/jobs")).jobs;
      this.lost = "";
      this.tellEnds(before);
    } catch (error) {
      this.lost = messageOf(error);
    }
    this.requestUpdate();
  }

  private tellEnds(before: readonly Job[]): void {
    const ended = this.jobs.filter((job) => this.mine.has(job.id) && isOver(job) && !before.some((old) => old.id === job.id && isOver(old)));
    for (const job of ended) announce(`${job.name}: ${stateText(job)}`);
    const [only] = ended;
    const alone = this.mine.size === 1 && this.files.length === 0 && this.sendings.length === 0;
    if (only?.call && alone && only.state !== "failed") place.go(`/calls/${only.call}`);
  }

  // --- What one does

  private take(files: Iterable<File>): void {
    this.files = [...this.files, ...files];
    this.failure = "";
    this.requestUpdate();
  }

  private drop(event: DragEvent): void {
    event.preventDefault();
    this.over = false;
    this.take(event.dataTransfer?.files ?? []);
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    if (this.files.length === 0) {
      this.failure = "Choose a recording first.";
      this.requestUpdate();
      this.querySelector<HTMLElement>("#file")?.focus();
      return;
    }
    const files = this.files;
    this.files = [];
    for (const file of files) await this.send(file, addressOf(file, given));
  }

  // One after the other: two at once would each take twice as long.
  private async send(file: File, address: string): Promise<void> {
    const sending = sendFile(address, file, () => this.requestUpdate());
    this.sendings = [...this.sendings, sending];
    this.failure = "";
    this.requestUpdate();
    try {
      const { job } = await sending.done;
      this.mine.add(job);
      tellCallsCame();
      announce(`${file.name} is sent; it is being analysed.`);
    } catch (error) {
      if (!sending.stopped) this.failure = aboutFile(file.name, messageOf(error));
      this.files = [...this.files, file];  // To be tried again, or taken away.
    }
    this.sendings = this.sendings.filter((one) => one !== sending);
    await this.look();
  }

  // --- What is seen

  protected override render(): TemplateResult {
    const { facets } = this;
    return html`<h1 tabindex="-1">Upload a recording</h1>
      <p class="lead">Stereo, one person on each channel: WAV, FLAC, OGG, MP3 or AIFF. ${session.me?.keeps_audio
        ? "The sound is kept with the call." : "The sound is analysed and then forgotten; only what was found is kept."}</p>
      <form class="fields upload" @submit=${this.submit}>
        <div class="drop ${this.over ? "over" : ""}" @dragover=${this.hover} @dragleave=${() => { this.over = false; this.requestUpdate(); }} @drop=${this.drop}>
          <label for="file">Recordings</label>
          <p class="fine">Drop files here, or choose them.</p>
          <input id="file" type="file" multiple accept="audio/*,.wav,.flac,.ogg,.oga,.mp3,.aif,.aiff"
            @change=${(event: Event) => this.chosen(event.target as HTMLInputElement)}>
          ${this.files.length ? html`<ul class="files">${this.files.map((file) => this.chosenFile(file))}</ul>` : nothing}
        </div>
        <fieldset class="choices"><legend>The agent is on</legend>
          <label class="choice"><input type="radio" name="agent_channel" value="left" checked>the left channel</label>
          <label class="choice"><input type="radio" name="agent_channel" value="right">the right channel</label>
        </fieldset>
        <div class="columns">
          ${field("agent", "Agent", facets.agents)} ${field("team", "Team", facets.teams)} ${field("queue", "Queue", facets.queues)}
          ${field("caller_ref", "Caller reference", [], "Your own word for the caller; by it their data are found again.")}
          <div class="one"><label for="consent_ref">Consent reference</label>
            <input id="consent_ref" name="consent_ref" maxlength="200" autocomplete="off" aria-describedby="consent-hint" .value=${this.consent}
              @input=${(event: Event) => { this.consent = (event.target as HTMLInputElement).value; this.requestUpdate(); }}>
            <p class="fine" id="consent-hint">Where it is written that the caller was told of the analysis.</p></div>
          <div class="one"><label for="started_at">Began at</label><input id="started_at" name="started_at" type="datetime-local" step="1">
            <p class="fine">Empty: now.</p></div>
        </div>
        ${session.me?.require_notice && !this.consent.trim() ? html`<p class="notice" role="status"><span class="sign" aria-hidden="true">i</span>
          Without a consent reference nothing is told of distress: interruptions, pace, loudness and silences only.</p>` : nothing}
        ${trouble(this.failure)}
        <p class="buttons"><button class="primary">Send and analyse</button></p>
      </form>
      ${this.sendings.length || this.jobs.length || this.lost ? this.progress() : nothing}`;
  }

  private hover(event: DragEvent): void {
    event.preventDefault();
    if (!this.over) this.requestUpdate();
    this.over = true;
  }

  private chosen(input: HTMLInputElement): void {
    this.take(input.files ?? []);
    input.value = "";
  }

  private chosenFile(file: File): TemplateResult {
    const remove = () => {
      this.files = this.files.filter((one) => one !== file);
      this.requestUpdate();
    };
    return html`<li><span>${file.name}</span> <span class="fine">${sizeText(file.size)}</span>
      <button type="button" class="plain small" aria-label="Take ${file.name} away" @click=${remove}>×</button></li>`;
  }

  private progress(): TemplateResult {
    const done = this.jobs.filter((job) => isAnalysed(job));
    const older = new Set(done.slice(kDoneShown));
    const shown = this.jobs.filter((job) => !older.has(job));
    return html`<section aria-labelledby="jobs-title"><h2 id="jobs-title">Handed in</h2>
      ${trouble(this.lost, () => void this.look())}
      <ul class="jobs">
        ${this.sendings.map((sending) => html`<li><span class="name">${sending.name}</span>
          <span>Sending, ${Math.round(100 * sending.part)}\u00a0%</span>
          <progress max="1" .value=${sending.part} aria-label="Sending ${sending.name}"></progress>
          <button type="button" @click=${() => sending.stop()}>Stop</button></li>`)}
        ${shown.map((job) => html`<li class=${job.state}><span class="name">${job.name}</span>
          <span>${job.state === "failed" ? html`<span class="grave" aria-hidden="true">!</span> ` : nothing}${stateText(job)}</span>
          ${job.state === "analysing" ? html`<progress max="1" .value=${job.progress} aria-label="Analysing ${job.name}"></progress>` : nothing}
          ${job.call ? html`<a href="/calls/${job.call}">Open the call<span class="unseen"> ${job.name}</span></a>` : nothing}</li>`)}
      </ul>
      ${older.size ? html`<p class="fine">${times(older.size, "older one is", "older ones are")} analysed, too: all stand in
        <a href="/?when=all&flagged=any&order=newest">the list of calls</a>.</p>` : nothing}</section>`;
  }
}

function field(name: string, words: string, known: readonly string[], hint = ""): TemplateResult {
  return html`<div class="one"><label for=${name}>${words}</label>
    <input id=${name} name=${name} maxlength="200" autocomplete="off" list=${known.length ? `${name}-known` : nothing}
      aria-describedby=${hint ? `${name}-hint` : nothing}>
    ${known.length ? html`<datalist id="${name}-known">${known.map((value) => html`<option value=${value}></option>`)}</datalist>` : nothing}
    ${hint ? html`<p class="fine" id="${name}-hint">${hint}</p>` : nothing}</div>`;
}

function addressOf(file: File, given: FormData): string {
  const asked = new URLSearchParams({ name: file.name, agent_channel: String(given.get("agent_channel")) });
  for (const name of kFields) {
    const value = String(given.get(name)).trim();
    if (value) asked.set(name, value);
  }
  const began = String(given.get("started_at"));
  if (began) asked.set("started_at", new Date(began).toISOString());
  return `/api/calls?${asked}`;
}

// The server names the file itself where it has looked into it.
const aboutFile = (name: string, message: string): string => (message.startsWith(name) ? message : `${name}: ${message}`);

const isAnalysed = ({ state }: Job): boolean => state === "done" || state === "known";
const isOver = ({ state }: Job): boolean => state !== "waiting" && state !== "analysing";

function stateText(job: Job): string {
  switch (job.state) {
    case "waiting": return "Waits for its turn.";
    case "analysing": return `Being analysed, ${Math.round(100 * job.progress)}\u00a0%`;
    case "done": return "Analysed.";
    case "known": return "This recording was there already.";
    case "failed": return `Could not be analysed: ${withoutName(job.error, job.name) || "no reason was given"}`;
  }
}

const withoutName = (error: string, name: string): string => (error.startsWith(`${name}: `) ? error.slice(name.length + 2) : error);

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)}\u00a0kB` : `${(bytes / 1_000_000).toFixed(1)}\u00a0MB`;

customElements.define("review-upload", UploadPage);
