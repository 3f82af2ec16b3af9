// The stand-in for other tools is held to the tools: by their own libraries where there are some, and by what it must refuse.
import { expect } from "@playwright/test";
import type { Boards } from "../mock_boards/server.ts";
import { type Claims, forgeToken, lookerSignature } from "../mock_boards/tokens.ts";
import { embedToken, showPowerBi, showSuperset, type SupersetBoard, test, throughMicrosoft } from "../support/vendors.ts";

const seconds = (): number => Math.floor(Date.now() / 1000);

function guestToken(boards: Boards, changes: Claims = {}): Claims {
  const id = boards.addresses.superset_embedded!.split("/").at(-1)!;
  const claims = { user: { username: "ada" }, resources: [{ type: "dashboard", id }], rls_rules: [], iat: seconds(), exp: seconds() + 300, aud: `${boards.origin}/`, type: "guest" };
  return { ...claims, ...changes };
}

test("Superset's own library shows its board and learns its height", async ({ page, boards, host }) => {
  boards.embedders = [host];
  const token = forgeToken(guestToken(boards), boards.secrets.superset);
  const id = boards.addresses.superset_embedded!.split("/").at(-1)!;
  await page.goto(host);
  await page.evaluate(showSuperset, { domain: boards.origin, id, token });
  await expect(page.frameLocator("iframe").locator("main")).toHaveAttribute("data-state", "shown");
  await expect.poll(() => page.evaluate(() => (window as unknown as { board: SupersetBoard }).board.getScrollSize())).toMatchObject({ height: expect.any(Number) });
  expect(boards.seen("superset")).toHaveLength(1);
});

test("Superset refuses an embedder that it does not list", async ({ page, boards, host }) => {
  boards.embedders = ["https://elsewhere.example"];
  await page.goto(host);
  const response = page.waitForResponse(/\/embedded\//);
  await page.evaluate(showSuperset, { domain: boards.origin, id: boards.addresses.superset_embedded!.split("/").at(-1)!, token: forgeToken(guestToken(boards), boards.secrets.superset) });
  expect((await response).status()).toBe(403);
});

test("Power BI's own library loads its report, hears its events and renews its token", async ({ page, boards, host }) => {
  await throughMicrosoft(page, boards);
  const report = new URL(boards.addresses.power_bi_secure!).searchParams.get("reportId")!;
  const token = await embedToken(boards, report);
  await page.goto(host);
  const heard = await page.evaluate(showPowerBi, { url: `https://app.powerbi.com/reportEmbed?reportId=${report}`, report, token });
  expect(heard).toEqual(["loaded", "rendered", "renewed"]);
  const foreign = await page.evaluate(showPowerBi, { url: `https://app.powerbi.com/reportEmbed?reportId=${report}`, report, token: "another" });
  expect(foreign).toEqual(["PowerBINotAuthorizedException", "not renewed"]);
});

test("Metabase refuses tokens that are changed, foreign, ended, unsigned or for something else", async ({ request, boards }) => {
  const secret = boards.secrets.metabase;
  const claims = { resource: { dashboard: 42 }, params: { store: "12" }, exp: seconds() + 300 };
  const answer = async (token: string): Promise<string> => (await request.get(`${boards.origin}/embed/dashboard/${token}`)).text();
  const good = forgeToken(claims, secret);
  const changed = good.replace(/\..*\./, `.${Buffer.from(JSON.stringify({ ...claims, params: { store: "13" } })).toString("base64url")}.`);
  expect(await answer(good)).toContain("Metabase dashboard 42");
  expect(await answer(changed)).toContain("corrupt or manipulated");
  expect(await answer(forgeToken(claims, "another secret"))).toContain("corrupt or manipulated");
  expect(await answer(forgeToken(claims, secret, { alg: "none" }))).toContain("corrupt or manipulated");
  expect(await answer(forgeToken({ ...claims, exp: seconds() - 1 }, secret))).toContain("Token is expired");
  expect(await answer(forgeToken({ ...claims, resource: { dashboard: 44 } }, secret))).toContain("Embedding is not enabled");
  expect(await answer(forgeToken({ ...claims, params: {} }, secret))).toContain("You must specify a value for :store");
});

test("Superset refuses guest tokens of another kind, audience or dashboard", async ({ request, boards }) => {
  const path = `/api/v1/dashboard/${boards.addresses.superset_embedded!.split("/").at(-1)!}`;
  const answer = async (changes: Claims, secret = boards.secrets.superset): Promise<number> =>
    (await request.post(boards.origin + path, { headers: { "x-guesttoken": forgeToken(guestToken(boards, changes), secret) } })).status();
  expect(await answer({})).toBe(200);
  for (const wrong of [{ type: "access" }, { aud: "https://other.example/" }, { resources: [] }, { rls_rules: undefined }, { exp: seconds() - 1 }]) {
    expect(await answer(wrong), JSON.stringify(wrong)).toBe(401);
  }
  expect(await answer({}, "another secret")).toBe(401);
});

test("Looker refuses signatures of another address, old ones and a second use", async ({ request, boards }) => {
  const host = new URL(boards.origin).host;
  const path = `/login/embed/${encodeURIComponent("/embed/dashboards/4")}`;
  const signed = (changes: Record<string, string> = {}, nonce = `"${Math.random()}"`): URLSearchParams => {
    const values = { nonce, time: String(seconds()), session_length: "600", external_user_id: '"57"', permissions: '["access_data"]', models: '["sales"]', group_ids: "[]" };
    const query = new URLSearchParams({ ...values, external_group_id: '""', user_attributes: '{"store":"12"}', access_filters: "{}", ...changes });
    query.set("signature", lookerSignature(host, path, query, boards.secrets.looker));
    return query;
  };
  const answer = async (query: URLSearchParams, at = path): Promise<string> => (await request.get(`${boards.origin}${at}?${query}`)).text();
  const good = signed();
  expect(await answer(good)).toContain("Looker /embed/dashboards/4");
  expect(await answer(good)).toContain("already been used");
  expect(await answer(signed(), path.replace("4", "5"))).toContain("failed to authenticate");
  const changed = signed();
  changed.set("user_attributes", '{"store":"13"}');
  expect(await answer(changed)).toContain("failed to authenticate");
  expect(await answer(signed({ time: String(seconds() - 3600) }))).toContain("too old");
});

test("Tableau refuses tokens of another app, audience or scope, long lives and a second use", async ({ request, boards }) => {
  const { client, secretId, secret } = boards.secrets.tableau;
  const header = { alg: "HS256", typ: "JWT", kid: secretId, iss: client };
  const claims = (changes: Claims = {}): Claims => ({ iss: client, exp: seconds() + 300, jti: String(Math.random()), aud: "tableau", sub: "ada@example.com", scp: ["tableau:views:embed"], ...changes });
  const answer = async (token: string, target = "/t/shop/views/Sales/Overview?:embed=y"): Promise<string> => {
    const query = new URLSearchParams({ token, target });
    return (await request.get(`${boards.origin}/vizportal/api/web/v1/auth/embed/target?${query}`)).text();
  };
  const good = forgeToken(claims(), secret, header);
  expect(await answer(good)).toContain("Tableau /t/shop/views/Sales/Overview");
  expect(await answer(good)).toContain("used before");
  expect(await answer(forgeToken(claims(), secret, { ...header, kid: "another" }))).toContain("not known");
  expect(await answer(forgeToken(claims({ aud: "other" }), secret, header))).toContain("audience");
  expect(await answer(forgeToken(claims({ scp: ["tableau:content:read"] }), secret, header))).toContain("scope");
  expect(await answer(forgeToken(claims({ exp: seconds() + 1200 }), secret, header))).toContain("longer than ten minutes");
  expect(await answer(forgeToken(claims(), secret, header), "https://evil.example/")).toContain("elsewhere");
  expect(await (await request.get(`${boards.origin}/t/shop/views/Sales/Overview`)).text()).toContain("Sign in to Tableau");
});
