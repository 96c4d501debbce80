import { html, nothing, type TemplateResult } from "lit";

// One sentence on what went wrong, read out at once. @param again  What "Try again" does.
export function trouble(message: string, again?: () => void): TemplateResult | typeof nothing {
  if (!message) return nothing;
  return html`<p class="trouble" role="alert"><span class="sign" aria-hidden="true">!</span><span>${message}</span>
    ${again ? html`<button type="button" @click=${again}>Try again</button>` : nothing}</p>`;
}
