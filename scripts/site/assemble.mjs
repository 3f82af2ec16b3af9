// Lays out the site: `node assemble.mjs dev|release BOUND OUT`.
// public/ goes to the site's root; styles, JavaScript, WebAssembly and the world's outlines go to pkg/<hash of all of them>/, so that browsers may
// keep them for ever; pkg/current tells the server the hash.
import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { world } from "./world.mjs";

const [mode, bound, out] = process.argv.slice(2);
const release = mode === "release";
const targets = ["chrome111", "edge111", "firefox114", "safari16.4"];
const compressible = /\.(css|html|js|json|mjs|svg|txt|wasm|webmanifest|xml)$/;

// Absolute paths are the site's own files: they stay as they are.
const absolute = { name: "absolute", setup: (on) => on.onResolve({ filter: /^\// }, ({ path, kind }) => (kind === "entry-point" ? null : { path, external: true })) };
const common = { bundle: true, minify: release, write: false, target: targets, plugins: [absolute], logLevel: "warning" };

async function bundled(options) {
  const result = await build({ ...common, ...options });
  const text = result.outputFiles[0].text;
  if (text.trim() === "") throw new Error(`${options.entryPoints[0]} came out empty`);
  return Buffer.from(text);
}

async function files(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

async function compress(path) {
  const content = await readFile(path);
  if (content.length < 1024) return;
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const [br, gz] = await Promise.all([promisify(brotliCompress)(content, { params: quality }), promisify(gzip)(content, { level: 9 })]);
  await writeFile(`${path}.br`, br);
  await writeFile(`${path}.gz`, gz);
}

const built = {
  "tradepost.css": await bundled({ entryPoints: ["style/main.css"] }),
  "tradepost.js": await bundled({ entryPoints: [join(bound, "tradepost.js")], format: "esm" }),
  "tradepost.wasm": await readFile(join(bound, "tradepost.wasm")),
  "world.json": await world(),
};
const hash = createHash("sha256");
for (const content of Object.values(built)) hash.update(content);
const version = hash.digest("hex").slice(0, 16);

await rm(out, { recursive: true, force: true });
const pkg = join(out, "pkg", version);
await mkdir(pkg, { recursive: true });
if (await stat("public").catch(() => null)) await cp("public", out, { recursive: true });
for (const [name, content] of Object.entries(built)) await writeFile(join(pkg, name), content);
for (const path of release ? await files(join(out, "js")) : []) {
  // The library comes minified, with its licence at its head.
  if (!path.endsWith(".js") || path.includes("echarts")) continue;
  const { code } = await transform(await readFile(path, "utf8"), { minify: true, format: "esm", target: targets });
  await writeFile(path, code);
}
await writeFile(join(out, "pkg", "current"), `${version}\n`);
if (release) for (const path of await files(out)) if (compressible.test(path)) await compress(path);
