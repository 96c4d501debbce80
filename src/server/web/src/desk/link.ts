import type { Answer, Events, SnoozeMinutes } from "./contract";

// Connected, lost and asking again, or turned away: the program runs with another key by now.
export type LinkState = "connecting" | "open" | "lost" | "refused";

const kSilentAfterMs = 5000;  // `state` comes ten times a second; after this nobody is there.
const kAskAgainMs = 2000;

const kEvents: readonly (keyof Events)[] = [
  "hello", "state", "segment", "overlap", "card", "clear", "answer", "notice", "summary",
];

type Take = { [Name in keyof Events]: (data: Events[Name]) => void };

// The way to the program and back. Comes back by itself, as often as it must.
export class Link {
  private source: EventSource | null = null;
  private heardAtMs = 0;
  private askAgain = 0;
  private noStates = false;  // Before the first call, and after one.

  constructor(private readonly take: Take, private readonly onState: (state: LinkState) => void) {}

  open(): void {
    this.close();
    this.heardAtMs = performance.now();
    const source = new EventSource("/events");
    this.source = source;
    for (const name of kEvents) {
      source.addEventListener(name, (event) => this.hear(name, (event as MessageEvent).data));
    }
    source.onerror = () => void this.onError(source);
  }

  close(): void {
    clearTimeout(this.askAgain);
    this.source?.close();
    this.source = null;
  }

  // To be called now and then: a program that hangs closes no connection.
  watch(): void {
    if (!this.source || this.source.readyState !== EventSource.OPEN || this.noStates) return;
    if (performance.now() - this.heardAtMs < kSilentAfterMs) return;
    this.onState("lost");
    this.open();
  }

  answer(alert: number, answer: Answer, snooze_min?: SnoozeMinutes): Promise<void> {
    return post("/answers", snooze_min ? { alert, answer, snooze_min } : { alert, answer });
  }
  wake(): Promise<void> { return post("/wake", {}); }
  end(): Promise<void> { return post("/end", {}); }

  private hear<Name extends keyof Events>(name: Name, data: string): void {
    this.heardAtMs = performance.now();
    const event = JSON.parse(data) as Events[Name];
    if (name === "hello") {
      const { summary, waiting } = event as Events["hello"];
      this.noStates = summary !== null || waiting;
      this.onState("open");
    }
    if (name === "summary") this.noStates = true;
    this.take[name](event);
  }

  // The browser asks again by itself as long as it hopes for a stream; then this does.
  private async onError(source: EventSource): Promise<void> {
    if (source !== this.source) return;
    if (source.readyState !== EventSource.CLOSED) return this.onState("lost");
    this.askAgain = window.setTimeout(() => this.open(), kAskAgainMs);
    const refused = await isRefused();
    if (source === this.source) this.onState(refused ? "refused" : "lost");
  }
}

// An EventSource does not tell why it gave up.
async function isRefused(): Promise<boolean> {
  try {
    return (await fetch("/", { cache: "no-store" })).status === 403;
  } catch {
    return false;
  }
}

async function post(address: string, body: object): Promise<void> {
  const reply = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(await reasonOf(reply));
}

async function reasonOf(reply: Response): Promise<string> {
  try {
    return String(((await reply.json()) as { error: unknown }).error);
  } catch {
    return `tonecue answered ${reply.status}`;
  }
}
