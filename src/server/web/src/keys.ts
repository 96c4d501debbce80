// Single-key shortcuts can be switched off, because speech input types letters that nobody meant
// (WCAG 2.1.4). The choice stays with this browser.

const kStored = "tonecue_keys";
const kAlways = ["escape", "arrowright", "arrowleft", "arrowup", "arrowdown"];

export class Keys {
  on = localStorage.getItem(kStored) !== "off";

  constructor(take: (key: string) => boolean) {
    window.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const key = event.key.toLowerCase();
      if ((this.on || kAlways.includes(key)) && take(key)) event.preventDefault();
    });
  }

  toggle(): void {
    this.on = !this.on;
    localStorage.setItem(kStored, this.on ? "on" : "off");
  }
}
