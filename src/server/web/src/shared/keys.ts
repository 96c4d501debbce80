// Single-key shortcuts can be switched off, because speech input types letters that nobody meant
// (WCAG 2.1.4). The choice stays with this browser.

const kStored = "tonecue_keys";
const kAlways = ["escape", "arrowright", "arrowleft", "arrowup", "arrowdown"];

export class Keys {
  on = localStorage.getItem(kStored) !== "off";

  // @param take  Told in lower case. @return of it: the key is used up.
  // @param held  Keys that count again and again while they are held down.
  constructor(take: (key: string, event: KeyboardEvent) => boolean, held: readonly string[] = []) {
    window.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyped(event)) return;
      const key = event.key.toLowerCase();
      if (event.repeat && !held.includes(key)) return;
      if ((this.on || kAlways.includes(key)) && take(key, event)) event.preventDefault();
    });
  }

  toggle(): void {
    this.on = !this.on;
    localStorage.setItem(kStored, this.on ? "on" : "off");
  }
}

// What is typed into a field is no shortcut.
function isTyped({ target }: KeyboardEvent): boolean {
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "file"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
