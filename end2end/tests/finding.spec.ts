// Goals, the search, and the board of one thing: from what a person does to what the page shows.
import { expect, open, test } from "../support/test.ts";
import { isSound } from "../support/sound.ts";
import { inventedSales, recognisedCsv } from "../support/sales.ts";

const lines = inventedSales(33);

test.beforeEach(async ({ shop }) => {
  await shop.upload("sales.csv", recognisedCsv(lines));
});

test("the search finds a product by the keyboard and opens its board", async ({ page }) => {
  await open(page, "/sales");
  const product = lines[0]?.product ?? "";
  await page.keyboard.press("Control+k");
  const box = page.getByRole("combobox", { name: "Search" });
  await expect(box).toBeFocused();
  await box.fill("aov");
  await expect(page.getByRole("option", { name: /Average order value/ })).toHaveAttribute("aria-selected", "true");
  await box.fill(product);
  const option = page.getByRole("group", { name: "Products" }).getByRole("option").first();
  await expect(option).toHaveText(product);
  await isSound(page);
  while ((await option.getAttribute("aria-selected")) !== "true") await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/dashboards\/xray-product\?product=/);
  await expect(page.getByRole("heading", { level: 1, name: product })).toBeVisible();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.locator(".quiet-card .icon use[href$='circle-alert']")).toHaveCount(0);
  await isSound(page);
  await page.locator("body").click({ position: { x: 1, y: 1 } });
  await page.keyboard.press("/");
  await expect(box).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("a short address leads to the board of a country, and one of nothing says so", async ({ page }) => {
  await page.goto("/xray/country/GB");
  await expect(page.getByRole("heading", { level: 1, name: "United Kingdom" })).toBeVisible();
  // Without its country it is no board to come back to: nothing here marks it, and no list has it.
  await expect(page.getByRole("button", { name: /Favourite/ })).toHaveCount(0);
  await open(page, "/boards");
  await expect(page.getByRole("button", { name: /^Favourite:/ }).first()).toBeVisible();
  await expect(page.locator(".board-tile a[href*='/dashboards/xray-']")).toHaveCount(0);
  expect((await page.request.get("/xray/hour/9")).status()).toBe(404);
});

test("a figure gets a goal and says how far it is", async ({ page }) => {
  await open(page, "/dashboards/new");
  await page.getByLabel("Name").fill("Goals");
  await page.getByRole("checkbox", { name: "Over time" }).uncheck();
  await page.getByLabel("Goal (if there is one)").fill("1000000");
  await page.getByLabel("Goal (if there is one)").blur();
  const preview = page.locator(".builder-preview");
  await expect(preview.locator(".goal-bar")).toBeVisible();
  await expect(preview).toContainText(/% of £1,000,000\.00 in \w+ \d{4}: (behind|short) by £/);
  await page.getByRole("button", { name: "Pin this card" }).click();
  await page.getByRole("button", { name: "Save the board" }).click();
  // Until then the builder's preview stands on the page, too.
  await page.waitForURL(/\/dashboards\/[0-9a-f-]{36}$/);
  await expect(page.locator(".board-cell .goal-bar")).toBeVisible();
  await isSound(page);
});
