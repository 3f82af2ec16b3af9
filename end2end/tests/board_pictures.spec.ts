// The world, points between two measures, the rows behind a figure, and cards that are dragged.
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expect, hydrated, open, test } from "../support/test.ts";
import { query } from "../support/figures.ts";
import { press } from "../support/menus.ts";
import { isSound } from "../support/sound.ts";
import { count, figuresOf, inventedSales, pounds, recognisedCsv } from "../support/sales.ts";

const tiny = ["Singapore", "Malta", "Hong Kong"];
const lines = inventedSales(34, 120).map((line, index) => ({ ...line, country: index % 10 === 0 ? tiny[(index / 10) % 3]! : line.country }));
const one = new Map<string, string>();
for (const line of lines) line.country = one.get(line.order) ?? (one.set(line.order, line.country), line.country);
const countries = new Set(lines.map((line) => line.country));

test.beforeEach(async ({ shop }) => {
  await shop.upload("sales.csv", recognisedCsv(lines));
});

function netOf(country: string): string {
  return pounds(figuresOf(lines.filter((line) => line.country === country)).net);
}

test("the world shows every country, the smallest as dots, and is walked through by keyboard", async ({ page }) => {
  await open(page, "/dashboards/geography?range=all");
  const map = page.locator("tradepost-map");
  await expect(map).toHaveAttribute("data-state", "drawn");
  const places = map.locator(".map-place");
  await expect(places).toHaveCount(countries.size);
  await expect(map.locator(".map-dot")).toHaveCount(tiny.length);
  await isSound(page);

  await map.locator(".map-place[tabindex='0']").focus();
  await expect(map.locator(".map-tip .chart-tip-title")).toHaveText("United Kingdom");
  await expect(map.locator(".map-tip .chart-tip-value").first()).toHaveText(netOf("United Kingdom"));
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  const second = await map.locator(".map-tip .chart-tip-title").innerText();
  await expect(map.locator(".map-tip .chart-tip-value").first()).toHaveText(netOf(second));
  await page.keyboard.press("Enter");
  await expect.poll(() => query(page).get("country")).not.toBeNull();
  await expect(places).toHaveCount(1);
  await page.getByRole("link", { name: /take this filter off/ }).click();
  const singapore = map.locator(".map-place[data-code='SG']");
  const radius = async (part: string) => Number(await singapore.locator(part).getAttribute("r"));
  // A finger needs 24 pixels around a dot of 8, and meets it at their edge, too.
  const reach = (await singapore.locator(".map-reach").boundingBox())!;
  expect(Math.min(reach.width, reach.height)).toBeGreaterThanOrEqual(23.9);
  expect((await radius(".map-reach")) / (await radius(".map-dot"))).toBeCloseTo(3);
  await singapore.locator(".map-reach").click({ position: { x: 22, y: 12 } });
  await expect.poll(() => query(page).get("country")).toBe("SG");
});

test("the world is taken away as a file", async ({ page }) => {
  await open(page, "/dashboards/geography?range=all");
  await page.getByRole("button", { name: "Download Net sales, Orders, Customers by country" }).first().click();
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, page.locator("[popover]:popover-open").getByText("SVG"))]);
  const text = await readFile(await file.path(), "utf8");
  expect(text).toContain("Net sales, Orders, Customers by country");
  expect(text.match(/<circle/g)?.length).toBe(tiny.length);
  expect(text).toMatch(/fill="rgba\(/);
});

test("two measures make points, one does not", async ({ page }) => {
  await open(page, "/dashboards/new");
  await page.getByRole("checkbox", { name: "Over time" }).uncheck();
  await page.getByLabel("Split by").selectOption({ label: "Product" });
  await expect(page.getByLabel("As", { exact: true }).locator("option", { hasText: "Scatter" })).toHaveCount(0);
  await page.getByLabel("And", { exact: true }).selectOption({ label: "Units" });
  await page.getByLabel("As", { exact: true }).selectOption({ label: "Scatter" });
  const points = page.locator(".builder-preview figure.chart-scatter");
  await expect(points.locator("tradepost-chart")).toHaveAttribute("data-state", "drawn");
  await expect(points).toContainText("Net sales");
});

test("the rows behind a figure add up to it and lead to their file", async ({ page }) => {
  const march = lines.filter((line) => line.at.startsWith("2024-03"));
  await open(page, "/dashboards/overview?range=2024-03-01..2024-03-31&country=GB");
  const british = march.filter((line) => line.country === "United Kingdom");
  await page.getByRole("link", { name: "See the rows of Net sales", exact: true }).click();
  await page.waitForURL(/\/dashboards\/overview\/cards\/0\/rows\?/);
  await hydrated(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The rows behind “Net sales”");
  const orders = new Set(british.map((line) => line.order)).size;
  await expect(page.locator("tbody tr")).toHaveCount(orders + 1);
  await expect(page.locator("tbody tr").last()).toContainText(`Total of ${count(orders)} orders`);
  await expect(page.locator("tbody tr").last()).toContainText(pounds(figuresOf(british).net));
  await expect(page.locator(".page-lead")).toContainText(`Net sales ${pounds(figuresOf(british).net)}`);
  await isSound(page);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV", exact: true }).click()]);
  expect((await readFile(await file.path(), "utf8")).trim().split("\n")).toHaveLength(orders + 1);
  await page.getByRole("navigation", { name: "Files" }).getByRole("link", { name: "sales.csv" }).click();
  await page.waitForURL(/\/data\/uploads\/[0-9a-f-]{36}$/);
});

/** Drags from one place to another as a hand would. */
async function drag(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  const box = (await from.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x - 12, to.y, { steps: 6 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
}

test("cards are dragged to their place and stretched, and Esc leaves them", async ({ page }) => {
  await open(page, "/dashboards/new?from=overview");
  const heads = page.locator(".edited-head");
  const first = await heads.first().innerText();
  const second = page.locator(".edited-card").nth(1);
  await second.scrollIntoViewIfNeeded();
  const box = (await second.boundingBox())!;
  const right = { x: box.x + box.width * 0.8, y: box.y + 60 };
  await drag(page, heads.first(), right);
  await expect(page.locator(".edited-card.is-dragged")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(heads.first()).toHaveText(first);
  await drag(page, heads.first(), right);
  await page.mouse.up();
  await expect(heads.nth(1)).toHaveText(first);
  await expect(page.getByText("Card is now number 2 of")).toBeAttached();

  const grid = (await page.locator("tradepost-grid").boundingBox())!;
  const card = (await page.locator(".edited-card").first().boundingBox())!;
  await drag(page, page.locator(".edited-edge").first(), { x: card.x + (grid.width / 12) * 6, y: card.y + card.height / 2 });
  await page.mouse.up();
  await expect(page.locator(".edited-card").first()).toHaveClass(/board-cell-6/);
  await page.getByRole("button", { name: "Save the board" }).click();
  await page.waitForURL(/\/dashboards\/[0-9a-f-]{36}$/);
  await expect(page.locator(".board-cell").first()).toHaveClass(/board-cell-6/);
  await expect(page.locator(".board-cell").nth(1)).toContainText(first);
});
