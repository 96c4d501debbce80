import { session } from "./session";

// What went wrong, as one sentence for a person. status 0: no answer came.
export class ApiError extends Error {
  constructor(message: string, readonly status: number) { super(message); }
}

export interface Asking {
  body?: unknown;
  signal?: AbortSignal;
}

// Asks the server. @throws ApiError; what `signal` ends throws nothing that a person must see (isAborted).
export async function ask<Answer>(method: string, address: string, { body, signal }: Asking = {}): Promise<Answer> {
  let reply: Response;
  try {
    reply = await fetch(address, {
      method,
      headers: {
        ...(method === "GET" ? {} : csrfHeader()),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
      cache: "no-store",
    });
  } catch (error) {
    if (isAborted(error)) throw error;
    throw noAnswer();
  }
  const text = await reply.text();
  if (!reply.ok) throw refusal(reply.status, text, reply.headers.get("Retry-After"));
  return (text === "" ? undefined : JSON.parse(text)) as Answer;
}

export const api = {
  get: <Answer>(address: string, signal?: AbortSignal) => ask<Answer>("GET", address, signal ? { signal } : {}),
  post: <Answer>(address: string, body?: unknown) => ask<Answer>("POST", address, { body }),
  put: <Answer>(address: string, body?: unknown) => ask<Answer>("PUT", address, { body }),
  patch: <Answer>(address: string, body?: unknown) => ask<Answer>("PATCH", address, { body }),
  remove: <Answer>(address: string) => ask<Answer>("DELETE", address),
};

export const csrfHeader = (): Record<string, string> => ({ "X-Tonecue-Csrf": session.me?.csrf ?? "" });

export const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";

export const noAnswer = (): ApiError =>
  new ApiError("tonecue does not answer: is it running, and is the network there?", 0);

// @param text  The body of the answer. A session that is over is told to the page at once.
export function refusal(status: number, text: string, retryAfter: string | null): ApiError {
  if (status === 401 && session.me) {
    session.lapse();
    return new ApiError("You are signed out; sign in to go on.", status);
  }
  return new ApiError(sentence(toldIn(text) || kOtherwise[status] || `tonecue answered with error ${status}`, status, retryAfter), status);
}

const kOtherwise: Record<number, string> = {
  401: "Sign-in failed",
  403: "You may not do this",
  404: "This is not there, or not yours to see",
  409: "This is there already",
  413: "This is too large",
  429: "Too many requests",
  503: "tonecue is too busy to answer",
};

function toldIn(text: string): string {
  try {
    const told = (JSON.parse(text) as { error?: unknown }).error;
    return typeof told === "string" ? told : "";
  } catch {
    return "";
  }
}

function sentence(told: string, status: number, retryAfter: string | null): string {
  const begun = (isName(told) ? told.charAt(0) : told.charAt(0).toUpperCase()) + told.slice(1).replace(/[.\s]+$/, "");
  const wait_s = Number(retryAfter);
  if ((status === 429 || status === 503) && wait_s > 0) return `${begun}; try again in ${waitOf(wait_s)}.`;
  return `${begun}.`;
}

// The program's name, or a file's, "call_7.wav: ...", is written as it is.
const isName = (told: string): boolean => told.startsWith("tonecue") || /^\S+\.\w+\b/.test(told);

function waitOf(wait_s: number): string {
  if (wait_s < 90) return `${wait_s} s`;
  return `${Math.ceil(wait_s / 60)} minutes`;
}

// For whatever is caught: the sentence to show.
export const messageOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : "Something on this page went wrong; load it again.";
