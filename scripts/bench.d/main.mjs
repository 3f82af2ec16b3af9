// Measures one thing after the other and prints a table.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, readdir, rm, stat } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { columns, growthTable } from "./columns.mjs";
import { interactions } from "./interactions.mjs";
import { load } from "./load.mjs";
import { Client, memory, now, run, serve, sleep } from "./product.mjs";
import { writeSales } from "./sales.mjs";

const { BENCH_FILE: file, BENCH_FOLDER: folder, BENCH_PYTHON: python, BENCH_LINES: lines, BENCH_PARTS: parts } = process.env;
const { BENCH_LARGE_LINES: largeLines, TEST_DATABASE_URL: postgres } = process.env;
const rows = 541_909;
const table = [];
const note = (what, value, goal = "") => {
  table.push([what, value, goal]);
  console.log(`    ${what}: ${value}`);
};
const mib = (bytes) => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
const kb = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
const perSecond = (seconds) => `${Math.round(rows / seconds).toLocaleString("en-GB")} rows/s (${seconds.toFixed(2)} s)`;
const day = (offset) => new Date(Date.UTC(2010, 11, 1 + offset)).toISOString().slice(0, 10);

async function fresh(name) {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  return path;
}

async function uploadOverHttp(server, client) {
  const form = new FormData();
  form.append("file", new Blob([await readFile(file)]), "online_retail.csv.gz");
  const started = now();
  let upload = await client.post("/api/v1/uploads", form);
  while (!["completed", "failed", "needs_mapping"].includes(upload.status)) {
    await sleep(20);
    upload = await client.get(`/api/v1/uploads/${upload.id}`);
  }
  const answer = await client.post("/api/v1/query", { measures: ["net_sales", "gross_sales"], time: { grain: "month" } });
  const seconds = (now() - started) / 1000;
  const sum = (column) => answer.rows.reduce((total, row) => total + row[column], 0);
  if (upload.status !== "completed" || sum(1) !== 974_774_793 || sum(2) !== 1_066_668_454) {
    throw new Error(`the books are wrong: ${JSON.stringify(upload)} ${sum(1)} ${sum(2)}`);
  }
  return { seconds, peak: (await memory(server.pid)).peak };
}

/** One reading of a busy machine tells little: we and our peer take turns, and the middle one of each counts. */
const ROUNDS = 3;
const middle = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

async function importing() {
  const [ours, theirs] = [[], []];
  let server, client;
  for (let round = 0; round < ROUNDS; round += 1) {
    await server?.stop();
    server = await serve(await fresh(`http-${round}`));
    client = await Client.signUp(server.url);
    ours.push(await uploadOverHttp(server, client));
    theirs.push(peer(round));
  }
  const seconds = middle(ours.map((one) => one.seconds));
  note("upload to first answer, SQLite", perSecond(seconds), "≥ 250,000 rows/s");
  note("  the server's peak memory meanwhile", mib(Math.max(...ours.map((one) => one.peak))), "≤ 256 MiB");
  if (theirs.some((one) => one.problem)) {
    note("the same in pandas + SQLAlchemy", `not measured: ${theirs.find((one) => one.problem).problem}`);
  } else {
    const other = middle(theirs.map((one) => one.seconds));
    note("the same in pandas + SQLAlchemy", perSecond(other));
    note("  its peak memory", mib(middle(theirs.map((one) => one.peak))));
    const each = ours.map((one, round) => (theirs[round].seconds / one.seconds).toFixed(1)).join(", ");
    note("  how many times faster we are", `${(other / seconds).toFixed(1)} (each turn: ${each})`, "≥ 4");
  }
  return { server, client };
}

async function importByCommand() {
  const place = await fresh("command");
  const server = await serve(place);
  await Client.signUp(server.url);
  await server.stop();
  const command = await run(place, ["import", file]);
  note("tradepost import, SQLite", perSecond(command.seconds));
  note("  its peak memory", mib(command.peak), "≤ 256 MiB");
}

async function importOnPostgres() {
  if (!postgres) return note("upload to first answer, PostgreSQL", "not measured: no PostgreSQL was given");
  const server = await serve(await fresh("postgres"), { DATABASE_URL: postgres });
  const http = await uploadOverHttp(server, await Client.signUp(server.url));
  note("upload to first answer, PostgreSQL", perSecond(http.seconds));
  note("  the server's peak memory meanwhile", mib(http.peak));
  await server.stop();
}

async function importOfManyRows() {
  const place = await fresh("large");
  const sales = join(place, "sales.csv");
  await writeSales(sales, Number(largeLines ?? 27_500_000));
  const { size } = await stat(sales);
  const server = await serve(place);
  await Client.signUp(server.url);
  await server.stop();
  const command = await run(place, ["import", sales]);
  note(`import of a CSV of ${(size / 1e9).toFixed(2)} GB, SQLite`, `${command.seconds.toFixed(0)} s`);
  note("  its peak memory", mib(command.peak), "≤ 256 MiB");
  await rm(place, { recursive: true });
}

function peer(round) {
  try {
    return JSON.parse(execFileSync(python, ["scripts/bench.d/peer.py", file, join(folder, `peer-${round}.sqlite`)], { encoding: "utf8" }));
  } catch (error) {
    return { problem: String(error.message).split("\n")[0] };
  }
}

async function querying(client) {
  const shown = (found) => `${found.perSecond.toFixed(0)}/s, p50 ${found.p50.toFixed(1)} ms, p95 ${found.p95.toFixed(1)} ms`;
  // Every range is another one, so that nothing is in the cache; a first request warms what any server keeps warm.
  const days = (index) => ({ from: day(index), to: day(index + 180) });
  const board = (index) => client.get(`/api/v1/dashboards/sales?range=${days(index).from}..${days(index).to}`);
  const question = (index) => ({ measures: ["net_sales", "orders"], dimensions: ["country"], time: { ...days(index), grain: "month" } });
  await board(190);
  const asked = await load(150, 2, (index) => client.post("/api/v1/query", question(index)));
  note("a question by month and country, not cached", shown(asked));
  const first = await load(100, 1, board);
  note("the sales dashboard, not cached", shown(first), "p95 ≤ 250 ms");
  const again = await load(1000, 2, () => board(0));
  note("the sales dashboard, cached", shown(again), "p95 ≤ 20 ms");
}

async function sizes() {
  const measure = async (what, path, budget = "") => {
    const content = await readFile(path);
    note(`${what}: raw, gzip, brotli`, [content, gzipSync(content, { level: 9 }), brotliCompressSync(content)].map((part) => kb(part.length)).join(", "), budget);
  };
  const site = "target/release/site";
  const version = (await readFile(join(site, "pkg/current"), "utf8")).trim();
  await measure("WebAssembly", join(site, "pkg", version, "tradepost.wasm"), "≤ 900 kB brotli");
  await measure("its JavaScript", join(site, "pkg", version, "tradepost.js"));
  await measure("styles", join(site, "pkg", version, "tradepost.css"));
  for (const name of await readdir(join(site, "js"))) {
    if (name.endsWith(".js")) await measure(`js/${name}`, join(site, "js", name), name.startsWith("echarts") ? "≤ 200 kB brotli" : "");
  }
}

async function starting() {
  const place = await fresh("start");
  await (await serve(place)).stop();
  const server = await serve(place);
  note("time to ready", `${(server.readyAfter * 1000).toFixed(0)} ms`, "≤ 500 ms");
  await sleep(3000);
  note("memory of the idle server", mib((await memory(server.pid)).present), "≤ 80 MiB");
  await server.stop();
}

const isAsked = (part) => (parts ?? "import,postgres,large,columns,start,sizes").split(",").includes(part);
const started = loadavg();
let growth = [];
if (isAsked("import")) {
  const { server, client } = await importing();
  await querying(client);
  await interactions(server.url, client.token, note);
  await server.stop();
  await importByCommand();
}
if (isAsked("postgres")) await importOnPostgres();
if (isAsked("large")) await importOfManyRows();
if (isAsked("columns")) {
  const sizes = (lines ?? "100000,1000000,3000000").split(",").map(Number);
  growth = await columns({ folder, python, note, sizes });
}
if (isAsked("start")) await starting();
if (isAsked("sizes")) await sizes();

const widths = [0, 1].map((column) => Math.max(...table.map((row) => [...row[column]].length)));
const loads = [started, loadavg()].map(([minute]) => minute.toFixed(1)).join(" before and ");
console.log(`\n${cpus().length} cores, ${cpus()[0]?.model ?? "unknown"}, Node.js ${process.version}; load ${loads} after\n`);
for (const [what, value, goal] of table) console.log(`${what.padEnd(widths[0])}  ${value.padEnd(widths[1])}  ${goal}`);
if (growth.length > 0) console.log(`\nGrowth with the order lines; a slope of 1 is in proportion to them\n\n${growthTable(growth).join("\n")}`);
