// Shops made through the JSON API, for tests that are about something else than signing up.
import { expect, type APIRequestContext, type BrowserContext } from "@playwright/test";
import { randomBytes } from "node:crypto";

export const password = "a quiet harbour at dawn";

interface Tokens {
  access_token: string;
  refresh_token: string;
}

export interface Upload {
  id: string;
  status: string;
  rows_total: number;
  rows_accepted: number;
  rows_rejected: number;
  rows_duplicate: number;
  error: string | null;
  first_day: string | null;
  last_day: string | null;
  net_sales: { minor: number; currency: string }[];
}

export interface Answer {
  columns: { name: string }[];
  rows: (string | number | null)[][];
}

/** A shop and the token of one of its members. */
export class Shop {
  constructor(
    readonly request: APIRequestContext,
    readonly name: string,
    readonly email: string,
    readonly token: string,
  ) {}

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }

  /** Uploads a file and waits until nothing more happens to it. */
  async upload(name: string, content: Buffer | string, mimeType = "text/csv"): Promise<Upload> {
    const file = { name, mimeType, buffer: Buffer.from(content) };
    const response = await this.request.post("/api/v1/uploads", { headers: this.headers, multipart: { file } });
    expect(response.status(), await response.text()).toBe(202);
    const { id } = (await response.json()) as { id: string };
    return this.settled(id);
  }

  async settled(id: string): Promise<Upload> {
    let upload: Upload | undefined;
    await expect
      .poll(async () => ((upload = await this.get<Upload>(`/api/v1/uploads/${id}`)), upload.status), { timeout: 240_000 })
      .toMatch(/completed|failed|needs_mapping|undone/);
    return upload!;
  }

  async ask(question: object): Promise<Answer> {
    const response = await this.request.post("/api/v1/query", { headers: this.headers, data: question });
    expect(response.status(), await response.text()).toBe(200);
    return (await response.json()) as Answer;
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.request.get(path, { headers: this.headers });
    expect(response.status(), await response.text()).toBe(200);
    return (await response.json()) as T;
  }

  async post<T>(path: string, data: object): Promise<T> {
    const response = await this.request.post(path, { headers: this.headers, data });
    expect(response.ok(), await response.text()).toBe(true);
    return (await response.json()) as T;
  }

  /** The link of a new invitation. */
  async invite(email: string, role: string): Promise<string> {
    return (await this.post<{ link: string }>("/api/v1/invitations", { email, role })).link;
  }
}

export function newEmail(who = "owner"): string {
  return `${who}-${randomBytes(6).toString("hex")}@example.com`;
}

/** Makes a shop; with a context, its browser is signed in as the owner. */
export async function signUp(request: APIRequestContext, context?: BrowserContext, currency = "GBP"): Promise<Shop> {
  const email = newEmail();
  const name = `Shop of ${email.slice(6, 12)}`;
  const data = { merchant_name: name, email, password, currency, time_zone: "Europe/London" };
  const response = await request.post("/api/v1/auth/sign-up", { data });
  expect(response.ok(), await response.text()).toBe(true);
  const tokens = (await response.json()) as Tokens;
  if (context) await useTokens(context, new URL(response.url()).origin, tokens);
  return new Shop(request, name, email, tokens.access_token);
}

/** Accepts an invitation's link; the new member as a shop of their own eyes. */
export async function accept(request: APIRequestContext, link: string, email: string, context?: BrowserContext): Promise<Shop> {
  const token = new URL(link).searchParams.get("token");
  const response = await request.post("/api/v1/invitations/accept", { data: { token, password } });
  expect(response.ok(), await response.text()).toBe(true);
  const tokens = (await response.json()) as Tokens;
  if (context) await useTokens(context, new URL(response.url()).origin, tokens);
  return new Shop(request, "", email, tokens.access_token);
}

async function useTokens(context: BrowserContext, url: string, tokens: Tokens): Promise<void> {
  const cookie = { url, httpOnly: true, sameSite: "Lax" as const };
  await context.addCookies([
    { ...cookie, name: "tradepost_access", value: tokens.access_token },
    { ...cookie, name: "tradepost_refresh", value: tokens.refresh_token },
  ]);
}
