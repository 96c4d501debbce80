import type { Person, SignedIn } from "./contract";

// Who is signed in, for all pages. `lapsed`: somebody was, and the server no longer knows them.
class Session extends EventTarget {
  me: SignedIn | null = null;
  lapsed = false;

  begin(me: SignedIn): void {
    this.me = me;
    this.lapsed = false;
    this.dispatchEvent(new Event("change"));
  }
  lapse(): void {
    if (!this.me || this.lapsed) return;
    this.lapsed = true;
    this.dispatchEvent(new Event("change"));
  }
  end(): void {
    this.me = null;
    this.lapsed = false;
    this.dispatchEvent(new Event("change"));
  }

  get person(): Person | null { return this.me?.person ?? null; }
  get mayReview(): boolean { return this.person !== null && this.person.role !== "agent"; }
  get isAdmin(): boolean { return this.person?.role === "admin"; }
}

export const session = new Session();
