// Stands in for the program: serves the bundle and, on command, the events of docs/desk_page.md.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";

const kDist = path.join(import.meta.dirname, "..", "..", "dist");
const kFiles = {
  "/": ["desk.html", "text/html; charset=utf-8"],
  "/desk.js": ["desk.js", "text/javascript; charset=utf-8"],
  "/desk.css": ["desk.css", "text/css; charset=utf-8"],
  "/desk.svg": ["desk.svg", "image/svg+xml"],
};

export const voice = (changes = {}) => ({
  speaking: false, speaking_since_s: null, level_dbfs: -62, usual_known: true, level_db: 0.4, f0_st: -0.2,
  rate_ratio: 1.02, rate_syl_per_s: 4.6, talk_s: 31.2, talk_share: 0.42, ...changes,
});

export const state = (time_s, changes = {}) => ({
  time_s, snoozed_until_s: null, both_silent_s: 0, quiet_start: false,
  agent: voice(), customer: voice({ talk_share: 0.38 }), ...changes,
});

export const hello = (time_s, changes = {}) => ({
  version: "0.1.0", parties: { agent: true, customer: true }, sound: true, replay: false, waiting: false, time_s,
  strip: { segments: [], overlaps: [] }, cards: [], notices: [], state: state(time_s), summary: null, ...changes,
});

export const card = (id, at_s, changes = {}) => ({
  id, at_s, cue: "interruption", party: "agent", title: "Interruption", text: "Let them finish.",
  reason: "You both spoke for 0.9 s; they were 4.8 s into their turn", critical: true, escalation: false,
  cleared_at_s: null, answer: null, ...changes,
});

export const summary = (changes = {}) => ({
  duration_s: 612, moved: [{ name: "Your share of the talking", from: "38 %", to: "55 %" }],
  note: "Your other numbers stayed level.", well: "You let every turn come to its end.", try: "Say what you look up.",
  counts: { alerts: 1, helpful: 0, wrong: 0 }, ...changes,
});

export class FakeProgram {
  posts = [];          // {address, body, headers}
  hello = hello(0);    // What the next connection is told first.
  answerStatus = 204;
  turnsAway = false;
  connections = 0;
  #streams = new Set();
  #sent = 0;

  static async start() {
    const program = new FakeProgram();
    program.server = createServer((request, reply) => program.#handle(request, reply));
    await new Promise((done) => program.server.listen(0, "127.0.0.1", done));
    program.address = `http://127.0.0.1:${program.server.address().port}`;
    return program;
  }

  async stop() {
    this.hangUp();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  send(name, data) {
    for (const stream of this.#streams) this.#write(stream, name, data);
  }
  hangUp() {
    for (const stream of this.#streams) stream.destroy();
    this.#streams.clear();
  }

  #write(stream, name, data) {
    stream.write(`id: ${++this.#sent}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  async #handle(request, reply) {
    reply.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    if (request.method === "POST") return this.#take(request, reply);
    if (request.url === "/events") return this.#openStream(request, reply);
    if (this.turnsAway) return reply.writeHead(403, { "Content-Type": "text/plain" }).end("Open the address.");
    const [file, type] = kFiles[request.url] ?? [];
    if (!file) return reply.writeHead(404).end();
    reply.writeHead(200, { "Content-Type": type }).end(await readFile(path.join(kDist, file)));
  }

  #openStream(request, reply) {
    if (this.turnsAway) return reply.writeHead(403, { "Content-Type": "text/plain" }).end("Open the address.");
    ++this.connections;
    reply.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
    reply.write("retry: 200\n\n");
    this.#write(reply, "hello", this.hello);
    this.#streams.add(reply);
    request.on("close", () => this.#streams.delete(reply));
  }

  async #take(request, reply) {
    let text = "";
    for await (const part of request) text += part;
    this.posts.push({ address: request.url, body: JSON.parse(text), type: request.headers["content-type"] });
    if (this.answerStatus === 204) return reply.writeHead(204).end();
    reply.writeHead(this.answerStatus, { "Content-Type": "application/json" }).end('{"error": "no alert has this number"}');
  }
}
