import { LitElement, type PropertyDeclarations } from "lit";

// A chart that knows how wide it is, and is drawn anew when that changes.
export abstract class WideChart extends LitElement {
  static override properties: PropertyDeclarations = { width: { state: true } };
  declare width: number;
  private readonly watcher = new ResizeObserver(([entry]) => { this.width = Math.round(entry!.contentRect.width); });

  constructor() {
    super();
    this.width = 0;
  }

  protected override createRenderRoot(): HTMLElement { return this; }
  override connectedCallback(): void {
    super.connectedCallback();
    this.watcher.observe(this);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher.disconnect();
  }
}
