// Where one is: the address. Pages read it and move on with go(); back and forward work as ever.
class Place extends EventTarget {
  get path(): string { return window.location.pathname; }
  get search(): string { return window.location.search; }

  constructor() {
    super();
    window.history.scrollRestoration = "manual";  // The list finds back to its row by itself.
    window.addEventListener("popstate", () => this.tell());
    document.addEventListener("click", (event) => this.follow(event));
  }

  // @param address  Of this site, "/calls/12?team=North". `replace` leaves no step to go back to. To go
  // where one is asks for what is new there.
  go(address: string, { replace = false } = {}): void {
    if (replace) window.history.replaceState(null, "", address);
    else if (address === this.path + this.search) return void this.dispatchEvent(new Event("again"));
    else window.history.pushState(null, "", address);
    this.tell();
  }

  private tell(): void { this.dispatchEvent(new Event("change")); }

  // Links within the page need no new document. Those with another purpose are left alone.
  private follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.origin !== window.location.origin || link.target || link.hasAttribute("download")) return;
    if (link.pathname.startsWith("/api/") || link.hash) return;
    event.preventDefault();
    this.go(link.pathname + link.search);
  }
}

export const place = new Place();
