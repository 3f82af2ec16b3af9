// Power BI: Entra's token, the report's token, and the frame that takes it.
import { randomUUID } from "node:crypto";
import type { Boards, Reply, Request } from "./server.ts";
import * as pages from "./pages.ts";

interface Embed {
  report: string;
  identities: unknown;
  endsAt: number;
}

const bearers = new Set<string>();
const embeds = new Map<string, Embed>();

export function powerBi(boards: Boards, request: Request): Reply | undefined {
  return login(boards, request) ?? generate(boards, request) ?? report(boards, request) ?? frames(boards, request);
}

/** Client credentials, as Entra's v2 endpoint takes them: a form. */
function login({ secrets }: Boards, { path, method, form }: Request): Reply | undefined {
  if (method !== "POST" || path !== `/${secrets.powerBi.tenant}/oauth2/v2.0/token`) return undefined;
  const isRight = form.get("grant_type") === "client_credentials" && form.get("client_id") === secrets.powerBi.client && form.get("client_secret") === secrets.powerBi.secret;
  if (!isRight) return { status: 401, json: { error: "invalid_client", error_description: "AADSTS7000215: Invalid client secret provided." } };
  if (form.get("scope") !== "https://analysis.windows.net/powerbi/api/.default") return { status: 400, json: { error: "invalid_scope" } };
  const token = randomUUID();
  bearers.add(token);
  return { status: 200, json: { token_type: "Bearer", expires_in: 3599, access_token: token } };
}

/** A token for one report of one workspace, to look at. */
function generate(boards: Boards, { path, method, headers, body }: Request): Reply | undefined {
  const report = path.match(/^\/v1\.0\/myorg\/groups\/[0-9a-f-]{36}\/reports\/([0-9a-f-]{36})\/GenerateToken$/)?.[1];
  if (report === undefined || method !== "POST") return undefined;
  if (!bearers.has((headers.authorization ?? "").replace(/^Bearer /, ""))) return { status: 403, json: { error: { code: "TokenExpired" } } };
  const asked = JSON.parse(body) as { accessLevel?: string; lifetimeInMinutes?: number; identities?: unknown };
  if (asked.accessLevel !== "View") return { status: 400, json: { error: { code: "InvalidRequest" } } };
  const token = randomUUID();
  const endsAt = Date.now() + (asked.lifetimeInMinutes ?? 60) * 60_000;
  embeds.set(token, { report, identities: asked.identities ?? [], endsAt });
  boards.saw("power_bi_token", { report, ...asked });
  return { status: 200, json: { token, tokenId: randomUUID(), expiration: new Date(endsAt).toISOString() } };
}

/** What the frame asks its own server. */
function report(boards: Boards, { path, headers }: Request): Reply | undefined {
  const id = path.match(/^\/mock\/power-bi\/report\/([0-9a-f-]{36})$/)?.[1];
  if (id === undefined) return undefined;
  const token = (headers.authorization ?? "").replace(/^EmbedToken /, "");
  const embed = embeds.get(token);
  if (embed === undefined || embed.report !== id) return { status: 403, json: { message: "PowerBINotAuthorizedException", html: pages.refused("You do not have access to this report.") } };
  if (embed.endsAt <= Date.now()) return { status: 403, json: { message: "TokenExpired", html: pages.refused("Access token has expired.") } };
  boards.saw("power_bi", { report: id, identities: embed.identities });
  return { status: 200, json: { id: token, html: pages.drawn("Power BI report", { identities: embed.identities }, boards.height) } };
}

function frames(boards: Boards, { path, query }: Request): Reply | undefined {
  if (path === "/view") return { status: 200, html: pages.board("Power BI, published", {}, boards.height) };
  if (path !== "/reportEmbed") return undefined;
  if (query.get("autoAuth") === "true") return { status: 200, html: pages.signIn("Power BI") };
  return { status: 200, html: pages.powerBi(query.get("reportId") ?? "") };
}
