// A stand-in for the tools whose boards are embedded: real path shapes, real checks, no network.
//
// How to use it in a spec:
//
//   import { startBoards } from "../mock_boards/server.ts";
//   const boards = await startBoards();              // a free port of this computer
//   boards.origin                                    // http://127.0.0.1:PORT, what an admin pastes begins with it
//   boards.secrets.metabase, .superset, .looker …    // what an admin gives as the tool's secret
//   boards.seen("metabase")                          // the claims of every token it accepted, oldest first
//   boards.refusals                                  // why it refused what it refused
//   await boards.close();
//
// What to paste (`boards.addresses` has them ready): a path per tool, see there. Metabase has published dashboard 42 (its
// parameter `store` is locked), dashboard 43 and question 7 only; `boards.published` may be changed.
//
// To make it misbehave: `boards.refusesFrames = "x-frame-options" | "frame-ancestors"` for all pages, or paste
// /refuses-frames; `boards.silent = true` (or /never-answers) lets every frame wait for ever; `boards.height` is how high a
// board is; `boards.refusalsSpeak`: a refusal looks like a board from outside; `boards.embedders` are the origins that Superset lists; changing `boards.secrets` is the tool's "regenerate".
// Power BI's servers for signing in and for tokens are this one too: TRADEPOST_POWER_BI_LOGIN_URL and
// TRADEPOST_POWER_BI_API_URL are both `boards.origin`, so a spec with it starts on the port that playwright.config.ts settled.
import { randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as pages from "./pages.ts";
import { powerBi } from "./power_bi.ts";
import { lightdash, looker, metabase, superset, tableau } from "./signed.ts";
import { type Claims, Refusal } from "./tokens.ts";

export interface Request {
  method: string;
  /** As it was sent: still percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  form: URLSearchParams;
}

export interface Reply {
  status: number;
  html?: string;
  json?: unknown;
  location?: string;
}

const dashboard = "6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003";
const group = "3675b69e-8324-4110-bdca-059031aa8da3";
const published = Buffer.from(JSON.stringify({ k: dashboard, t: group, c: 8 })).toString("base64");

export class Boards {
  origin = "";
  height = 700;
  refusesFrames: "" | "x-frame-options" | "frame-ancestors" = "";
  silent = false;
  /** Whether Metabase's page for what it refuses tells its height, as its boards do; it depends on what arrives first. */
  refusalsSpeak = false;
  /** What frames were told by the page around them, in order, without tokens. */
  readonly heard: { tool: string; message: unknown }[] = [];
  embedders: string[] = [];
  /** Metabase's published things and the parameters locked there. */
  published: Record<string, string[]> = { "dashboard/42": ["store"], "dashboard/43": [], "question/7": [] };
  secrets = {
    metabase: randomBytes(32).toString("hex"),
    superset: randomBytes(32).toString("hex"),
    looker: randomBytes(32).toString("hex"),
    lightdash: randomBytes(32).toString("hex"),
    tableau: { client: "9d5a4b9e-1111-4a3c-9d0f-6a8f7f1f0001", secretId: "2c0f6d6e-2222-4b1d-8f50-1d9a5c3e0002", secret: randomBytes(32).toString("base64") },
    powerBi: { tenant: group, client: "1c0f6d6e-3333-4b1d-8f50-1d9a5c3e0003", secret: "a~secret~of~entra" },
  };
  refusals: string[] = [];
  readonly used = new Set<string>();
  readonly tickets = new Map<string, Claims>();
  private readonly accepted: { tool: string; claims: Claims }[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));

  saw(tool: string, claims: Claims): void {
    this.accepted.push({ tool, claims });
  }

  seen(tool: string): Claims[] {
    return this.accepted.filter((one) => one.tool === tool).map((one) => one.claims);
  }

  /** What an admin pastes for each tool. */
  get addresses(): Record<string, string> {
    const paths: Record<string, string> = {
      looker_studio: `/embed/reporting/${dashboard}/page/p1`,
      looker: "/embed/dashboards/4",
      tableau: "/t/shop/views/Sales/Overview",
      tableau_public: "/views/Sales/Overview?:embed=y",
      power_bi_public: `/view?r=${encodeURIComponent(published)}`,
      power_bi_secure: `/reportEmbed?reportId=${dashboard}&groupId=${group}`,
      metabase_public: `/public/dashboard/${dashboard}`,
      metabase_signed: "/dashboard/42-weekly-sales",
      superset_embedded: `/embedded/${dashboard}`,
      lightdash: `/projects/${group}/dashboards/${dashboard}/view`,
      grafana: "/d/abc123/weekly-sales?orgId=1",
      generic: "/board",
    };
    return Object.fromEntries(Object.entries(paths).map(([tool, path]) => [tool, this.origin + path]));
  }

  /** The secret of a tool, field by field, as the API takes it. */
  secretOf(tool: "metabase_signed" | "superset_embedded" | "looker" | "tableau" | "lightdash" | "power_bi_secure"): Record<string, string> {
    const { tableau: app, powerBi: entra } = this.secrets;
    const secrets = {
      metabase_signed: { secret: this.secrets.metabase },
      superset_embedded: { secret: this.secrets.superset },
      looker: { secret: this.secrets.looker, models: "sales" },
      lightdash: { secret: this.secrets.lightdash },
      tableau: { client_id: app.client, secret_id: app.secretId, secret: app.secret },
      power_bi_secure: { tenant_id: entra.tenant, client_id: entra.client, secret: entra.secret },
    };
    return secrets[tool];
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => this.server.once("error", reject).listen(port, "127.0.0.1", resolve));
    this.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming);
    if (this.silent || request.path === "/never-answers") return;
    const reply = this.reply(request);
    const refuses = request.path === "/refuses-frames" ? "x-frame-options" : this.refusesFrames;
    if (refuses === "x-frame-options") response.setHeader("x-frame-options", "DENY");
    if (refuses === "frame-ancestors") response.setHeader("content-security-policy", "frame-ancestors 'none'");
    response.setHeader("cache-control", "no-store");
    if (reply.location !== undefined) response.setHeader("location", reply.location);
    const isPage = reply.html !== undefined;
    response.setHeader("content-type", isPage ? "text/html; charset=utf-8" : "application/json");
    response.writeHead(reply.status).end(isPage ? reply.html : JSON.stringify(reply.json ?? {}));
  }

  private reply(request: Request): Reply {
    try {
      if (request.path === "/mock/heard") {
        this.heard.push(JSON.parse(request.body) as { tool: string; message: unknown });
        return { status: 204 };
      }
      for (const tool of [metabase, superset, lightdash, looker, tableau, powerBi, open]) {
        const reply = tool(this, request);
        if (reply !== undefined) return reply;
      }
      return { status: 404, html: pages.refusal("Not found", "There is nothing here.") };
    } catch (problem) {
      const sentence = problem instanceof Refusal ? problem.message : `it broke: ${String(problem)}`;
      this.refusals.push(sentence);
      const isAsked = request.method === "POST";
      if (isAsked) return { status: 401, json: { html: pages.refused(sentence) } };
      const speaks = this.refusalsSpeak && request.path.startsWith("/embed/");
      return { status: 400, html: pages.refusal("This board cannot be shown", sentence, speaks ? pages.resizer : "") };
    }
  }
}

/** Boards that anyone may see. */
function open(boards: Boards, { path, query }: Request): Reply | undefined {
  const shapes: [RegExp, string, string][] = [
    [/^\/public\/(dashboard|question)\/[0-9a-f-]{36}$/, "Metabase, public", pages.resizer],
    [/^\/embed\/reporting\/[\w-]+(\/page\/\w+)?$/, "Looker Studio", ""],
    [/^\/views\/[^/]+\/[^/]+$/, "Tableau Public", ""],
    [/^\/d(-solo)?\/[\w-]+(\/[\w-]+)?$/, "Grafana", ""],
    [/^\/(board|refuses-frames)$/, "A board", ""],
  ];
  const shape = shapes.find(([pattern]) => pattern.test(path));
  if (shape === undefined) return undefined;
  return { status: 200, html: pages.board(shape[1], Object.fromEntries(query), boards.height, shape[2]) };
}

async function read(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8");
  const target = incoming.url ?? "/";
  const [path = "/", query = ""] = target.split(/\?(.*)/s);
  return { method: incoming.method ?? "GET", path, query: new URLSearchParams(query), headers: incoming.headers, body, form: new URLSearchParams(body) };
}

/** Starts one; without a port, on a free one. */
export async function startBoards(port = 0): Promise<Boards> {
  const boards = new Boards();
  await boards.listen(port);
  return boards;
}
