import { kParties, type Party } from "../shared/kinds";
import type { Answer, Card, Hello, Notice, Overlap, Segment, State, Summary, Voice } from "./contract";

export const kStripS = 120;
const kMostCards = 3;          // On view: one on top, the others below it.
const kLeastOnViewMs = 8000;   // A card that is over at once could not be read otherwise.
const kLeastAfterAnswerMs = 2000;
const kNoticeMs = 10000;       // For notices that nothing closes.

export interface ShownCard extends Card {
  shownAtMs: number;
  answeredAtMs: number | null;
  steppedBack: boolean;
}

interface ShownNotice extends Notice { shownAtMs: number }

// One point of the traces: both voices against their own usual; null where there is none to show.
export interface TracePoint {
  time_s: number;
  f0_st: Record<Party, number | null>;
  level_db: Record<Party, number | null>;
}

// The call as the page knows it. Cards are replaced, never changed, so that a look at their identity
// shows whether they are still the same.
export class Call {
  parties: Record<Party, boolean>;
  sound: boolean;
  replay: boolean;
  waiting: boolean;  // For the first call of a shift.
  state: State;
  summary: Summary | null = null;
  segments: Segment[];
  overlaps: Overlap[];
  cards: ShownCard[] = [];  // The oldest first.
  trace: TracePoint[] = [];
  private notices: ShownNotice[] = [];

  constructor(hello: Hello, nowMs: number, before: Call | null) {
    this.parties = hello.parties;
    this.sound = hello.sound;
    this.replay = hello.replay;
    this.waiting = hello.waiting;
    this.state = hello.state;
    this.segments = [...hello.strip.segments];
    this.overlaps = [...hello.strip.overlaps];
    const same = before !== null && before.state.time_s <= hello.time_s && !before.summary;
    if (same) this.trace = before.trace;  // The program does not keep it.
    for (const card of hello.cards) this.addKnownCard(card, hello.time_s, nowMs, same ? before : null);
    for (const notice of hello.notices) this.addNotice(notice, nowMs);
    this.addTracePoint();
    if (hello.summary) this.end(hello.summary);
  }

  setState(state: State): void {
    this.state = state;
    this.addTracePoint();
    const oldest_s = state.time_s - kStripS;
    if ((this.segments[0]?.end_s ?? Infinity) < oldest_s) this.segments.shift();
    if ((this.overlaps[0]?.end_s ?? Infinity) < oldest_s) this.overlaps.shift();
  }

  end(summary: Summary): void {
    this.summary = summary;
    this.cards = this.cards.map((card) => ({ ...card, steppedBack: true }));
  }

  addSegment(segment: Segment): void { this.segments.push(segment); }
  addOverlap(overlap: Overlap): void { this.overlaps.push(overlap); }

  addCard(card: Card, nowMs: number): void {
    this.push({ ...card, shownAtMs: nowMs, answeredAtMs: null, steppedBack: false });
  }
  clear(id: number, at_s: number): void { this.change(id, { cleared_at_s: at_s }); }
  answer(id: number, answer: Answer | null, nowMs: number): void {
    this.change(id, { answer, answeredAtMs: answer ? nowMs : null });
  }

  addNotice(notice: Notice, nowMs: number): void {
    const about = (other: Notice) => notice.party === "both" || other.party === notice.party;
    this.notices = this.notices.filter((n) =>
      notice.kind === "returned" || notice.kind === "lost"
        ? !(about(n) && (n.kind === "lost" || n.kind === "returned"))
        : n.kind !== notice.kind || !about(n));
    this.notices.push({ ...notice, shownAtMs: nowMs });
  }

  // Lets step back what has been seen long enough. @return whether anything did.
  settle(nowMs: number): boolean {
    const notices = this.notices.filter((n) => n.kind === "lost" || nowMs - n.shownAtMs < kNoticeMs);
    const done = this.cards.filter((card) => !card.steppedBack && isDone(card, nowMs));
    for (const card of done) this.change(card.id, { steppedBack: true });
    const changed = done.length > 0 || notices.length < this.notices.length;
    this.notices = notices;
    return changed;
  }

  get openNotices(): readonly Notice[] { return this.notices; }

  // The newest that still holds: one that was pushed down by a shorter one comes back after it.
  get topCard(): ShownCard | null {
    return this.cards.findLast((card) => !card.steppedBack) ?? null;
  }
  // The newest first.
  get olderCards(): ShownCard[] {
    const top = this.topCard;
    const older = this.cards.filter((card) => card !== top).reverse();
    return older.slice(0, kMostCards - (top ? 1 : 0));
  }
  // The top card or one below it is about distress.
  get tellsDistress(): boolean {
    return [this.topCard, ...this.olderCards].some((card) => card?.cue === "distress");
  }
  get marks(): ShownCard[] {
    return this.cards.filter((card) => card.at_s > this.state.time_s - kStripS);
  }
  // There is a call, and it is not over.
  get live(): boolean { return !this.waiting && this.summary === null; }
  get learning(): Party[] {
    return kParties.filter((party) => this.parties[party] && !this.state[party].usual_known);
  }

  private addKnownCard(card: Card, time_s: number, nowMs: number, before: Call | null): void {
    const known = before?.cards.find((c) => c.id === card.id);
    const shownAtMs = known?.shownAtMs ?? nowMs - 1000 * (time_s - card.at_s);
    const shown = { ...card, shownAtMs, answeredAtMs: known?.answeredAtMs ?? null, steppedBack: false };
    this.push({ ...shown, steppedBack: known?.steppedBack ?? isDone(shown, nowMs) });
  }

  // What is told again does not stay behind its newer card.
  private push(card: ShownCard): void {
    const again = (old: ShownCard) => old.cue === card.cue && old.party === card.party;
    const before = this.cards.filter((old) => old.id !== card.id);
    this.cards = [...before.map((old) => (again(old) ? { ...old, steppedBack: true } : old)), card];
  }

  private change(id: number, to: Partial<ShownCard>): void {
    this.cards = this.cards.map((card) => (card.id === id ? { ...card, ...to } : card));
  }

  private addTracePoint(): void {
    const { state } = this;
    const shown = (voice: Voice, value: number | null) => (voice.speaking ? value : null);
    const both = (key: "f0_st" | "level_db") => ({
      agent: shown(state.agent, state.agent[key]),
      customer: shown(state.customer, state.customer[key]),
    });
    this.trace.push({ time_s: state.time_s, f0_st: both("f0_st"), level_db: both("level_db") });
    while ((this.trace[0]?.time_s ?? Infinity) < state.time_s - kStripS) this.trace.shift();
  }
}

function isDone(card: ShownCard, nowMs: number): boolean {
  const over = card.cleared_at_s !== null || card.answer !== null;
  return over && nowMs - card.shownAtMs >= kLeastOnViewMs &&
    nowMs - (card.answeredAtMs ?? -Infinity) >= kLeastAfterAnswerMs;
}
