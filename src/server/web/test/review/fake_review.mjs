// Stands in for the review server: the pages and the whole JSON API (docs/review_api.md), in memory.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { madeCall, soundOf, trackOf } from "./fake_calls.mjs";
import { numberRoutes } from "./fake_numbers.mjs";

const kDist = path.join(import.meta.dirname, "..", "..", "dist");
const kPages = /^\/(calls\/\d+|numbers|agreement|people|tokens|audit|privacy|upload)?$/;
const kFiles = {
  "/review.js": "text/javascript; charset=utf-8", "/review.css": "text/css; charset=utf-8", "/review.svg": "image/svg+xml",
};
const kCookie = "tonecue_session";
export const kPassword = "a plain horse battery";

const person = (id, login, name, role, agent = "", teams = []) => ({ id, login, name, role, agent, teams, active: true });

const kDayMs = 86_400_000;

export class FakeReview {
  people = [
    { ...person(1, "ada", "Ada Admin", "admin"), password: kPassword },
    { ...person(2, "sam", "Sam Supervisor", "supervisor", "", ["North", "South"]), password: kPassword },
    { ...person(3, "dana", "Dana Kim", "agent", "Dana Kim", ["North"]), password: kPassword },
  ];
  calls = [];
  views = [];
  tokens = [];
  jobs = [];
  audit = [];
  sessions = new Map();     // Key -> {person, csrf}
  keepsAudio = true;
  requireNotice = false;
  mustChange = new Set();   // Ids of those who must choose a password.
  page_size = 25;
  asked = [];               // {method, address, body}
  refuse = null;            // (method, path) => {status, error, headers} | "hang up" | null
  #next = { note: 1, view: 1, token: 1, person: 10, job: 1, cue: 1 };

  // @param now  The calls of today began before.
  static async start({ now = new Date(), calls } = {}) {
    const review = new FakeReview();
    review.calls = calls ?? inventedCalls(now);
    for (let i = 0; i < 120; ++i) review.note("tonecue", "intake.add", `call/${(i % 60) + 1}`);
    review.server = createServer((request, reply) => void review.#handle(request, reply));
    await new Promise((done) => review.server.listen(0, "127.0.0.1", done));
    review.address = `http://127.0.0.1:${review.server.address().port}`;
    return review;
  }

  async stop() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  call(id) { return this.calls.find(({ call }) => call.id === id); }

  note(who, action, target, detail = "") {
    const number = this.audit.length + 1;
    const before = this.audit.at(-1)?.sha256 ?? "";
    const at = new Date(Date.now() - 60_000 + number).toISOString();
    const sha256 = createHash("sha256").update(`${before}|${number}|${who}|${action}|${target}|${detail}`).digest("hex");
    this.audit.push({ number, at, who, address: "127.0.0.1", action, target, detail, sha256 });
  }

  // --- Requests

  async #handle(request, reply) {
    const url = new URL(request.url, this.address);
    reply.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    if (!url.pathname.startsWith("/api/")) return this.#file(url.pathname, reply);
    const parts = [];
    for await (const part of request) parts.push(part);
    const bytes = Buffer.concat(parts);
    const json = request.headers["content-type"] === "application/json";
    const ask = {
      method: request.method, path: url.pathname, query: url.searchParams, bytes,
      body: json && bytes.length ? JSON.parse(bytes.toString()) : {}, headers: request.headers, cookies: {},
      who: this.#whoAsks(request),
    };
    this.asked.push({ method: ask.method, address: request.url, body: json ? ask.body : null, range: request.headers.range ?? null });
    const refused = this.refuse?.(ask.method, ask.path);
    if (refused === "hang up") return request.socket.destroy();
    const answer = refused ? { status: refused.status, json: { error: refused.error }, headers: refused.headers } : this.#answer(ask);
    this.#send(request, reply, answer);
  }

  #send(request, reply, { status = 200, json, bytes, type, headers = {} }) {
    for (const [name, value] of Object.entries(headers)) reply.setHeader(name, value);
    if (bytes) return sendRange(request, reply, bytes, type);
    if (json === undefined) return reply.writeHead(status).end();
    reply.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(json));
  }

  async #file(wanted, reply) {
    const name = kPages.test(wanted) ? "/review.html" : wanted;
    const type = kPages.test(wanted) ? "text/html; charset=utf-8" : kFiles[wanted];
    if (!type) return reply.writeHead(404).end();
    reply.writeHead(200, { "Content-Type": type }).end(await readFile(path.join(kDist, name)));
  }

  #whoAsks(request) {
    const key = new RegExp(`${kCookie}=(\\w+)`).exec(request.headers.cookie ?? "")?.[1];
    return this.sessions.get(key) ?? null;
  }

  #answer(ask) {
    for (const [method, pattern, access, answer] of this.#routes) {
      const found = pattern.exec(ask.path);
      if (!found || method !== ask.method) continue;
      const refused = this.#mayNot(ask, access);
      return refused ?? answer(ask, ...found.slice(1).map(decodeURIComponent));
    }
    return error(404, "there is no such thing here");
  }

  #mayNot(ask, access) {
    if (access === "anyone") return null;
    if (!ask.who) return error(401, "sign in first");
    const { person, csrf } = ask.who;
    if (this.mustChange.has(person.id) && !["/api/me/password", "/api/session"].includes(ask.path)) return error(403, "choose your own password first");
    if (ask.method !== "GET" && ask.headers["x-tonecue-csrf"] !== csrf) return error(403, "this page is out of date; load it again");
    const rank = ["agent", "supervisor", "admin"];
    return rank.indexOf(person.role) < rank.indexOf(access) ? error(403, "your role does not allow this") : null;
  }

  // Method, path, least role, answer(ask, ...parts of the path). Others add theirs with route().
  #routes = [
    ["GET", /^\/api\/me$/, "anyone", (ask) => ({ json: this.#me(ask.who) })],
    ["POST", /^\/api\/session$/, "anyone", (ask) => this.#signIn(ask)],
    ["DELETE", /^\/api\/session$/, "agent", (ask) => this.#signOut(ask)],
    ["POST", /^\/api\/me\/password$/, "agent", (ask) => this.#changePassword(ask)],
    ["GET", /^\/api\/calls$/, "agent", (ask) => this.#list(ask)],
    ["POST", /^\/api\/calls$/, "supervisor", (ask) => this.#upload(ask)],
    ["GET", /^\/api\/facets$/, "agent", () => ({ json: this.#facets() })],
    ["GET", /^\/api\/views$/, "agent", () => ({ json: { views: this.views } })],
    ["POST", /^\/api\/views$/, "agent", ({ body }) => this.#saveView(body)],
    ["DELETE", /^\/api\/views\/(\d+)$/, "agent", (_, id) => this.#drop(this.views, Number(id))],
    ["GET", /^\/api\/calls\/(\d+)$/, "agent", (_, id) => this.#one(id, (kept) => ({ json: this.#callAnswer(kept) }))],
    ["GET", /^\/api\/calls\/(\d+)\/track$/, "agent", (_, id) => this.#one(id, (kept) => ({ json: kept.track ?? trackOf(kept) }))],
    ["GET", /^\/api\/calls\/(\d+)\/audio$/, "agent", (_, id) => this.#one(id, (kept) =>
      kept.call.audio ? { bytes: (kept.sound ??= soundOf(kept)), type: "audio/wav" } : error(404, "no sound of this call is kept"))],
    ["GET", /^\/api\/calls\/(\d+)\/export\/(\w+)$/, "agent", (_, id, form) => this.#one(id, () =>
      ({ bytes: Buffer.from(`export of ${id}`), type: "text/plain", headers: { "Content-Disposition": `attachment; filename="call_${id}.${form}"` } }))],
    ["GET", /^\/api\/calls\/(\d+)\/next$/, "agent", (ask, id) => this.#nextOf(ask, Number(id))],
    ["PATCH", /^\/api\/calls\/(\d+)$/, "supervisor", ({ body }, id) => this.#one(id, ({ call }) => ({ json: Object.assign(call, body) }))],
    ["DELETE", /^\/api\/calls\/(\d+)$/, "admin", (_, id) => this.#one(id, (kept) => {
      this.calls = this.calls.filter((other) => other !== kept);
      return { status: 204 };
    })],
    ["PUT", /^\/api\/cues\/(\d+)\/verdict$/, "supervisor", (ask, id) => this.#giveVerdict(ask, Number(id))],
    ["PUT", /^\/api\/calls\/(\d+)\/reviewed$/, "supervisor", ({ body }, id) => this.#one(id, ({ call }) => {
      call.reviewed = body.reviewed;
      return { status: 204 };
    })],
    ["POST", /^\/api\/calls\/(\d+)\/notes$/, "supervisor", (ask, id) => this.#one(id, (kept) => this.#addNote(ask, kept))],
    ["PUT", /^\/api\/notes\/(\d+)$/, "supervisor", ({ body }, id) => this.#changeNote(Number(id), body)],
    ["DELETE", /^\/api\/notes\/(\d+)$/, "supervisor", (_, id) => this.#dropNote(Number(id))],
    ["GET", /^\/api\/jobs$/, "supervisor", () => ({ json: { jobs: this.jobs } })],
    ...numberRoutes(() => this.#facets()),
    ["GET", /^\/api\/people$/, "admin", () => ({ json: { people: this.people.map((one) => shown(one)) } })],
    ["POST", /^\/api\/people$/, "admin", ({ body }) => this.#addPerson(body)],
    ["PATCH", /^\/api\/people\/(\d+)$/, "admin", ({ body }, id) => this.#changePerson(Number(id), body)],
    ["POST", /^\/api\/people\/(\d+)\/password$/, "admin", (_, id) => this.#newPassword(Number(id))],
    ["GET", /^\/api\/tokens$/, "admin", () => ({ json: { tokens: this.tokens } })],
    ["POST", /^\/api\/tokens$/, "admin", ({ body }) => this.#addToken(body)],
    ["DELETE", /^\/api\/tokens\/(\d+)$/, "admin", (_, id) => this.#drop(this.tokens, Number(id))],
    ["GET", /^\/api\/audit$/, "admin", ({ query }) => this.#auditPage(query)],
    ["GET", /^\/api\/audit\/check$/, "admin", () =>
      ({ json: { entries: this.audit.length, head: this.audit.at(-1).sha256, first_broken: this.firstBroken ?? null } })],
    ["GET", /^\/api\/privacy$/, "agent", () => ({ json: this.#privacy() })],
    ["GET", /^\/api\/callers\/([^/]+)\/export$/, "admin", (_, ref) =>
      ({ bytes: Buffer.from(JSON.stringify({ calls: this.calls.filter(({ call }) => call.caller_ref === ref).map(({ call }) => call) })), type: "application/json" })],
    ["DELETE", /^\/api\/callers\/([^/]+)$/, "admin", (_, ref) => {
      const before = this.calls.length;
      this.calls = this.calls.filter(({ call }) => call.caller_ref !== ref);
      return { json: { removed: before - this.calls.length } };
    }],
  ];

  // For the pages that come later. `answer(ask, ...parts)` gives {status, json} or {bytes, type}.
  route(method, pattern, access, answer) { this.#routes.unshift([method, pattern, access, answer]); }

  // --- Who

  #me(who) {
    if (!who) return { signed_in: false, version: "0.1.0" };
    return {
      signed_in: true, version: "0.1.0", csrf: who.csrf, person: shown(who.person),
      must_change_password: this.mustChange.has(who.person.id), keeps_audio: this.keepsAudio, require_notice: this.requireNotice,
    };
  }

  #signIn({ body }) {
    const person = this.people.find(({ login, password, active }) => active && login === body.login && password === body.password);
    if (!person) return error(401, "login or password is wrong");
    const key = `key${this.sessions.size}`;
    const who = { person, csrf: `csrf${this.sessions.size}` };
    this.sessions.set(key, who);
    return { json: this.#me(who), headers: { "Set-Cookie": `${kCookie}=${key}; HttpOnly; SameSite=Strict; Path=/` } };
  }

  #signOut({ who }) {
    for (const [key, one] of this.sessions) if (one === who) this.sessions.delete(key);
    return { status: 204 };
  }

  #changePassword({ who, body }) {
    if (body.old !== who.person.password) return error(403, "the password so far is wrong");
    who.person.password = body.new;
    this.mustChange.delete(who.person.id);
    return { status: 204 };
  }

  // --- The list

  #scope(who) {
    return this.calls.map((kept) => kept).filter(({ call }) => who.person.role !== "agent" || call.agent === who.person.agent);
  }

  #fitting({ query, who }) {
    const any = (name, value) => query.getAll(name).length === 0 || query.getAll(name).includes(value);
    const flag = (name, value) => !query.has(name) || (query.get(name) === "yes") === value;
    const fits = ({ call, cues, notes }) => {
      const least = Number(query.get("least_confidence") ?? 0);
      const kinds = query.getAll("kind");
      const seen = cues.filter(({ kind, confidence }) => (kinds.length === 0 || kinds.includes(kind)) && confidence >= least);
      const at = Date.parse(call.started_at);
      return at >= Date.parse(query.get("from") ?? "1970-01-01") && at < Date.parse(query.get("to") ?? "2999-01-01") &&
        any("team", call.team) && any("queue", call.queue) && any("agent", call.agent) &&
        ((kinds.length === 0 && least === 0) || seen.length > 0) && flag("reviewed", call.reviewed) &&
        (!query.has("recovered") || call.recovered === (query.get("recovered") === "yes")) && flag("flagged", call.need > 0) &&
        (!query.get("text") || notes.some(({ text }) => text.toLowerCase().includes(query.get("text").toLowerCase())));
    };
    const newest = (one, other) => Date.parse(other.call.started_at) - Date.parse(one.call.started_at);
    const order = {
      need: (one, other) => one.call.reviewed - other.call.reviewed || other.call.need - one.call.need || newest(one, other),
      newest, oldest: (one, other) => -newest(one, other),
    };
    return this.#scope(who).filter(fits).sort(order[query.get("order") ?? "need"]);
  }

  #list(ask) {
    const all = this.#fitting(ask);
    const from = Number(ask.query.get("after") ?? 0);
    const to = from + Math.min(Number(ask.query.get("limit") ?? this.page_size), this.page_size);
    return { json: { calls: all.slice(from, to).map(({ call }) => call), next: to < all.length ? String(to) : null, total: all.length } };
  }

  #nextOf(ask, id) {
    const all = this.#fitting(ask);
    return { json: { id: all[all.findIndex(({ call }) => call.id === id) + 1]?.call.id ?? null } };
  }

  #facets() {
    const of = (name) => [...new Set(this.calls.map(({ call }) => call[name]))].filter(Boolean).sort();
    return { teams: of("team"), queues: of("queue"), agents: of("agent") };
  }

  #saveView({ name, query }) {
    const view = { id: this.#next.view++, name, query };
    this.views = [...this.views.filter((other) => other.name !== name), view].sort((a, b) => a.name.localeCompare(b.name));
    return { status: 201, json: view };
  }

  #drop(from, id) {
    const at = from.findIndex((one) => one.id === id);
    if (at < 0) return error(404, "there is none of this number");
    from.splice(at, 1);
    return { status: 204 };
  }

  // --- A call

  #one(id, answer) {
    const kept = this.call(Number(id));
    return kept ? answer(kept) : error(404, "there is no call of this number");
  }

  #callAnswer({ call, report, cues, notes }) {
    return {
      call, report, cues, notes,
      made_by: { program: "0.1.0", model: "research", model_sha256: "536b48e037cd", site_calibrated: false, settings_sha256: "aa11" },
      thresholds: {
        interruption: [{ name: "least_overlap_ms", value: 600, unit: "ms", text: "both speak for at least" }],
        distress: [{ name: "raise_at", value: 0.72, unit: "", text: "the estimate reaches" }],
      },
      error_rates: {
        interruption: { text: "of 10 such cues, 8 to 9 are right", precision: 0.87, measured_on: "31 recorded calls" },
        distress: { text: "of 10 such cues, 6 to 7 are right", precision: 0.66, measured_on: "recorded calls with actors" },
      },
      recording: call.audio ? { url: `/api/calls/${call.id}/audio`, sha256: "c0ffee" } : null,
    };
  }

  #giveVerdict({ who, body }, id) {
    const cue = this.calls.flatMap(({ cues }) => cues).find((one) => one.id === id);
    if (!cue) return error(404, "there is no cue of this number");
    cue.verdicts = cue.verdicts.filter(({ mine }) => !mine);
    if (body.verdict) cue.verdicts.push({ person: who.person.name, verdict: body.verdict, at: new Date().toISOString(), mine: true });
    return { json: { verdicts: cue.verdicts } };
  }

  #addNote({ who, body }, { call, notes }) {
    if (!body.text) return error(400, "text: write something");
    const note = {
      id: this.#next.note++, at_s: body.at_s ?? null, text: body.text, person: who.person.name,
      written_at: new Date().toISOString(), mine: true,
    };
    notes.push(note);
    call.notes = notes.length;
    return { status: 201, json: note };
  }

  #changeNote(id, { text }) {
    const note = this.calls.flatMap(({ notes }) => notes).find((one) => one.id === id);
    if (!note) return error(404, "there is no note of this number");
    return { json: Object.assign(note, { text }) };
  }

  #dropNote(id) {
    for (const { call, notes } of this.calls) {
      if (!notes.some((one) => one.id === id)) continue;
      this.#drop(notes, id);
      call.notes = notes.length;
      return { status: 204 };
    }
    return error(404, "there is no note of this number");
  }

  // --- Uploads: a job goes one step on each time that it is asked for.

  #upload({ query, bytes }) {
    if (bytes.subarray(0, 4).toString() !== "RIFF") return error(415, `${query.get("name")}: this is no recording that tonecue can read`);
    const job = { id: this.#next.job++, name: query.get("name"), state: "waiting", progress: 0, call: null, error: "" };
    this.jobs.unshift(job);
    this.uploaded = Object.fromEntries(query);
    return { status: 202, json: { job: job.id } };
  }

  // The analysis gets on: for the test to say.
  work(id, changes) { Object.assign(this.jobs.find((job) => job.id === id), changes); }

  // --- Administration

  #addPerson({ login, name, role, agent = "", teams = [] }) {
    if (this.people.some((one) => one.login === login)) return error(409, `login: ${login} is there already`);
    const made = { ...person(this.#next.person++, login, name, role, agent, teams), password: "K7QM-2XWD-9FHT-4RBN-8CJV" };
    this.people.push(made);
    this.mustChange.add(made.id);
    return { status: 201, json: { person: shown(made), password: made.password } };
  }

  #changePerson(id, changes) {
    const found = this.people.find((one) => one.id === id);
    if (!found) return error(404, "there is no person of this number");
    const admins = this.people.filter(({ role, active }) => role === "admin" && active);
    const loses = (changes.role && changes.role !== "admin") || changes.active === false;
    if (admins.length === 1 && admins[0] === found && loses) return error(409, "this is the last admin");
    return { json: shown(Object.assign(found, changes)) };
  }

  #newPassword(id) {
    const found = this.people.find((one) => one.id === id);
    if (!found) return error(404, "there is no person of this number");
    found.password = "N3WP-4SSW-0RDX-7TQZ-5HKM";
    this.mustChange.add(id);
    return { json: { password: found.password } };
  }

  #addToken({ name, right, teams = [], days }) {
    const now = Date.now();
    this.tokens.push({
      id: this.#next.token++, name, right, teams, created_at: new Date(now).toISOString(),
      expires_at: new Date(now + days * kDayMs).toISOString(), last_used_at: null,
    });
    return { status: 201, json: { token: "tonecue_4f8a2c9d1e7b3a6f5c0d8e2b" } };
  }

  #auditPage(query) {
    const before = Number(query.get("before") ?? Infinity) || Infinity;
    const limit = Number(query.get("limit") ?? 50);
    const fits = ({ number, who, target }) => number < before && ["", who].includes(query.get("who") ?? "") && ["", target].includes(query.get("target") ?? "");
    return { json: { entries: this.audit.filter(fits).slice(-limit).reverse() } };
  }

  #privacy() {
    return {
      keeps_audio: this.keepsAudio, require_notice: this.requireNotice, agent_first_h: 24,
      retention: [
        { kind: "audio", days: 30, count: this.calls.filter(({ call }) => call.audio).length, oldest: this.calls.at(-1)?.call.started_at ?? null },
        { kind: "calls", days: 365, count: this.calls.length, oldest: this.calls.at(-1)?.call.started_at ?? null },
        { kind: "audit", days: 730, count: this.audit.length, oldest: this.audit[0]?.at ?? null },
      ],
      last_run: new Date().toISOString(),
    };
  }
}

const error = (status, text) => ({ status, json: { error: text } });

const shown = ({ password, ...rest }) => rest;

// Sixty calls: the first 30 today, one each ten minutes back from now; the others one each half day.
function inventedCalls(now) {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  return Array.from({ length: 60 }, (_, i) => {
    const today = Math.max(midnight + 1000 * (30 - i), now.getTime() - (i + 1) * 600_000);
    return madeCall(i + 1, new Date(i < 30 ? today : midnight - (i - 29) * (kDayMs / 2)));
  });
}

function sendRange(request, reply, bytes, type) {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  reply.setHeader("Accept-Ranges", "bytes");
  if (!range) return reply.writeHead(200, { "Content-Type": type, "Content-Length": bytes.length }).end(bytes);
  const from = Number(range[1]);
  const to = Math.min(range[2] ? Number(range[2]) : bytes.length - 1, bytes.length - 1);
  reply.writeHead(206, {
    "Content-Type": type, "Content-Range": `bytes ${from}-${to}/${bytes.length}`, "Content-Length": to - from + 1,
  }).end(bytes.subarray(from, to + 1));
}
