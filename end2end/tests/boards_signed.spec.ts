// Boards that are signed for: what their tools read in the tokens, what they refuse, and that open pages stay open.
import { readToken } from "../mock_boards/tokens.ts";
import { addSigned as add, renewed, shown, type Signed, states, test, watchStates } from "../support/boards.ts";
import type { Shop } from "../support/shop.ts";
import { signUp } from "../support/shop.ts";
import { expect, open } from "../support/test.ts";

interface View {
  url: string;
  token: string | null;
  refresh_in_ms: number | null;
}

const store = { name: "store", value: { from: "fixed", text: "12" } };
const email = { name: "store", value: { from: "member_email" } };

const view = (shop: Shop, id: string): Promise<View> => shop.post<View>(`/api/v1/embeds/${id}/view`, {});

const tools: { tool: Signed; seen: string; locked: object[]; claim: (claims: Record<string, unknown>) => unknown; expected: unknown }[] = [
  { tool: "metabase_signed", seen: "metabase", locked: [store], claim: ({ params }) => params, expected: { store: "12" } },
  { tool: "superset_embedded", seen: "superset", locked: [store], claim: ({ rls_rules: rules }) => rules, expected: [{ clause: "store = '12'" }] },
  { tool: "looker", seen: "looker", locked: [store], claim: (claims) => claims.user_attributes, expected: { store: "12" } },
  { tool: "tableau", seen: "tableau", locked: [store], claim: (claims) => claims.store, expected: "12" },
  { tool: "lightdash", seen: "lightdash", locked: [store], claim: (claims) => claims.userAttributes, expected: { store: "12" } },
  {
    tool: "power_bi_secure",
    seen: "power_bi",
    locked: [{ name: "role", value: { from: "fixed", text: "Store" } }],
    claim: ({ identities }) => (identities as { roles: string[] }[])[0]?.roles,
    expected: ["Store"],
  },
];

for (const { tool, seen, locked, claim, expected } of tools) {
  test(`${tool}: the board is shown with what was locked on the server`, async ({ page, shop, boards }) => {
    const id = await add(shop, boards, tool, { locked });
    await open(page, `/boards/${id}`);
    await shown(page, boards);
    expect(boards.seen(seen).length).toBeGreaterThan(0);
    expect(claim(boards.seen(seen)[0]!)).toEqual(expected);
    expect(boards.refusals).toEqual([]);
  });
}

test("what is locked to the member is theirs, whatever the browser asks for", async ({ shop, boards }) => {
  const id = await add(shop, boards, "metabase_signed", { locked: [email] });
  const asked = await shop.request.post(`/api/v1/embeds/${id}/view`, { headers: shop.headers, data: { locked: { store: "eve@example.com" }, store: "eve@example.com" } });
  const { url } = asked.ok() ? ((await asked.json()) as View) : await view(shop, id);
  const token = new URL(url).pathname.split("/").at(-1)!;
  expect(readToken(token, boards.secrets.metabase).claims.params).toEqual({ store: shop.email });
});

test("a token that was changed, or is for another board, is refused by the tool", async ({ shop, boards }) => {
  const first = new URL((await view(shop, await add(shop, boards, "metabase_signed", { locked: [store] }))).url);
  const other = await view(shop, await add(shop, boards, "metabase_signed", { paste: `${boards.origin}/dashboard/43` }));
  const [head, body, signature] = first.pathname.split("/").at(-1)!.split(".");
  const claims = JSON.parse(Buffer.from(body!, "base64url").toString()) as object;
  const changed = Buffer.from(JSON.stringify({ ...claims, params: { store: "13" } })).toString("base64url");
  const answer = async (url: string): Promise<string> => (await shop.request.get(url)).text();
  expect(await answer(first.href)).toContain("Metabase dashboard 42");
  expect(await answer(`${boards.origin}/embed/dashboard/${head}.${changed}.${signature}`)).toContain("corrupt or manipulated");
  expect(await answer(other.url)).toContain("Metabase dashboard 43");
  const swapped = `${head}.${body}.${new URL(other.url).pathname.split(".").at(-1)}`;
  expect(await answer(`${boards.origin}/embed/dashboard/${swapped}`)).toContain("corrupt or manipulated");
});

/** The claims of a token with another store in them, under the old signature. */
function otherStore(token: string): string {
  const [head, body, signature] = token.split(".");
  const text = Buffer.from(body!, "base64url").toString();
  expect(text, "there is something to change").toMatch(/12/);
  return `${head}.${Buffer.from(text.replaceAll("12", "13")).toString("base64url")}.${signature}`;
}

test("what our server signed for the other tools is refused once it is changed", async ({ shop, boards, request }) => {
  const of = async (tool: Signed): Promise<View> => view(shop, await add(shop, boards, tool, { locked: [tool === "power_bi_secure" ? { name: "role", value: { from: "fixed", text: "Store" } } : store] }));
  const id = boards.addresses.superset_embedded!.split("/").at(-1)!;
  const status = async (path: string, headers: Record<string, string>, method = "POST"): Promise<number> => (await request.fetch(boards.origin + path, { method, headers })).status();

  const looker = (await of("looker")).url;
  const [path, query] = looker.split("?");
  const attributes = new URLSearchParams(query);
  attributes.set("user_attributes", attributes.get("user_attributes")!.replace("12", "13"));
  expect(await (await request.get(`${path}?${attributes}`)).text()).toContain("failed to authenticate");
  expect((await request.get(looker)).status()).toBe(200);

  const tableau = new URL((await of("tableau")).url);
  const good = tableau.href;
  tableau.searchParams.set("token", otherStore(tableau.searchParams.get("token")!));
  expect(await (await request.get(tableau.href)).text()).toContain("corrupt or manipulated");
  expect((await request.get(good)).status()).toBe(200);

  const lightdash = new URL((await of("lightdash")).url);
  const project = lightdash.pathname.split("/")[2]!;
  const token = lightdash.hash.slice(1);
  for (const [text, expected] of [[otherStore(token), 401], [token, 200]] as const) {
    expect(await status(`/api/v1/embed/${project}/dashboard`, { "lightdash-embed-token": text })).toBe(expected);
  }

  const guest = (await of("superset_embedded")).token!;
  for (const [text, expected] of [[otherStore(guest), 401], [guest, 200]] as const) expect(await status(`/api/v1/dashboard/${id}`, { "x-guesttoken": text })).toBe(expected);
  expect(await status(`/api/v1/dashboard/${id.replace("6a", "7a")}`, { "x-guesttoken": guest }), "it is for the one dashboard").toBe(401);

  const embed = (await of("power_bi_secure")).token!;
  for (const [report, text, expected] of [[id, `${embed}x`, 403], [id.replace("6a", "7a"), embed, 403], [id, embed, 200]] as const) {
    expect(await status(`/mock/power-bi/report/${report}`, { authorization: `EmbedToken ${text}` }, "GET")).toBe(expected);
  }
});

test("a secret that the tool no longer knows is refused by the tool, in its frame", async ({ page, shop, boards }) => {
  const id = await add(shop, boards, "superset_embedded");
  boards.secrets.superset = "regenerated in the tool";
  await open(page, `/boards/${id}`);
  await expect(page.frameLocator("tradepost-board iframe").getByRole("alert")).toContainText("corrupt or manipulated");
  expect(boards.seen("superset")).toEqual([]);
});

test("Superset's token is renewed in the frame that stands, before it ends", async ({ page, shop, boards }) => {
  await page.clock.install();
  const id = await add(shop, boards, "superset_embedded");
  await open(page, `/boards/${id}`);
  const frame = await shown(page, boards);
  await frame.evaluate(() => Object.assign(window, { isTheSame: true }));
  const [first] = boards.seen("superset");
  await renewed(page);
  await expect.poll(() => boards.seen("superset").length).toBeGreaterThan(1);
  expect(boards.seen("superset").at(-1)!.iat).not.toBe(first!.iat);
  expect(await frame.evaluate(() => (window as unknown as { isTheSame: boolean }).isTheSame)).toBe(true);
  await expect(page.locator("tradepost-board")).toHaveAttribute("data-state", "shown");
});

test("Power BI's token is renewed in the frame that stands, before it ends", async ({ page, shop, boards }) => {
  await page.clock.install();
  const id = await add(shop, boards, "power_bi_secure");
  await open(page, `/boards/${id}`);
  const frame = await shown(page, boards);
  const first = await frame.locator("main").getAttribute("data-token");
  await frame.evaluate(() => Object.assign(window, { isTheSame: true }));
  await renewed(page);
  await expect(frame.locator("main")).not.toHaveAttribute("data-token", first!);
  await expect(frame.locator("main")).toHaveAttribute("data-state", "shown");
  expect(await frame.evaluate(() => (window as unknown as { isTheSame: boolean }).isTheSame)).toBe(true);
});

test("Metabase's board is renewed behind the one in sight, without a moment of nothing", async ({ page, shop, boards }) => {
  await page.clock.install();
  const id = await add(shop, boards, "metabase_signed", { locked: [store] });
  await open(page, `/boards/${id}`);
  await shown(page, boards);
  await page.locator("tradepost-board").evaluate(watchStates);
  const tokens = boards.seen("metabase").length;
  await renewed(page);
  await expect.poll(() => boards.seen("metabase").length).toBeGreaterThan(tokens);
  await page.clock.runFor(2_000);
  await shown(page, boards);
  expect(await states(page)).not.toContain("loading");
});

test("a board is as high as its tool says", async ({ page, shop, boards }) => {
  boards.height = 1500;
  const id = await add(shop, boards, "metabase_signed", { locked: [store] });
  await open(page, `/boards/${id}`);
  await shown(page, boards);
  await expect.poll(async () => (await page.locator("tradepost-board iframe").boundingBox())!.height).toBeGreaterThan(1500);
});

test("boards that nobody signs for are shown from their addresses", async ({ page, shop, boards }) => {
  const seen = [];
  for (const tool of ["looker_studio", "tableau_public", "power_bi_public", "metabase_public", "grafana", "generic"]) {
    const { id, access } = await shop.post<{ id: string; access: string }>("/api/v1/embeds", { paste: boards.addresses[tool], title: tool });
    await open(page, `/boards/${id}`);
    await shown(page, boards);
    seen.push(access);
  }
  expect(seen).toEqual(["sign_in", "public", "public", "public", "sign_in", "public"]);
});

test("where viewers sign in with the tool, its own page for that is shown", async ({ page, shop, boards }) => {
  for (const tool of ["looker", "tableau", "power_bi_secure"]) {
    const { id } = await shop.post<{ id: string }>("/api/v1/embeds", { paste: boards.addresses[tool], title: tool });
    await open(page, `/boards/${id}`);
    await expect(page.frameLocator("tradepost-board iframe").getByRole("button", { name: "Sign in" })).toBeVisible();
  }
});

for (const refuses of ["x-frame-options", "frame-ancestors"] as const) {
  test(`a tool that refuses to be framed by ${refuses} is explained`, async ({ page, shop, boards, problems }) => {
    const id = await add(shop, boards, "superset_embedded");
    boards.refusesFrames = refuses;
    await open(page, `/boards/${id}`);
    await expect(page.locator("tradepost-board")).toHaveAttribute("data-kind", "refused", { timeout: 20_000 });
    await expect(page.getByRole("alert")).toContainText("Allowed domains");
    // The browser says on its console that the frame was refused, in words of its own.
    problems.splice(0);
  });
}

test("a tool that never answers is explained", async ({ page, shop, boards }) => {
  await page.clock.install();
  const id = await add(shop, boards, "metabase_signed", { locked: [store] });
  boards.silent = true;
  // Its frame would keep the page from being loaded.
  await page.goto(`/boards/${id}`, { waitUntil: "commit" });
  await page.locator("tradepost-board[data-state=loading]").waitFor();
  await page.clock.fastForward(21_000);
  await expect(page.locator("tradepost-board")).toHaveAttribute("data-kind", "timeout");
});

test("neither tokens nor secrets are told: not in the list, not in the audit log", async ({ shop, boards }) => {
  const id = await add(shop, boards, "metabase_signed", { locked: [store] });
  const { url } = await view(shop, id);
  const token = new URL(url).pathname.split("/").at(-1)!;
  const told = JSON.stringify([await shop.get("/api/v1/embeds"), await shop.get("/api/v1/audit")]);
  expect(told).toContain("embed.token_minted");
  expect(told).not.toContain(token);
  expect(told).not.toContain(boards.secrets.metabase);
});

test("another shop's board is not there", async ({ shop, boards, request }) => {
  const id = await add(shop, boards, "metabase_signed", { locked: [store] });
  const stranger = await signUp(request);
  for (const path of ["view", "test"]) {
    const response = await request.post(`/api/v1/embeds/${id}/${path}`, { headers: stranger.headers, data: {} });
    expect(response.status(), path).toBe(404);
  }
});
