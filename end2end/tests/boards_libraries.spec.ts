// Our page carries no vendor's code. What it says to a frame is held to what the vendor's own library says.
import type { Page } from "@playwright/test";
import type { Boards } from "../mock_boards/server.ts";
import { forgeToken } from "../mock_boards/tokens.ts";
import { addSigned, renewed, shown, test } from "../support/boards.ts";
import { expect, open } from "../support/test.ts";
import { embedToken, hostPage, showPowerBi, showSuperset, type SupersetBoard, throughMicrosoft } from "../support/vendors.ts";

interface Message {
  method?: string;
  url?: string;
  switchboardAction?: string;
  headers?: Record<string, unknown>;
  body?: Record<string, unknown> | string;
  args?: Record<string, unknown>;
}

/** What frames of a tool have heard so far, and forgets it. */
async function heard(boards: Boards, tool: string, count: number): Promise<Message[]> {
  await expect.poll(() => boards.heard.filter((one) => one.tool === tool).length).toBeGreaterThanOrEqual(count);
  return boards.heard.splice(0).filter((one) => one.tool === tool).map(({ message }) => message as Message);
}

/** The vendor's library in a page of its own. */
async function vendorsPage(page: Page): Promise<Page> {
  return page.context().newPage();
}

test("Power BI's frame hears from our page what it hears from powerbi-client", async ({ page, shop, boards }) => {
  await page.clock.install();
  await open(page, `/boards/${await addSigned(shop, boards, "power_bi_secure")}`);
  await shown(page, boards);
  await renewed(page);
  const ours = await heard(boards, "power_bi", 2);

  const theirPage = await vendorsPage(page);
  const host = await hostPage();
  await throughMicrosoft(theirPage, boards);
  const report = new URL(boards.addresses.power_bi_secure!).searchParams.get("reportId")!;
  await theirPage.goto(host.url);
  const url = `https://app.powerbi.com/reportEmbed?reportId=${report}`;
  expect(await theirPage.evaluate(showPowerBi, { url, report, token: await embedToken(boards, report) })).toEqual(["loaded", "rendered", "renewed"]);
  const theirs = (await heard(boards, "power_bi", 2)).filter(({ url }) => url === "/report/load" || url === "/report/token");
  await host.close();

  const asked = (messages: Message[]) => messages.map(({ method, url }) => `${method} ${url}`);
  expect(asked(ours)).toEqual(["POST /report/load", "POST /report/token"]);
  expect(asked(ours)).toEqual(asked(theirs));
  const [load, token] = ours;
  const [theirLoad, theirToken] = theirs;
  expect(typeof token!.body).toBe("string");
  expect(typeof theirToken!.body).toBe("string");
  for (const name of ["id", "uid"]) expect(Object.keys(theirLoad!.headers!)).toContain(name);
  expect(Object.keys(theirLoad!.headers!)).toEqual(expect.arrayContaining(Object.keys(load!.headers!).filter((name) => !name.startsWith("x-"))));
  const [body, theirBody] = [load!.body as Record<string, unknown>, theirLoad!.body as Record<string, unknown>];
  for (const name of ["type", "accessToken", "tokenType", "embedUrl", "id"]) expect(typeof body[name], name).toBe(typeof theirBody[name]);
  expect([body.type, body.tokenType]).toEqual([theirBody.type, theirBody.tokenType]);
});

test("Superset's frame hears from our page what it hears from @superset-ui/embedded-sdk", async ({ page, shop, boards }) => {
  await open(page, `/boards/${await addSigned(shop, boards, "superset_embedded")}`);
  await shown(page, boards);
  const frameOf = (where: Page) => where.locator("iframe").first().evaluate((iframe: HTMLIFrameElement) => [iframe.src, [...iframe.sandbox].sort()]);
  const [src, sandbox] = await frameOf(page);
  const ours = await heard(boards, "superset", 3);
  // Our page asks for the height again and again: what is heard from here on is theirs.
  await page.goto("about:blank");
  boards.heard.splice(0);

  const theirPage = await vendorsPage(page);
  const host = await hostPage();
  await theirPage.goto(host.url);
  const id = boards.addresses.superset_embedded!.split("/").at(-1)!;
  const seconds = Math.floor(Date.now() / 1000);
  const claims = { user: { username: "ada" }, resources: [{ type: "dashboard", id }], rls_rules: [], iat: seconds, exp: seconds + 300, aud: `${boards.origin}/`, type: "guest" };
  await theirPage.evaluate(showSuperset, { domain: boards.origin, id, token: forgeToken(claims, boards.secrets.superset) });
  await theirPage.evaluate(() => (window as unknown as { board: SupersetBoard }).board.getScrollSize());
  const [theirSrc, theirSandbox] = await frameOf(theirPage);
  const theirs = await heard(boards, "superset", 3);
  await host.close();

  const first = (messages: Message[], action: string | undefined) => messages.find(({ switchboardAction }) => switchboardAction === action);
  expect(first(ours, undefined), "the handshake").toEqual(first(theirs, undefined));
  expect(first(ours, "emit"), "the guest token").toEqual(first(theirs, "emit"));
  expect({ ...first(ours, "get"), messageId: "" }, "the question for the height").toMatchObject({ method: "getScrollSize", messageId: "" });
  expect(Object.keys(first(theirs, "get")!)).toEqual(expect.arrayContaining(Object.keys(first(ours, "get")!)));
  expect(sandbox).toEqual(theirSandbox);
  expect(new URL(src as string).pathname.replace(/\/$/, "")).toBe(new URL(theirSrc as string).pathname.replace(/\/$/, ""));
});
