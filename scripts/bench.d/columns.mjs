// Questions and boards over many order lines: how long they take, beside DuckDB on the same files, and how that grows.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { load } from "./load.mjs";
import { Client, memory, now, run, serve } from "./product.mjs";
import { QUESTIONS } from "./questions.mjs";
import { writeSales } from "./sales.mjs";

const CARDS = [
  { question: { measures: ["net_sales"] }, width: 3 },
  { question: { measures: ["orders"] }, width: 3 },
  { question: { measures: ["customers"] }, width: 3 },
  { question: { measures: ["average_order_value"] }, width: 3 },
  { question: { measures: ["net_sales"] }, over_time: true, width: 12 },
  { question: { measures: ["net_sales"], dimensions: ["country"] } },
  { question: { measures: ["net_sales", "units"], dimensions: ["product"] } },
  { question: { measures: ["net_sales"], dimensions: ["weekday", "hour"] }, width: 12 },
];
const mib = (bytes) => `${Math.round(bytes / 1024 / 1024)} MiB`;
const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
const mean = (ratios) => Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);

async function bytesBelow(folder) {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = names.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name)));
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
}

/** A shop with so many order lines and its copy, and a server for it. */
async function shop(folder, lines) {
  const place = join(folder, `lines-${lines}`);
  await mkdir(place, { recursive: true });
  const file = join(place, "sales.csv");
  await writeSales(file, lines);
  const first = await serve(place);
  const { token } = await Client.signUp(first.url);
  await first.stop();
  const imported = await run(place, ["import", file]);
  const written = await run(place, ["reindex"]);
  await rm(file);
  const data = join(place, "data");
  const server = await serve(place);
  const copies = join(data, "columns");
  const [merchant] = (await readdir(copies)).filter((name) => /^\d+$/.test(name));
  const copy = join(copies, merchant);
  const sizes = { database: (await stat(join(data, "tradepost.sqlite"))).size, copy: await bytesBelow(copy) };
  return { lines, place, server, client: new Client(server.url, token), copy, imported, written, sizes };
}

/** Best of some runs in milliseconds, inside the server: statements, plans and rows, without the network. */
async function best(client, question, runs) {
  const times = [];
  for (let count = 0; count < runs; count += 1) {
    const told = await client.post("/api/v1/questions/explain", question);
    if (told.engine !== "columns") throw new Error(`answered by ${told.engine}`);
    times.push(told.steps.reduce((sum, step) => sum + step.elapsed_us, 0) / 1000);
  }
  return { first: times[0], best: Math.min(...times), median: median(times) };
}

const same = (ours, theirs) =>
  ours.length === theirs.length &&
  ours.every((row, at) => row.every((cell, index) => cell === theirs[at][index] || Math.abs(cell - theirs[at][index]) <= 1e-12 * Math.abs(cell)));

async function besideDuckDb(shop, python, runs, note) {
  const ours = [];
  for (const { name, ask } of QUESTIONS) {
    const answer = await shop.client.post("/api/v1/query", ask);
    ours.push({ name, rows: answer.rows, ...(await best(shop.client, ask, runs)) });
  }
  const peak = (await memory(shop.server.pid)).peak;
  const asked = execFileSync(python, ["scripts/bench.d/duckdb_peer.py", shop.copy, String(runs)], {
    input: JSON.stringify(QUESTIONS), encoding: "utf8", maxBuffer: 1 << 28,
  });
  const ratios = [];
  JSON.parse(asked).forEach((theirs, at) => {
    const { name, rows, first, best } = ours[at];
    if (!same(rows, theirs.rows)) {
      throw new Error(`“${name}” differs: ${JSON.stringify(rows.slice(0, 3))} and ${JSON.stringify(theirs.rows.slice(0, 3))}`);
    }
    ratios.push(best / theirs.ms);
    note(`  ${name}`, `${best.toFixed(1)} ms (the first time ${first.toFixed(1)}); DuckDB ${theirs.ms.toFixed(1)} ms; ${(best / theirs.ms).toFixed(2)}`);
  });
  note("  answers equal, geometric mean of the ratios to DuckDB", mean(ratios).toFixed(2), "≤ 1.5");
  note("  the server's peak memory meanwhile", mib(peak));
}

async function boards(shop, note) {
  const { client } = shop;
  const { id } = await client.post("/api/v1/dashboards", { title: "Measured", cards: CARDS });
  const day = (offset) => new Date(Date.UTC(2023, 0, 1 + offset)).toISOString().slice(0, 10);
  // Every range is another one, so that no answer is kept.
  const board = (index) => client.get(`/api/v1/dashboards/${id}?range=${day(200 + index)}..${day(500 + index)}`);
  const shown = (found) => `${found.perSecond.toFixed(1)}/s, p50 ${found.p50.toFixed(0)} ms, p95 ${found.p95.toFixed(0)} ms`;
  await board(500);
  const fresh = await load(60, 1, board);
  note("  a board of 8 cards, not cached", shown(fresh), "p95 ≤ 250 ms");
  note("  the same, cached", shown(await load(400, 1, () => board(0))), "p95 ≤ 20 ms");
  note("  8 people at once, not cached", shown(await load(120, 8, (index) => board(100 + index))));
  note("  8 people at once, cached", shown(await load(800, 8, () => board(0))));
  return fresh;
}

/** Measures shops of growing size; the table's rows. */
export async function columns({ folder, python, note, sizes, runs = 5 }) {
  const growth = [];
  for (const lines of sizes) {
    note(`a shop of ${lines.toLocaleString("en-GB")} order lines`, "");
    const one = await shop(folder, lines);
    note("  import", `${Math.round(lines / one.imported.seconds).toLocaleString("en-GB")} rows/s, peak memory ${mib(one.imported.peak)}`);
    note("  its copy", `written in ${one.written.seconds.toFixed(1)} s, peak memory ${mib(one.written.peak)}; ${mib(one.sizes.copy)} beside ${mib(one.sizes.database)}`);
    if (lines === 3_000_000) await besideDuckDb(one, python, runs, note);
    const started = now();
    const fresh = await boards(one, note);
    const each = [];
    for (const { ask } of QUESTIONS) each.push((await best(one.client, ask, 3)).median);
    growth.push({ lines, import: one.imported, copy: one.written, sizes: one.sizes, board: fresh.p50, question: mean(each), peak: (await memory(one.server.pid)).peak, took: now() - started });
    await one.server.stop();
    await rm(one.place, { recursive: true });
  }
  return growth;
}

/** The growth as lines of text, with the slope: 1 is in proportion to the lines. */
export function growthTable(growth) {
  const head = ["lines", "import s", "copy s", "database", "copy", "question ms", "board ms", "peak memory"];
  const cells = growth.map((row) => [
    row.lines.toLocaleString("en-GB"), row.import.seconds.toFixed(1), row.copy.seconds.toFixed(1), mib(row.sizes.database), mib(row.sizes.copy),
    row.question.toFixed(1), row.board.toFixed(0), mib(row.peak),
  ]);
  const values = [(row) => row.import.seconds, (row) => row.copy.seconds, (row) => row.sizes.database, (row) => row.sizes.copy, (row) => row.question, (row) => row.board, (row) => row.peak];
  const [first, last] = [growth[0], growth.at(-1)];
  const slope = (value) => (Math.log(value(last) / value(first)) / Math.log(last.lines / first.lines)).toFixed(2);
  if (growth.length > 1) cells.push(["slope", ...values.map(slope)]);
  const widths = head.map((title, at) => Math.max(title.length, ...cells.map((row) => row[at].length)));
  return [head, ...cells].map((row) => row.map((cell, at) => cell.padStart(widths[at])).join("  "));
}
