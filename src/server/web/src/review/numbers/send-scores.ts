import { ApiError, csrfHeader, noAnswer, refusal } from "../api";
import type { Imported } from "./contract";

// What is wrong with a file of scores: one line each, where the server names them.
export class ScoresError extends ApiError {
  constructor(message: string, status: number, readonly problems: readonly string[]) { super(message, status); }
}

// @throws ScoresError
export async function sendScores(file: Blob): Promise<Imported> {
  let reply: Response;
  try {
    reply = await fetch("/api/scores", { method: "POST", headers: { ...csrfHeader(), "Content-Type": "text/csv" }, body: file });
  } catch {
    throw noAnswer();
  }
  const text = await reply.text();
  if (reply.ok) return JSON.parse(text) as Imported;
  const { message } = refusal(reply.status, text, reply.headers.get("Retry-After"));
  throw new ScoresError(message, reply.status, problemsIn(text));
}

function problemsIn(text: string): readonly string[] {
  try {
    const { problems } = JSON.parse(text) as { problems?: unknown };
    return Array.isArray(problems) ? problems.filter((one): one is string => typeof one === "string") : [];
  } catch {
    return [];
  }
}
