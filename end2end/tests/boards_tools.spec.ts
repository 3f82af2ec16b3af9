// Each tool's board in Tradepost, against the stand-in that checks what the tools check.
import { setTimeout } from "node:timers/promises";
import type { Boards } from "../mock_boards/server.ts";
import { test } from "../support/boards.ts";
import { expect, hydrated, open } from "../support/test.ts";
import type { Shop } from "../support/shop.ts";

async function add(shop: Shop, boards: Boards, tool: string, more: object = {}): Promise<string> {
  const { id } = await shop.post<{ id: string }>("/api/v1/embeds", { paste: boards.addresses[tool]!, title: `Board of ${tool}`, ...more });
  return `/boards/${id}`;
}

for (const tool of ["metabase_public", "looker_studio", "tableau_public", "grafana", "generic"]) {
  test(`a board of ${tool} that anyone may see is shown`, async ({ page, shop, boards }) => {
    await open(page, await add(shop, boards, tool));
    await expect(page.frameLocator("tradepost-board iframe").locator("main")).toBeVisible();
    await expect(page.locator("tradepost-board")).toHaveAttribute("data-state", "shown");
    expect(boards.refusals).toEqual([]);
  });
}

test("a signed Metabase board has its locked parameter, its own height, and a new token without a flash", async ({ page, shop, boards }) => {
  const locked = [{ name: "store", value: { from: "fixed", text: "Leeds" } }];
  const path = await add(shop, boards, "metabase_signed", { secret: boards.secretOf("metabase_signed"), locked });
  await page.clock.install();
  await page.goto(path);
  await hydrated(page);
  const element = page.locator("tradepost-board");
  await expect(element).toHaveAttribute("data-state", "shown");
  expect(boards.seen("metabase").at(-1)).toMatchObject({ params: { store: "Leeds" } });
  await expect.poll(() => element.evaluate((board) => board.clientHeight)).toBeGreaterThan(boards.height - 4);
  boards.height = 900;
  const first = await element.locator("iframe").getAttribute("src");
  // Whether a frame that has loaded was in sight at every change of the element.
  await element.evaluate((board) => {
    new MutationObserver(() => {
      if (!board.querySelector(".board-box:not(.is-waiting) iframe")) document.body.dataset.flashed = "yes";
    }).observe(board, { childList: true, subtree: true, attributes: true });
  });
  // Only the page's clock is moved: a token that the server signs within the same second is the same token.
  await setTimeout(1_100);
  await page.clock.fastForward(9 * 60_000);
  await page.clock.runFor(2000);
  await expect.poll(async () => (await page.clock.runFor(500), element.locator(".board-box:not(.is-waiting) iframe").getAttribute("src"))).not.toBe(first);
  await expect(element.locator("iframe")).toHaveCount(1);
  expect(await page.locator("body").getAttribute("data-flashed")).toBeNull();
  expect(boards.refusals).toEqual([]);
});

test("Superset takes its guest token by message, and says its height", async ({ page, shop, boards, baseURL }) => {
  boards.embedders = [baseURL!];
  await open(page, await add(shop, boards, "superset_embedded", { secret: { ...boards.secretOf("superset_embedded"), audience: `${boards.origin}/` } }));
  await expect(page.locator("tradepost-board")).toHaveAttribute("data-state", "shown");
  await expect(page.frameLocator("tradepost-board iframe").locator("main")).toHaveAttribute("data-state", "shown");
  expect(await page.locator("tradepost-board iframe").getAttribute("src")).not.toContain("eyJ");
  expect(boards.seen("superset").length).toBeGreaterThan(0);
});

for (const tool of ["looker", "lightdash", "tableau"] as const) {
  test(`a signed board of ${tool} is shown`, async ({ page, shop, boards }) => {
    await open(page, await add(shop, boards, tool, { secret: boards.secretOf(tool) }));
    await expect(page.frameLocator("tradepost-board iframe").locator("main")).toBeVisible();
    expect(boards.refusals).toEqual([]);
  });
}

test("a board whose tool refuses frames says what its admin can do", async ({ page, shop, boards, problems }) => {
  boards.refusesFrames = "frame-ancestors";
  await open(page, await add(shop, boards, "metabase_public"));
  await expect(page.getByRole("status").filter({ hasText: /public sharing is still on/ })).toBeVisible();
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("It may refuse to be framed by this address");
  problems.splice(0, problems.length, ...problems.filter((problem) => !/frame-ancestors|Refused to frame|Framing/.test(problem)));
});
