import { html, type TemplateResult } from "lit";
import { announce } from "./page";

// Something that is told once and never again: a password, a token. Or a hash to be written down.
export function toldOnce(title: string, secret: string, hint: string, done: () => void): TemplateResult {
  return html`<section class="told-once" role="alert" aria-label=${title}>
    <h2>${title}</h2>
    <p><code>${secret}</code> ${copyButton(secret)}</p>
    <p class="fine">${hint}</p>
    <p><button type="button" @click=${done}>Done, hide it</button></p>
  </section>`;
}

export function copyButton(text: string): TemplateResult {
  const copy = async (event: Event) => {
    const button = event.target as HTMLButtonElement;
    const code = button.parentElement?.querySelector("code");
    try {
      await navigator.clipboard.writeText(text);
      announce("Copied.");
      button.textContent = "Copied ✓";
    } catch {
      // Without TLS browsers refuse the clipboard: marked, it is one key away.
      if (code) window.getSelection()?.selectAllChildren(code);
      announce("It is marked: copy it with Ctrl and C.");
    }
  };
  return html`<button type="button" @click=${copy}>Copy</button>`;
}
