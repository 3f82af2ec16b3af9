// A board's secret is replaced while its page is open: the tool may have been switched over before that, or be switched after it.
import type { Page } from "@playwright/test";
import type { Boards } from "../mock_boards/server.ts";
import { addSigned, renewed, shown, type Signed, states, test, watchStates } from "../support/boards.ts";
import type { Shop } from "../support/shop.ts";
import { expect, open } from "../support/test.ts";

const next = "the next secret, regenerated in the tool";
const key = { metabase_signed: "metabase", looker: "looker", superset_embedded: "superset", lightdash: "lightdash" } as const;
type Tool = keyof typeof key & Signed;

const switchTool = (boards: Boards, tool: Tool): unknown => (boards.secrets[key[tool]] = next);

/** Gives Tradepost the next secret, whatever the tool knows. */
async function replace(shop: Shop, boards: Boards, tool: Tool, id: string): Promise<void> {
  await shop.post(`/api/v1/embeds/${id}/secret`, { fields: { ...boards.secretOf(tool), secret: next } });
}

/** Lets the page's clock run, faster than it does by itself, until the tool has accepted so many tokens. */
async function accepted(page: Page, boards: Boards, tool: Tool, count: number): Promise<void> {
  await expect.poll(async () => (await page.clock.fastForward(1_500), boards.seen(key[tool]).length)).toBeGreaterThanOrEqual(count);
  await page.clock.runFor(1_000);
}

/** Waits until the frame, which may tell its height, moves nothing below it any more. */
async function stands(page: Page): Promise<void> {
  let before = -1;
  const height = () => page.locator("tradepost-board").evaluate((board) => board.clientHeight);
  await expect.poll(async () => before === (before = await height()), { intervals: [400] }).toBe(true);
}

for (const tool of ["metabase_signed", "looker"] as const) {
  test(`${tool}: an open page goes on when the tool was switched over before`, async ({ page, shop, boards }) => {
    await page.clock.install();
    const id = await addSigned(shop, boards, tool, { locked: [{ name: "store", value: { from: "fixed", text: "12" } }] });
    await open(page, `/boards/${id}`);
    await shown(page, boards);
    await page.locator("tradepost-board").evaluate(watchStates);
    const before = boards.seen(key[tool]).length;
    switchTool(boards, tool);
    await replace(shop, boards, tool, id);
    await renewed(page);
    await accepted(page, boards, tool, before + 1);
    await shown(page, boards);
    expect(boards.refusals).toEqual([]);
    expect(await states(page)).toEqual([]);
  });

  test(`${tool}: an open page goes on when the tool is switched over after`, async ({ page, shop, boards }) => {
    await page.clock.install();
    const id = await addSigned(shop, boards, tool, { locked: [{ name: "store", value: { from: "fixed", text: "12" } }] });
    await open(page, `/boards/${id}`);
    await shown(page, boards);
    await page.locator("tradepost-board").evaluate(watchStates);
    await replace(shop, boards, tool, id);
    let before = boards.seen(key[tool]).length;
    await renewed(page);
    await accepted(page, boards, tool, before + 1);
    await shown(page, boards);
    expect(boards.refusals.length, "the tool has refused what it did not know yet").toBe(1);
    switchTool(boards, tool);
    before = boards.seen(key[tool]).length;
    await renewed(page);
    await accepted(page, boards, tool, before + 1);
    await shown(page, boards);
    expect(boards.refusals.length, "the secret that served was asked for first").toBe(2);
    expect(await states(page), "the board in sight has always been one").toEqual([]);
  });

  test(`${tool}: a page that is opened before the tool is switched over finds the secret that it knows`, async ({ page, shop, boards }) => {
    await page.clock.install();
    const id = await addSigned(shop, boards, tool, { locked: [{ name: "store", value: { from: "fixed", text: "12" } }] });
    await replace(shop, boards, tool, id);
    await open(page, `/boards/${id}`);
    await accepted(page, boards, tool, 1);
    await shown(page, boards);
    await expect(page.locator("tradepost-board")).toHaveAttribute("data-kind", "");
    await expect(page.getByText("shown with the secret before the newest")).toBeVisible();
  });
}

for (const tool of ["superset_embedded", "lightdash", "metabase_signed"] as const) {
  test(`${tool}: where the tool does not tell, the viewer says which secret it knows`, async ({ page, shop, boards }) => {
    boards.refusalsSpeak = true;
    const id = await addSigned(shop, boards, tool, tool === "metabase_signed" ? { locked: [{ name: "store", value: { from: "fixed", text: "12" } }] } : {});
    await replace(shop, boards, tool, id);
    await open(page, `/boards/${id}`);
    await expect(page.frameLocator("tradepost-board iframe").getByRole("alert")).toContainText("corrupt or manipulated");
    await stands(page);
    await page.getByRole("button", { name: "Use the one before" }).click();
    await expect(page.getByRole("button", { name: "Use the newest" })).toBeVisible();
    await expect.poll(() => boards.seen(key[tool]).length).toBe(1);
    await shown(page, boards);
    switchTool(boards, tool);
    await page.getByRole("button", { name: "Use the newest" }).click();
    await expect(page.getByRole("button", { name: "Use the one before" })).toBeVisible();
    await expect.poll(() => boards.seen(key[tool]).length).toBe(2);
    await shown(page, boards);
    expect((await shop.get<{ action: string; subject: string }[]>("/api/v1/audit")).filter(({ action }) => action === "embed.token_minted").length).toBe(3);
  });
}

test("superset_embedded: an open page's frame stands when the tool was switched over before", async ({ page, shop, boards }) => {
  await page.clock.install();
  const id = await addSigned(shop, boards, "superset_embedded");
  await open(page, `/boards/${id}`);
  const frame = await shown(page, boards);
  await frame.evaluate(() => Object.assign(window, { isTheSame: true }));
  switchTool(boards, "superset_embedded");
  await replace(shop, boards, "superset_embedded", id);
  const before = boards.seen("superset").length;
  await renewed(page);
  await accepted(page, boards, "superset_embedded", before + 1);
  await shown(page, boards);
  expect(await frame.evaluate(() => (window as unknown as { isTheSame: boolean }).isTheSame)).toBe(true);
  expect(boards.refusals).toEqual([]);
});

test("power_bi_secure: whichever secret Microsoft knows is used, and no page notices", async ({ page, shop, boards }) => {
  await page.clock.install();
  const id = await addSigned(shop, boards, "power_bi_secure");
  await open(page, `/boards/${id}`);
  const frame = await shown(page, boards);
  await page.locator("tradepost-board").evaluate(watchStates);
  await shop.post(`/api/v1/embeds/${id}/secret`, { fields: { ...boards.secretOf("power_bi_secure"), secret: next } });
  for (const isSwitched of [false, true]) {
    if (isSwitched) boards.secrets.powerBi.secret = next;
    const token = await frame.locator("main").getAttribute("data-token");
    await renewed(page);
    await expect(frame.locator("main")).not.toHaveAttribute("data-token", token!);
    await expect(frame.locator("main")).toHaveAttribute("data-state", "shown");
  }
  expect(await states(page)).toEqual([]);
});
