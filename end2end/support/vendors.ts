// The vendors' own libraries, in a page of another origin, as someone who embeds without Tradepost has them.
import { test as base, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { type Boards, startBoards } from "../mock_boards/server.ts";

const library = (name: string): string => readFileSync(createRequire(import.meta.url).resolve(name), "utf8");
const superset = library("@superset-ui/embedded-sdk/bundle/index.js");
const powerBi = library("powerbi-client/dist/powerbi.js");

/** A page of another origin with the libraries in it. */
export async function hostPage(): Promise<{ url: string; close: () => Promise<void> }> {
  const html = `<!doctype html><div id="mount" style="height:500px"></div><script>${superset}</script><script>${powerBi}</script>`;
  const server = createServer((_, response) => void response.setHeader("content-type", "text/html; charset=utf-8").end(html));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

export const test = base.extend<{ boards: Boards; host: string }>({
  boards: async ({}, use) => {
    const boards = await startBoards();
    await use(boards);
    await boards.close();
  },
  host: async ({}, use) => {
    const host = await hostPage();
    await use(host.url);
    await host.close();
  },
});

// ---- what runs in the browser, with the vendors' libraries ---------------------------------------------------------------

export interface SupersetBoard {
  getScrollSize(): Promise<{ height: number }>;
}

export async function showSuperset({ domain, id, token }: { domain: string; id: string; token: string }): Promise<void> {
  const sdk = (window as unknown as { supersetEmbeddedSdk: { embedDashboard(options: object): Promise<SupersetBoard> } }).supersetEmbeddedSdk;
  const mountPoint = document.getElementById("mount");
  const board = await sdk.embedDashboard({ id, supersetDomain: domain, mountPoint, fetchGuestToken: () => Promise.resolve(token) });
  Object.assign(window, { board });
}

interface Report {
  on(event: string, hear: (event: { detail: { message: string } }) => void): void;
  setAccessToken(token: string): Promise<void>;
}

export async function showPowerBi({ url, report, token }: { url: string; report: string; token: string }): Promise<string[]> {
  const service = (window as unknown as { powerbi: { reset(at: Element): void; embed(at: Element, config: object): Report } }).powerbi;
  const mount = document.getElementById("mount")!;
  service.reset(mount);
  const heard: string[] = [];
  const embedded = service.embed(mount, { type: "report", id: report, embedUrl: url, accessToken: token, tokenType: 1 });
  await new Promise<void>((done) => {
    embedded.on("loaded", () => heard.push("loaded"));
    embedded.on("rendered", () => (heard.push("rendered"), done()));
    embedded.on("error", (event) => (heard.push(event.detail.message), done()));
  });
  await embedded.setAccessToken(token).then(
    () => heard.push("renewed"),
    () => heard.push("not renewed"),
  );
  return heard;
}

/** The library takes only Microsoft's own host for a frame: the stand-in answers for it. */
export async function throughMicrosoft(page: Page, boards: Boards): Promise<void> {
  await page.route("https://app.powerbi.com/**", async (route) => {
    const { pathname, search } = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: boards.origin + pathname + search }) });
  });
}

export async function embedToken(boards: Boards, report: string): Promise<string> {
  const { tenant, client, secret } = boards.secrets.powerBi;
  const form = { grant_type: "client_credentials", client_id: client, client_secret: secret, scope: "https://analysis.windows.net/powerbi/api/.default" };
  const login = await fetch(`${boards.origin}/${tenant}/oauth2/v2.0/token`, { method: "POST", body: new URLSearchParams(form) });
  const { access_token: bearer } = (await login.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  const body = JSON.stringify({ accessLevel: "View", lifetimeInMinutes: 10 });
  const answer = await fetch(`${boards.origin}/v1.0/myorg/groups/${tenant}/reports/${report}/GenerateToken`, { method: "POST", headers, body });
  return ((await answer.json()) as { token: string }).token;
}
