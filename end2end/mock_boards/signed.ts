// The tools that want a token: each is read as its vendor documents it.
import { randomUUID } from "node:crypto";
import type { Boards, Reply, Request } from "./server.ts";
import * as pages from "./pages.ts";
import { Refusal, lookerSignature, readToken } from "./tokens.ts";

const ok = (html: string): Reply => ({ status: 200, html });

/** Metabase: the resource must be published, and each parameter that is locked there must be in the token. */
export function metabase(boards: Boards, { path }: Request): Reply | undefined {
  const [, kind, token] = path.match(/^\/embed\/(dashboard|question)\/([^/]+)$/) ?? [];
  if (kind === undefined || token === undefined) return undefined;
  const { claims } = readToken(token, boards.secrets.metabase);
  const id = (claims.resource as Record<string, unknown> | undefined)?.[kind];
  const published = boards.published[`${kind}/${String(id)}`];
  if (published === undefined) throw new Refusal("Embedding is not enabled for this object.");
  const params = (claims.params ?? {}) as Record<string, unknown>;
  const missing = published.find((name) => !(name in params));
  if (missing !== undefined) throw new Refusal(`You must specify a value for :${missing} in the JWT.`);
  boards.saw("metabase", claims);
  return ok(pages.board(`Metabase ${kind} ${String(id)}`, params, boards.height, pages.resizer));
}

/** Superset: the page is for listed embedders only; its data is for a guest token of this dashboard. */
export function superset(boards: Boards, { path, headers, method }: Request): Reply | undefined {
  const embedded = path.match(/^\/embedded\/([0-9a-f-]{36})$/)?.[1];
  if (embedded !== undefined) {
    const embedder = headers.referer === undefined ? "" : new URL(headers.referer).origin;
    if (boards.embedders.length > 0 && !boards.embedders.includes(embedder)) return { status: 403, html: pages.refusal("Superset", "Forbidden") };
    return ok(pages.superset(embedded, boards.height));
  }
  const id = path.match(/^\/api\/v1\/dashboard\/([0-9a-f-]{36})$/)?.[1];
  if (id === undefined || method !== "POST") return undefined;
  const { claims } = readToken(String(headers["x-guesttoken"] ?? ""), boards.secrets.superset);
  const resources = (claims.resources ?? []) as { type: string; id: string }[];
  if (claims.type !== "guest") throw new Refusal("This is not a guest token.");
  if (claims.aud !== `${boards.origin}/`) throw new Refusal("Audience doesn't match");
  if (!Array.isArray(claims.rls_rules)) throw new Refusal("Guest token does not contain an rls_rules claim");
  if (!resources.some((resource) => resource.type === "dashboard" && resource.id === id)) throw new Refusal("Guest user cannot modify this dashboard");
  boards.saw("superset", claims);
  return { status: 200, json: { id: String(claims.iat), html: pages.drawn("Superset dashboard", { rls: claims.rls_rules }, boards.height) } };
}

/** Looker: twelve lines, one use, a fresh clock. */
export function looker(boards: Boards, { path, query, headers }: Request): Reply | undefined {
  const encoded = path.match(/^\/login\/embed\/(.+)$/)?.[1];
  if (encoded === undefined) return /^\/embed\/(dashboards|looks|explore)\//.test(path) ? ok(pages.signIn("Looker")) : undefined;
  const expected = lookerSignature(headers.host ?? "", path, query, boards.secrets.looker);
  if (query.get("signature") !== expected) throw new Refusal("'signature' parameter failed to authenticate");
  const age = Date.now() / 1000 - Number(query.get("time"));
  if (!(Math.abs(age) < 300)) throw new Refusal("'time' parameter is too old or in the future");
  const nonce = query.get("nonce") ?? "";
  if (boards.used.has(nonce)) throw new Refusal("'nonce' parameter has already been used");
  boards.used.add(nonce);
  const read = (name: string): unknown => JSON.parse(query.get(name) ?? "null");
  const permissions = read("permissions") as string[];
  if ((read("models") as string[]).length === 0 || !permissions.includes("access_data")) throw new Refusal("'models' and 'permissions' are required");
  const inside = new URL(decodeURIComponent(encoded), boards.origin);
  boards.saw("looker", { path: inside.pathname, session_length: read("session_length"), user_attributes: read("user_attributes"), permissions });
  const script = pages.lookerEvents(inside.searchParams.get("embed_domain") ?? "null");
  return ok(pages.board(`Looker ${inside.pathname}`, read("user_attributes") as Record<string, unknown>, boards.height, script));
}

/** Tableau: the door checks the connected app's token, then shows the view to a ticket that works once. */
export function tableau(boards: Boards, { path, query }: Request): Reply | undefined {
  const { client, secretId, secret } = boards.secrets.tableau;
  if (path === "/vizportal/api/web/v1/auth/embed/target") {
    const { header, claims } = readToken(query.get("token") ?? "", secret);
    const fail = (code: number, what: string): never => {
      throw new Refusal(`Unable to sign in: ${what} (${code})`);
    };
    if (header.kid !== secretId || claims.iss !== client) fail(10082, "the connected app or its secret is not known");
    if (claims.aud !== "tableau") fail(10084, "the audience is not tableau");
    if ((claims.exp as number) - Date.now() / 1000 > 601) fail(10085, "the token lives longer than ten minutes");
    if (!(claims.scp as string[]).includes("tableau:views:embed")) fail(10089, "the scope is missing");
    if (boards.used.has(String(claims.jti))) fail(10094, "the token has been used before");
    boards.used.add(String(claims.jti));
    boards.saw("tableau", claims);
    const target = new URL(query.get("target") ?? "/", boards.origin);
    if (target.origin !== boards.origin) fail(10083, "the target is elsewhere");
    const ticket = randomUUID();
    boards.tickets.set(ticket, claims);
    target.searchParams.set("ticket", ticket);
    return { status: 302, location: target.href };
  }
  if (!/^\/t\/[^/]+\/views\/[^/]+\/[^/]+/.test(path)) return undefined;
  const claims = boards.tickets.get(query.get("ticket") ?? "");
  if (claims === undefined) return ok(pages.signIn("Tableau"));
  return ok(pages.board(`Tableau ${path}`, { user: claims.sub, store: claims.store }, boards.height));
}

/** Lightdash: the token names the dashboard; what it may see is in its attributes. */
export function lightdash(boards: Boards, { path, headers, method }: Request): Reply | undefined {
  const project = path.match(/^\/embed\/([0-9a-f-]{36})(\/dashboard\/[0-9a-f-]{36})?$/)?.[1];
  if (project !== undefined) return ok(pages.lightdash(project));
  if (!/^\/api\/v1\/embed\/[0-9a-f-]{36}\/dashboard$/.test(path) || method !== "POST") return undefined;
  const { claims } = readToken(String(headers["lightdash-embed-token"] ?? ""), boards.secrets.lightdash);
  const content = claims.content as { type?: string; dashboardUuid?: string } | undefined;
  if (content?.type !== "dashboard" || !content.dashboardUuid) throw new Refusal("The token names no dashboard");
  boards.saw("lightdash", claims);
  return { status: 200, json: { html: pages.drawn("Lightdash dashboard", (claims.userAttributes ?? {}) as Record<string, unknown>, boards.height) } };
}
