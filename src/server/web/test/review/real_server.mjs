// Starts `tonecue serve` on an empty folder, as on its first day.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

export class RealServer {
  address = "";
  password = "";  // Of the first admin.
  text = "";      // All that it has said.
  #folder;
  #child;
  #exit;

  // @param config  TOML.
  static async start({ config = "" } = {}) {
    const server = new RealServer();
    server.#folder = await mkdtemp(path.join(os.tmpdir(), "tonecue-review-"));
    const file = path.join(server.#folder, "config.toml");
    await writeFile(file, config);
    server.#run(["serve", "--data", path.join(server.#folder, "data"), "--port", "0", "--keep-audio", "--config", file]);
    server.address = new URL(await server.#untilSaid(/The review pages: (\S+)/)).origin;
    server.password = await server.#untilSaid(/with the password (\S+)/);
    await server.#untilSaid(/(Ctrl-C)/);
    return server;
  }

  get folder() { return this.#folder; }

  // A command of the same program on the same folder.
  async run(...given) {
    const child = spawn(process.env.TONECUE_PROGRAM, given, { stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const output of [child.stdout, child.stderr]) output.on("data", (part) => { text += part; });
    const status = await new Promise((done) => child.on("close", done));
    return { status, text };
  }

  async stop() {
    this.#child.kill("SIGTERM");
    await this.#exit;
    await rm(this.#folder, { recursive: true });
  }

  #run(given) {
    this.#child = spawn(process.env.TONECUE_PROGRAM, given, { stdio: ["ignore", "pipe", "pipe"] });
    for (const output of [this.#child.stdout, this.#child.stderr]) output.on("data", (text) => { this.text += text; });
    this.#exit = new Promise((done, fail) => {
      this.#child.on("error", fail);
      this.#child.on("close", (status, signal) => done(status ?? signal));
    });
  }

  async #untilSaid(pattern, limit_ms = 20_000) {
    for (const end = Date.now() + limit_ms; Date.now() < end;) {
      const seen = pattern.exec(this.text);
      if (seen) return seen[1];
      if (this.#child.exitCode !== null) break;
      await new Promise((done) => setTimeout(done, 10));
    }
    throw new Error(`the server did not come up: ${this.text}`);
  }
}
