// Builds both pages into a folder: node build.mjs FOLDER
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";

const here = import.meta.dirname;
const into = path.resolve(process.argv[2]);
const kPages = ["desk", "review"];  // The agent's and the supervisors'.

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: kPages.flatMap((page) => [`src/${page}/${page}.ts`, `src/${page}/${page}.css`]),
  entryNames: "[name]",
  outdir: into,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",  // They are in LICENSES.txt.
  metafile: true,
  logLevel: "warning",
});
await mkdir(into, { recursive: true });
for (const page of kPages) {
  for (const file of [`${page}.html`, `${page}.svg`]) await cp(path.join(here, "src", page, file), path.join(into, file));
}
await writeFile(path.join(into, "LICENSES.txt"), await licences(Object.keys(metafile.inputs)));

// The licences of what went into the bundle.
async function licences(inputs) {
  const names = inputs.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
  const parts = ["The pages of tonecue contain these packages.\n"];
  for (const name of [...new Set(names)].filter(Boolean).sort()) {
    const folder = path.join(here, "node_modules", name);
    const { version } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = await readFile(path.join(folder, file), "utf8");
    parts.push(`=== ${name} ${version}\n\n${text.replaceAll("\r\n", "\n").trim()}\n`);
  }
  return parts.join("\n");
}
