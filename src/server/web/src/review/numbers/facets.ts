import type { LitElement } from "lit";
import { api } from "../api";
import type { Facets } from "../contract";

// The teams and queues to choose from; asked for once by each visit of a view.
export class FacetsOf {
  now: Facets = { teams: [], queues: [], agents: [] };

  constructor(private readonly view: LitElement) {}

  async load(): Promise<void> {
    try {
      this.now = await api.get<Facets>("/api/facets");
      this.view.requestUpdate();
    } catch {
      // They only help with choosing; the figures tell what is wrong.
    }
  }
}
