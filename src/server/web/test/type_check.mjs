// Holds JSON against the types of a contract: an object literal must have all fields of its type, and
// no others.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

const kWeb = path.join(import.meta.dirname, "..");

// @param contract  Its file below src. @param told  Pairs of a type, "Contract.CallPage", and a value.
// @return What TypeScript has to say; empty when all fits.
export async function complaintsOfTypeScript(contract, told) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "tonecue-contract-"));
  try {
    await writeFile(path.join(folder, "told.ts"), [
      `import type * as Contract from "${kWeb}/src/${contract}";`, "declare function take<T>(value: T): void;",
      ...told.map(([type, value]) => `take<${type}>(${JSON.stringify(value)});`),
    ].join("\n"));
    await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ extends: `${kWeb}/tsconfig.json`, include: ["told.ts"] }));
    return await new Promise((done) => execFile(path.join(kWeb, "node_modules/.bin/tsc"), ["--project", folder], (_, out) => done(out)));
  } finally {
    await rm(folder, { recursive: true });
  }
}
