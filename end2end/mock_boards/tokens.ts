// Tokens and signatures as the tools' own servers read them, by Node's own cryptography.
import { createHmac, timingSafeEqual } from "node:crypto";

export type Claims = Record<string, unknown>;

/** Why a token is refused: the words that follow are the tool's own. */
export class Refusal extends Error {}

/** A token's header and claims, once its algorithm, signature and end are right. */
export function readToken(token: string, secret: string): { header: Claims; claims: Claims } {
  const [head = "", body = "", signature = "", ...more] = token.split(".");
  if (more.length > 0 || signature === "") throw new Refusal("Message seems corrupt or manipulated");
  const header = json(head);
  if (header.alg !== "HS256") throw new Refusal("Message seems corrupt or manipulated");
  const expected = createHmac("sha256", secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Refusal("Message seems corrupt or manipulated");
  const claims = json(body);
  if (typeof claims.exp !== "number" || claims.exp <= Date.now() / 1000) throw new Refusal("Token is expired");
  return { header, claims };
}

function json(part: string): Claims {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Claims;
  } catch {
    throw new Refusal("Message seems corrupt or manipulated");
  }
}

/** A token as a stranger with a secret of their own would make it. */
export function forgeToken(claims: Claims, secret: string, header: Claims = { alg: "HS256", typ: "JWT" }): string {
  const encode = (value: Claims): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const lookerLines = [
  "nonce",
  "time",
  "session_length",
  "external_user_id",
  "permissions",
  "models",
  "group_ids",
  "external_group_id",
  "user_attributes",
  "access_filters",
] as const;

/** The signature over host, path and the ten values, in Looker's order. */
export function lookerSignature(host: string, path: string, query: URLSearchParams, secret: string): string {
  const lines = [host, path, ...lookerLines.map((name) => query.get(name) ?? "")];
  return createHmac("sha1", secret).update(lines.join("\n"), "utf8").digest("base64");
}
