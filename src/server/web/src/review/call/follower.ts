import { ApiError, isAborted, messageOf } from "../api";

const kEveryMs = 5000;

// Asks again and again for what goes on, as long as somebody sees the page: at once when it is seen
// again, and each time only when the answer before has come.
export class Follower {
  private isOn = false;
  private isAsking = false;
  private timer = 0;

  // @param ask   Gives whether to go on. @param fail  No answer came; with a sentence when none will
  // come any more, because it is not there or not the asker's to see.
  constructor(private readonly ask: () => Promise<boolean>, private readonly fail: (forGood: string) => void) {}

  begin(): void {
    if (this.isOn) return;
    this.isOn = true;
    document.addEventListener("visibilitychange", this.onVisible);
    this.askLater();
  }

  end(): void {
    this.isOn = false;
    window.clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.onVisible);
  }

  private askLater(): void {
    window.clearTimeout(this.timer);
    if (document.visibilityState === "visible") this.timer = window.setTimeout(() => void this.askNow(), kEveryMs);
  }

  private async askNow(): Promise<void> {
    if (this.isAsking) return;
    window.clearTimeout(this.timer);
    this.isAsking = true;
    const goesOn = await this.ask().catch((error: unknown) => this.hearFailure(error));
    this.isAsking = false;
    if (!this.isOn) return;
    if (goesOn) this.askLater();
    else this.end();
  }

  private hearFailure(error: unknown): boolean {
    if (isAborted(error)) return false;
    const isGone = error instanceof ApiError && (error.status === 403 || error.status === 404);
    this.fail(isGone ? messageOf(error) : "");
    return !isGone;
  }

  private readonly onVisible = (): void => {
    if (document.visibilityState === "visible") void this.askNow();
    else window.clearTimeout(this.timer);
  };
}
