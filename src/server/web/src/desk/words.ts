import type { Party } from "../shared/kinds";
import type { Answer } from "./contract";

// The reader is the agent.
export const kPartyName: Record<Party, string> = { agent: "You", customer: "Customer" };

export const kAnswerWord: Record<Answer, string> = {
  helpful: "Helpful",
  not_now: "Not now",
  wrong: "Wrong",
};
