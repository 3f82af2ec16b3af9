// The product as a process that is started, asked and stopped.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";

const binary = resolve("target/release/tradepost");

export const now = () => performance.now();
export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

function environment(data, extra = {}) {
  return { ...process.env, DATABASE_URL: "", REDIS_URL: "", TRADEPOST_DATA_DIR: data, TRADEPOST_DEMO: "off", TRADEPOST_LOG: "warn", ...extra };
}

/** The largest and the present resident memory of a process, in bytes; what the kernel counts. */
export async function memory(pid) {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const bytes = (name) => 1024 * Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))?.[1] ?? 0);
  return { peak: bytes("VmHWM"), present: bytes("VmRSS") };
}

/** Runs a command to its end; how long it took and the most memory it held. */
export async function run(folder, args, extra) {
  const started = now();
  const child = spawn(binary, args, { cwd: folder, env: environment(join(folder, "data"), extra), stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  let peak = 0;
  const watch = setInterval(async () => (peak = Math.max(peak, (await memory(child.pid)).peak)), 20);
  const code = await new Promise((done) => child.on("close", done));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}: ${output}`);
  return { seconds: (now() - started) / 1000, peak, output };
}

/** Starts the server; resolves once it says that it is ready. */
export async function serve(folder, extra) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = now();
  const child = spawn(binary, ["serve"], {
    cwd: folder,
    env: environment(join(folder, "data"), { TRADEPOST_ADDRESS: `127.0.0.1:${port}`, TRADEPOST_SITE_DIR: resolve("target/release/site"), ...extra }),
    stdio: ["ignore", "ignore", "inherit"],
  });
  for (let tries = 0; tries < 6000; tries += 1) {
    if (child.exitCode !== null) throw new Error(`serve ended with ${child.exitCode}`);
    const ready = await fetch(`${url}/readyz`).then((response) => response.ok, () => false);
    if (ready) break;
    await sleep(5);
  }
  const readyAfter = (now() - started) / 1000;
  const stop = async () => {
    child.kill("SIGTERM");
    await new Promise((done) => child.on("close", done));
  };
  return { url, pid: child.pid, readyAfter, stop };
}

/** A client that is signed in. */
export class Client {
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  static async signUp(url) {
    const body = { merchant_name: "Measured", email: "owner@example.com", password: "a quiet harbour at dawn", currency: "GBP", time_zone: "Europe/London" };
    const answer = await new Client(url).post("/api/v1/auth/sign-up", body);
    return new Client(url, answer.access_token);
  }

  async send(method, path, body) {
    const headers = this.token ? { authorization: `Bearer ${this.token}` } : {};
    const isForm = body instanceof FormData;
    if (body && !isForm) headers["content-type"] = "application/json";
    const response = await fetch(this.url + path, { method, headers, body: isForm ? body : body && JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  get(path) {
    return this.send("GET", path);
  }

  post(path, body) {
    return this.send("POST", path, body);
  }
}
