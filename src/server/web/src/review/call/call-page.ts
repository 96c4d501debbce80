import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Party } from "../../shared/kinds";
import { clock, times } from "../../shared/words";
import { api, isAborted, messageOf } from "../api";
import type { CallAnswer, Cue, GivenVerdict, Note, Track, Verdict } from "../contract";
import { announce, Page, type Shortcut, tellCallChanged } from "../page";
import { place } from "../place";
import { session } from "../session";
import { trouble } from "../trouble";
import { filtersIn, momentIn, nextAddress, pageAddress, shareAddress } from "./address";
import { callHead, type Following } from "./call-head";
import "./call-details";
import type { Details } from "./call-details";
import { takeCallKey, kCallKeys } from "./call-keys";
import { CallModel } from "./call-model";
import "./call-notes";
import type { CallNotes, NoteDraft } from "./call-notes";
import "./call-removal";
import { callShort } from "./call-short";
import "./call-stage";
import type { CallStage } from "./call-stage";
import { bringIntoList, cueList, kVerdictWord } from "./cue-list";
import { cueWhy } from "./cue-why";
import { Follower } from "./follower";
import { kSpeeds, Player } from "./player";
import { kSkipS, playerBar } from "./player-bar";

const kLeadInS = 2;  // Playing a moment begins so long before it.

// The page of one call.
export class CallPage extends Page {
  static override properties = { callId: { attribute: "call-id", type: Number } };
  declare callId: number;
  private model: CallModel | null = null;
  private notes: readonly Note[] = [];
  private player: Player | null = null;
  private chosenId: number | null = null;
  private traced = false;
  private failure = "";
  private copied = "";
  private keepingNote = false;
  private byPointer = false;  // What was used last.
  private nextId: Promise<number | null> | null = null;
  private sendings = 0;      // All that this page has sent,
  private underWay = 0;      // and those without an answer yet.
  private following: Following = "no";
  private readonly follower = new Follower(() => this.follow(), (forGood) => this.losesTrack(forGood));
  private readonly leaving = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("hashchange", this.onHash);
    this.addEventListener("pointerdown", () => { this.byPointer = true; });
    this.addEventListener("keydown", () => { this.byPointer = false; });
    for (const name of ["click", "change"]) this.addEventListener(name, (event) => this.freeSpace(event));
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.onHash);
    this.leaving.abort();
    this.follower.end();
    this.player?.close();
  }

  protected override firstUpdated(_: PropertyValues): void { void this.load(); }

  override refresh(): void { void this.load(); }

  override get shortcuts(): readonly Shortcut[] {
    return session.mayReview ? kCallKeys : kCallKeys.filter(({ judges }) => !judges);
  }
  override takeKey(key: string, event: KeyboardEvent): boolean { return takeCallKey(this, key, event); }

  // --- What comes from the server

  private async load(): Promise<void> {
    const address = `/api/calls/${this.callId}`;
    const { signal } = this.leaving;
    try {
      const track = api.get<Track>(`${address}/track`, signal);
      track.catch(() => {});  // Told below, after the call itself.
      this.begin(await api.get<CallAnswer>(address, signal));
      this.model?.addTrack(await track);
      this.traced = true;
      this.failure = "";
      this.nextId ??= this.askNext();
      if (this.model?.isRunning) this.follower.begin();
    } catch (error) {
      if (isAborted(error)) return;
      this.failure = messageOf(error);
    }
    this.requestUpdate();
  }

  // What has come since, of a call that goes on; once more after its end, as its sound comes last. All
  // of it at once, and nothing else: what is on view, chosen, typed or in focus stays.
  private async follow(): Promise<boolean> {
    const { sendings } = this;
    if (session.lapsed || this.underWay > 0) return true;
    const address = `/api/calls/${this.callId}`;
    const answer = await api.get<CallAnswer>(`${address}?follow=yes`, this.leaving.signal);
    const track = await api.get<Track>(`${address}/track`, this.leaving.signal);
    if (this.sendings !== sendings) return true;  // It is from before what was just written here.
    const before = this.model!, model = new CallModel(answer);
    model.addTrack(track);
    Object.assign(this, { model, notes: answer.notes, traced: true });
    this.bringPlayer(model);
    this.following = model.isRunning ? "well" : "over";
    const more = model.cues.length - before.cues.length;
    if (before.isRunning && !model.isRunning) announce("The call is over.");
    else if (more > 0) announce(`${times(more, "new moment", "new moments")}.`);
    tellCallChanged(answer.call);
    this.requestUpdate();
    return before.isRunning;
  }

  private losesTrack(forGood: string): void {
    if (forGood) this.failure = forGood;
    this.following = forGood ? "no" : "ill";
    this.requestUpdate();
  }

  // A call that runs grows, and gets its sound at the end.
  private bringPlayer({ answer, parties, duration_s }: CallModel): void {
    const url = answer.recording?.url ?? null, before = this.player;
    if (before && (before.hasAudio || url === null)) return before.growTo(duration_s);
    this.player = new Player(url, parties, duration_s, () => this.onMove(), () => this.requestUpdate());
    if (before) this.player.seek(before.time_s);
  }

  private begin(answer: CallAnswer): void {
    const first = this.model === null;
    const onHeading = document.activeElement !== null && document.activeElement === this.querySelector("h1");
    this.model = new CallModel(answer);
    this.notes = answer.notes;
    this.traced = false;
    this.bringPlayer(this.model);
    this.following = this.model.isRunning ? "well" : "no";
    this.requestUpdate();
    if (first) void this.updateComplete.then(() => this.openAt(onHeading));
  }

  // The moment that the address names. The heading that had the focus has made way for another.
  private openAt(onHeading = false): void {
    if (onHeading) this.querySelector("h1")?.focus({ preventScroll: true });
    const { time_s, cueId } = momentIn(place.search, window.location.hash);
    const cue = this.model?.cue(cueId);
    if (cue) return this.choose(cue, { address: false });
    if (cueId !== null) this.failure = "The moment of this link is not there, or not yours to see.";
    if (time_s === null || !this.player) return;
    this.player.seek(time_s);
    this.stage?.timeline.showMoment(time_s, time_s);
  }

  private readonly onHash = (): void => this.openAt();

  // --- Moments

  get chosen(): Cue | undefined { return this.model?.cue(this.chosenId); }

  // @param play  From a little before it. A sound that runs goes on there in any case.
  choose(cue: Cue, { play = false, focus = false, address = true } = {}): void {
    this.chosenId = cue.id;
    this.copied = "";
    this.player?.seek(cue.start_s - kLeadInS);
    if (play) void this.player?.play();
    this.stage?.timeline.showMoment(Math.max(0, cue.start_s - kLeadInS), cue.end_s);
    if (address) window.history.replaceState(window.history.state, "", `${place.path}${filtersIn(place.search)}#cue-${cue.id}`);
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const item = this.querySelector<HTMLElement>(`.moment[data-cue="${cue.id}"]`);
      if (focus) item?.focus({ preventScroll: true });
      bringIntoList(item);
    });
  }

  playChosen(): void {
    if (this.chosen) this.choose(this.chosen, { play: true });
  }

  chooseId(id: number, how: { play?: boolean; focus?: boolean }): void {
    const cue = this.model?.cue(id);
    if (cue) this.choose(cue, how);
  }

  goTo(step: 1 | -1): void {
    const cue = this.model?.neighbour(this.chosenId, this.player?.time_s ?? 0, step);
    if (cue) this.choose(cue, { focus: true });
    else announce(step > 0 ? "There is no later moment." : "There is no earlier moment.");
  }

  async judge(verdict: Verdict | null): Promise<void> {
    const cue = this.chosen;
    if (!this.mayReview) return;
    if (!cue) return announce("Choose a moment first: n goes to the next.");
    await this.send(async () => {
      const { verdicts } = await api.put<{ verdicts: GivenVerdict[] }>(`/api/cues/${cue.id}/verdict`, { verdict });
      this.model?.replaceCue({ ...cue, verdicts });
      announce(verdict ? `${cue.title}: ${kVerdictWord[verdict]}.` : `${cue.title}: verdict taken back.`);
    });
  }

  // --- Playing

  private onMove(): void {
    const { player } = this;
    if (!player) return;
    this.stage?.setHead(player.time_s, player.playing);
    const at = this.querySelector(".player .at");
    const now = clock(player.time_s);
    if (at && at.textContent !== now) at.textContent = now;
  }

  // Space would go on pressing what the pointer has pressed; there it shall play.
  private freeSpace({ target }: Event): void {
    if (this.byPointer && target instanceof HTMLElement && target.closest(".sound, .explain")) {
      target.closest<HTMLElement>("button, select")?.blur();
    }
  }

  togglePlay(): void {
    if (this.player && !this.player.hasAudio) announce(this.model?.isRunning ? "The call is running: there is no sound yet." : "No sound of this call is kept.");
    this.player?.toggle();
  }
  skip(step: 1 | -1): void { this.player?.seek(this.player.time_s + step * kSkipS); }
  seek(time_s: number): void { this.player?.seek(time_s); }
  toggleMute(party: Party): void {
    if (!this.player?.hasAudio || !this.model?.parties.includes(party)) return;
    this.player.toggleMute(party);
    announce(`The ${party} is ${this.player.muted[party] ? "muted" : "heard"}.`);
  }
  changeSpeed(step: 1 | -1): void {
    const rate = kSpeeds[kSpeeds.indexOf(this.player?.rate ?? 1) + step];
    if (!this.player?.hasAudio || rate === undefined) return;
    this.player.setRate(rate);
    announce(`Speed ${rate}.`);
  }

  // --- Notes, the mark, links, other calls

  get mayReview(): boolean { return session.mayReview; }
  get stage(): CallStage | null { return this.querySelector<CallStage>("call-stage"); }
  get listAddress(): string { return `/${filtersIn(place.search)}`; }

  writeNote(): void {
    if (this.player) void this.querySelector<CallNotes>("call-notes")?.write(this.player.time_s);
  }

  private async keepNote({ id, at_s, text }: NoteDraft): Promise<void> {
    this.keepingNote = true;
    await this.send(async () => {
      if (id === null) {
        const note = await api.post<Note>(`/api/calls/${this.callId}/notes`, { at_s, text });
        this.notes = [...this.notes, note];
      } else {
        await api.put(`/api/notes/${id}`, { text });
        this.notes = this.notes.map((note) => (note.id === id ? { ...note, text } : note));
      }
      this.querySelector<CallNotes>("call-notes")?.close();
      this.tellNotes("The note is kept.");
    });
    this.keepingNote = false;
    this.requestUpdate();
  }
  private async removeNote(id: number): Promise<void> {
    await this.send(async () => {
      await api.remove(`/api/notes/${id}`);
      this.notes = this.notes.filter((note) => note.id !== id);
      this.tellNotes("The note is removed.");
    });
  }
  private tellNotes(what: string): void {
    announce(what);
    tellCallChanged({ id: this.callId, notes: this.notes.length });
  }

  async toggleReviewed(): Promise<void> {
    const call = this.model?.answer.call;
    if (!call) return;
    const reviewed = !call.reviewed;
    await this.send(async () => {
      await api.put(`/api/calls/${this.callId}/reviewed`, { reviewed });
      call.reviewed = reviewed;
      announce(reviewed ? "Marked as reviewed." : "No longer marked as reviewed.");
      tellCallChanged({ id: this.callId, reviewed });
    });
  }

  // To the chosen moment, else to the play-head.
  async copyLink(): Promise<void> {
    const time_s = this.player && this.player.time_s > 0 ? this.player.time_s : null;
    const link = shareAddress(this.callId, { time_s, cueId: this.chosenId });
    try {
      await navigator.clipboard.writeText(link);
      this.copied = "Link copied. Who opens it needs to be allowed to see this call.";
    } catch {
      this.copied = `The browser does not let this page copy; the link is ${link}`;
    }
    this.requestUpdate();
  }

  async goToNextCall(): Promise<void> {
    await this.send(async () => {
      const id = await (this.nextId ??= this.askNext());
      if (id !== null) return place.go(pageAddress(id, place.search));
      this.copied = "This was the last flagged call of the list.";
    });
  }

  // Asked for once, early: in a list where reviewed calls come last, this one's place moves on with
  // its mark.
  private askNext(): Promise<number | null> {
    const asked = api.get<{ id: number | null }>(nextAddress(this.callId, place.search), this.leaving.signal).then(({ id }) => id);
    asked.catch(() => { this.nextId = null; });  // Told, and asked again, when it is wanted.
    return asked;
  }

  private async changeDetails(changes: Partial<Details>): Promise<void> {
    await this.send(async () => {
      await api.patch(`/api/calls/${this.callId}`, changes);
      announce("Changed.");
      await this.load();  // It may be another's call by now.
    });
  }

  private async remove_(): Promise<void> {
    await this.send(async () => {
      await api.remove(`/api/calls/${this.callId}`);
      tellCallChanged({ id: this.callId, removed: true });
      announce("The call is deleted.");
      place.go(this.listAddress, { replace: true });
    });
  }

  private async send(act: () => Promise<void>): Promise<void> {
    this.failure = "";
    ++this.sendings;
    ++this.underWay;
    try {
      await act();
    } catch (error) {
      if (isAborted(error)) return;
      this.failure = messageOf(error);
    } finally {
      --this.underWay;
    }
    this.requestUpdate();
  }

  // --- What is seen

  protected override render(): TemplateResult {
    const { model, player } = this;
    if (!model || !player) {
      return html`<h1 tabindex="-1">Call</h1>${trouble(this.failure, () => void this.load())}
        ${this.failure ? nothing : html`<p class="fine">Asking for the call.</p>`}`;
    }
    return html`
      ${callHead(model.answer.call, {
        mayReview: this.mayReview, listAddress: this.listAddress, copied: this.copied, following: this.following,
        setReviewed: () => void this.toggleReviewed(), copyLink: () => void this.copyLink(), next: () => void this.goToNextCall(),
      })}
      ${trouble(this.failure || player.failure, this.failure && !this.traced ? () => void this.load() : undefined)}
      <div class="call-columns">
        <section class="panel sound" aria-label="Both voices over time">
          ${playerBar(player, model, session.me?.keeps_audio ?? false)}
          <call-stage .model=${model} .chosenId=${this.chosenId} .notes=${this.notes} .traced=${this.traced}
            @seek=${(event: CustomEvent<number>) => this.seek(event.detail)}
            @choose=${(event: CustomEvent<number>) => this.chooseId(event.detail, { play: true })}
            @open-note=${(event: CustomEvent<number>) => this.querySelector<CallNotes>("call-notes")?.show(event.detail)}></call-stage>
        </section>
        ${cueList(model, this.chosenId, { press: (cue) => this.choose(cue, { play: true }), hasAudio: player.hasAudio })}
        <div class="side">${this.chosen ? keyed(this.chosenId, this.why(this.chosen)) : callShort(model)}</div>
        <call-notes .notes=${this.notes} .busy=${this.keepingNote} .mayWrite=${this.mayReview}
          @new-note=${() => this.writeNote()} @seek=${(event: CustomEvent<number>) => this.seek(event.detail)}
          @write-note=${(event: CustomEvent<NoteDraft>) => this.keepNote(event.detail)}
          @remove-note=${(event: CustomEvent<number>) => this.removeNote(event.detail)}></call-notes>
      </div>
      <div class="call-foot">
        ${this.mayReview ? html`<call-details .call=${model.answer.call}
          @change-details=${(event: CustomEvent<Partial<Details>>) => this.changeDetails(event.detail)}></call-details>` : nothing}
        ${session.isAdmin ? html`<p><a href="/audit?target=call%2F${this.callId}">Who looked at this call</a></p>` : nothing}
        ${session.isAdmin ? html`<call-removal @remove-call=${() => void this.remove_()}></call-removal>` : nothing}
      </div>`;
  }

  private why(cue: Cue): TemplateResult {
    return cueWhy(this.model!, cue, {
      mayJudge: this.mayReview, judge: (verdict) => void this.judge(verdict),
      play: this.player?.hasAudio ? () => this.playChosen() : null,
      share: () => void this.copyLink(),
    });
  }
}

customElements.define("review-call", CallPage);
