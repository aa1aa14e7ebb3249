// Bundles and minifies styles, fonts and scripts into the Python package, with the content hash in each name,
// and writes the manifest that the templates look names up in.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, "..", "sorgenetz", "web", "static", "built");

// What every page has, and what a page fetches when it is wanted: each file in scripts/wanted is a bundle of its own.
const wanted = (await readdir(join(here, "scripts/wanted"))).filter((name) => name.endsWith(".js"));

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
const result = await build({
  absWorkingDir: here,
  entryPoints: ["styles/pages.css", "scripts/pages.js", ...wanted.map((name) => `scripts/wanted/${name}`)],
  outdir: built,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  loader: { ".woff2": "file", ".wasm": "file" },
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
});

const manifest = {};
let bytes = 0;
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  const file = basename(path);
  manifest[file.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1")] = file;
  bytes += output.bytes;
  // Beside each text and program a packed copy, which the service sends to those who take it; fonts are packed already.
  if (!file.endsWith(".woff2")) await writeFile(join(built, `${file}.gz`), gzipSync(await readFile(join(built, file)), { level: 9 }));
}
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(join(built, "manifest.json"), JSON.stringify(sorted, null, 1) + "\n");
console.log(`${Object.keys(sorted).length} files, ${Math.round(bytes / 1024)} KB, in ${built}`);
