// Starts the built program with a recording in place of devices, as an agent would with --open: what
// it wants to show in the browser is kept instead of shown.
import { spawn } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const kCalls = path.join(import.meta.dirname, "..", "..", "..", "..", "..", "audio_samples");

export class RealProgram {
  address = "";  // Without the key.
  url = "";      // With it.
  wayIn = "";    // The file that --open would show.
  text = "";     // All that it has said.
  #folder;
  #child;
  #exit;

  // @param config  TOML.
  // @param json    Asks for the call's JSON when it has ended.
  static async start({ call = "distressed.flac", speed = 8, config = "", json = true } = {}) {
    const program = new RealProgram();
    const folder = await mkdtemp(path.join(os.tmpdir(), "tonecue-page-"));
    program.#folder = folder;
    await writeFile(path.join(folder, "config.toml"), `${config}\n[sinks]\njson_lines = "${folder}/events.jsonl"\n`);
    for (const opener of ["open", "xdg-open"]) {
      await writeFile(path.join(folder, opener), `#!/bin/sh\nprintf %s "$1" >"${folder}/shown.new" && mv "${folder}/shown.new" "${folder}/shown"\n`);
      await chmod(path.join(folder, opener), 0o700);
    }
    program.#run(["live", "--replay", path.resolve(kCalls, call), "--speed", String(speed), "--no-sound", "--open",
                  "--config", `${folder}/config.toml`, ...(json ? ["--json", `${folder}/call.json`] : [])]);
    [, program.url] = await program.#untilSaid(/Your page: (\S+)/);
    program.address = new URL(program.url).origin;
    program.wayIn = pathToFileURL(await program.#until(() => readFile(`${folder}/shown`, "utf8").catch(() => null))).href;
    return program;
  }

  // How it ended: its exit status, or the signal that ended it.
  get ended() { return this.#exit; }

  // The call's JSON, once it has ended.
  async json() { return JSON.parse(await readFile(`${this.#folder}/call.json`, "utf8")); }

  // What it has told to [sinks] json_lines so far.
  async events() {
    const lines = (await readFile(`${this.#folder}/events.jsonl`, "utf8")).split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line));
  }

  async stop() {
    this.#child.kill("SIGINT");
    await this.#exit;
    await rm(this.#folder, { recursive: true });
  }

  #run(given) {
    const PATH = `${this.#folder}:${process.env.PATH}`;
    this.#child = spawn(process.env.TONECUE_PROGRAM, given, { env: { ...process.env, PATH }, stdio: ["ignore", "pipe", "pipe"] });
    for (const output of [this.#child.stdout, this.#child.stderr]) output.on("data", (text) => { this.text += text; });
    this.#exit = new Promise((done, fail) => {
      this.#child.on("error", fail);
      this.#child.on("close", (status, signal) => done(status ?? signal));
    });
  }

  async #untilSaid(pattern) { return this.#until(() => pattern.exec(this.text)); }

  async #until(look, limit_ms = 10_000) {
    for (const end = Date.now() + limit_ms; Date.now() < end;) {
      const seen = await look();
      if (seen) return seen;
      if (this.#child.exitCode !== null) break;
      await new Promise((done) => setTimeout(done, 10));
    }
    throw new Error(`the program did not come up: ${this.text}`);
  }
}
