import { messageOf } from "./api";
import { Page } from "./page";

// A page that asks the server when it is shown, and tells what went wrong.
export abstract class AskingPage extends Page {
  protected failure = "";

  protected abstract load(): Promise<void>;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }
  override refresh(): void { void this.load(); }

  protected async attempt(what: () => Promise<void>): Promise<void> {
    this.failure = "";
    try {
      await what();
    } catch (error) {
      this.failure = messageOf(error);
    }
    this.requestUpdate();
  }
}
