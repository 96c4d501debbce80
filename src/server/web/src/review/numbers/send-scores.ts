import { csrfHeader, noAnswer, refusal } from "../api";
import type { Imported } from "./contract";

// @throws ApiError
export async function sendScores(file: Blob): Promise<Imported> {
  let reply: Response;
  try {
    reply = await fetch("/api/scores", { method: "POST", headers: { ...csrfHeader(), "Content-Type": "text/csv" }, body: file });
  } catch {
    throw noAnswer();
  }
  const text = await reply.text();
  if (!reply.ok) throw refusal(reply.status, text, reply.headers.get("Retry-After"));
  return JSON.parse(text) as Imported;
}
