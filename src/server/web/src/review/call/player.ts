import type { Party } from "../../shared/kinds";

export const kSpeeds: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 2];
const kAside = 0.35;  // Each voice a little to its own side, so that both at once can be told apart.

// Plays the recording of a call. Without one it still keeps a place in the call, for notes and links.
//
// Nothing is asked of the program before the first sound: what it gives out is written down there
// as listened to.
export class Player {
  rate = 1;
  failure = "";
  readonly muted: Record<Party, boolean> = { agent: false, customer: false };
  private readonly audio: HTMLAudioElement | null = null;
  private context: AudioContext | null = null;
  private readonly gains: Partial<Record<Party, GainNode>> = {};
  private place_s = 0;
  private isPlaced = false;  // The element stands where `place_s` says, and goes on from there.
  private moving = 0;

  // @param url       null: no audio is kept.
  // @param onMove    The play-head has moved, at each frame while it plays.
  // @param onChange  Playing, speed, who is heard or the failure has changed.
  constructor(
    url: string | null, private readonly parties: readonly Party[], private duration_s: number,
    private readonly onMove: () => void, private readonly onChange: () => void,
  ) {
    if (url === null) return;
    this.audio = new Audio();
    this.audio.preload = "none";
    this.audio.preservesPitch = true;
    this.audio.src = url;
    for (const name of ["play", "pause", "ended"]) this.audio.addEventListener(name, () => this.hearState());
    this.audio.addEventListener("loadedmetadata", () => this.placeElement());
    this.audio.addEventListener("emptied", () => { this.isPlaced = false; });
    this.audio.addEventListener("error", () => this.fail());
  }

  get hasAudio(): boolean { return this.audio !== null; }
  get playing(): boolean { return this.audio !== null && !this.audio.paused && !this.audio.ended; }
  get time_s(): number { return this.place_s; }

  // Of a call that goes on.
  growTo(duration_s: number): void { this.duration_s = duration_s; }

  seek(time_s: number): void {
    this.place_s = Math.max(0, Math.min(time_s, this.duration_s));
    if (this.isPlaced) this.placeElement();
    this.onMove();
  }

  async play(): Promise<void> {
    if (!this.audio) return;
    this.failure = "";
    if (this.audio.error) this.audio.load();
    if (this.place_s >= this.duration_s - 0.05) this.seek(0);
    this.audio.defaultPlaybackRate = this.audio.playbackRate = this.rate;
    this.connect();
    try {
      await Promise.all([this.context?.resume(), this.audio.play()]);
    } catch (error) {
      // A pause that comes before the first sound is no failure; a broken file tells `error`.
      if (error instanceof DOMException && error.name === "NotAllowedError") {
        this.failure = "The browser does not let this page play sound. Press play once more.";
      }
    }
    this.onChange();
  }
  pause(): void { this.audio?.pause(); }
  toggle(): void { this.playing ? this.pause() : void this.play(); }

  setRate(rate: number): void {
    this.rate = rate;
    if (this.audio) this.audio.playbackRate = rate;
    this.onChange();
  }

  toggleMute(party: Party): void {
    this.muted[party] = !this.muted[party];
    this.setGains();
    this.onChange();
  }

  // Frees the sound device.
  close(): void {
    cancelAnimationFrame(this.moving);
    this.audio?.pause();
    this.audio?.removeAttribute("src");
    void this.context?.close();
    this.context = null;
  }

  // One channel for each party; of a recording of one party, whichever it has. Only after a person
  // pressed something may a page make sound, so this waits for the first play.
  private connect(): void {
    if (this.context || !this.audio) return;
    const context = new AudioContext();
    const splitter = context.createChannelSplitter(2);
    context.createMediaElementSource(this.audio).connect(splitter);
    const both = this.parties.length === 2;
    for (const party of this.parties) {
      const gain = context.createGain();
      const side = context.createStereoPanner();
      side.pan.value = both ? (party === "agent" ? -kAside : kAside) : 0;
      if (!both || party === "agent") splitter.connect(gain, 0);
      if (!both || party === "customer") splitter.connect(gain, 1);
      gain.connect(side).connect(context.destination);
      this.gains[party] = gain;
    }
    this.context = context;
    this.setGains();
  }

  private setGains(): void {
    for (const party of this.parties) {
      const gain = this.gains[party];
      if (gain) gain.gain.value = this.muted[party] ? 0 : 1;
    }
  }

  // Before its length is known the element takes no time.
  private placeElement(): void {
    if (!this.audio) return;
    this.audio.currentTime = this.place_s;
    this.isPlaced = true;
  }

  private hearState(): void {
    cancelAnimationFrame(this.moving);
    if (this.playing) this.follow();
    this.onChange();
  }

  private follow(): void {
    if (this.audio && this.isPlaced && !this.audio.seeking) {
      this.place_s = Math.min(this.audio.currentTime, this.duration_s);
      this.onMove();
    }
    if (this.playing) this.moving = requestAnimationFrame(() => this.follow());
  }

  private fail(): void {
    const code = this.audio?.error?.code;
    this.failure = code === MediaError.MEDIA_ERR_NETWORK
      ? "The sound did not come through. Is tonecue still running? Press play to try again."
      : "The recording cannot be played: the program does not give it, or the browser cannot read it.";
    this.audio?.pause();  // It would still count as playing.
    this.onChange();
  }
}
