// What leaves a board: files of its cards, public links, boards on other sites and on walls.
import type { Download, Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { expect, hydrated, open, test } from "../support/test.ts";
import { figure } from "../support/figures.ts";
import { otherSite } from "../support/other_site.ts";
import { press } from "../support/menus.ts";
import { isSound } from "../support/sound.ts";
import { figuresOf, inventedSales, pounds, recognisedCsv } from "../support/sales.ts";
import type { Shop } from "../support/shop.ts";

const lines = inventedSales(44);
const inMarch = lines.filter((line) => line.at.startsWith("2024-03"));
const march = "range=2024-03-01..2024-03-31";

test.beforeEach(async ({ shop }) => {
  await shop.upload("sales.csv", recognisedCsv(lines));
});

/** Takes a card away by its menu. */
async function take(page: Page, menu: string | RegExp, file: string): Promise<Download> {
  await page.getByRole("button", { name: menu }).click();
  const download = page.waitForEvent("download");
  await press(page, page.locator(".menu-panel:popover-open .menu-item").filter({ hasText: new RegExp(`^${file}`) }));
  return download;
}

async function link(shop: Shop, board: string, view: string): Promise<{ url: string; id: string; code: string }> {
  const made = await shop.post<{ url: string; link: { id: string }; embed_code: string }>(`/api/v1/dashboards/${board}/links`, { name: "Wall", days: 30, view });
  return { url: made.url, id: made.link.id, code: made.embed_code };
}

test("a card is taken away as CSV, workbook, PNG and SVG", async ({ page }) => {
  await open(page, `/dashboards/overview?${march}`);
  const csv = await take(page, "Download Net sales by product", "CSV");
  expect(csv.suggestedFilename()).toBe("overview-net-sales-by-product-2024-03-01-to-2024-03-31.csv");
  const rows = (await readFile(await csv.path(), "utf8")).replace("\ufeff", "").trim().split("\r\n");
  expect(rows[0]).toBe("Product,Net sales (GBP)");
  const chart = page.locator("figure", { has: page.getByRole("heading", { name: "Net sales by product" }) });
  await chart.getByRole("button", { name: "Table" }).click();
  expect(rows.length - 1).toBe(await chart.locator("tbody tr").count());
  await chart.getByRole("button", { name: "Table" }).click();

  const workbook = await take(page, "Download Net sales over time", "Excel");
  expect(workbook.suggestedFilename()).toMatch(/^overview-net-sales-over-time-.*\.xlsx$/);
  expect((await readFile(await workbook.path())).subarray(0, 2).toString()).toBe("PK");

  const total = await take(page, /^Download Net sales$/, "CSV");
  const { net } = figuresOf(inMarch);
  expect((await readFile(await total.path(), "utf8")).replace("\ufeff", "")).toBe(`Net sales (GBP)\r\n${(net / 100).toFixed(2)}\r\n`);

  const svg = await take(page, "Download Net sales by product", "SVG");
  expect(svg.suggestedFilename()).toBe("net-sales-by-product-1-31-mar-2024.svg");
  const text = await readFile(await svg.path(), "utf8");
  expect(text).toContain("Net sales by product");
  expect(text).toContain("1 – 31 Mar 2024");
  expect(text).toMatch(/<path[^>]*fill="rgb/);
  // Read as a program would, in a page without rules of its own.
  const reader = await page.context().newPage();
  expect(await reader.evaluate((svg) => new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("parsererror")?.textContent ?? null, text)).toBeNull();
  await reader.close();

  const png = await readFile(await (await take(page, "Download Net sales by product", "PNG")).path());
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.readUInt32BE(16)).toBe(2000);
  await isSound(page);
});

test("a board is taken away as a PDF of the days in sight", async ({ page }) => {
  await open(page, `/dashboards/overview?${march}`);
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: "PDF" }).click();
  const file = await started;
  expect(file.suggestedFilename()).toMatch(/^overview-2024-03-01-to-2024-03-31\.pdf$/);
  expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe("%PDF-");
});

test("a picture for a mail is on paper, whatever the theme", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page, `/dashboards/overview?${march}`);
  const text = await readFile(await (await take(page, "Download Net sales by product", "SVG")).path(), "utf8");
  expect(text).toContain('fill="#fffefc"');
  expect(text).not.toContain("#1e1d1a");
});

test("a link is made, shows a stranger the board as it is, and is closed again", async ({ page, otherPerson }) => {
  await open(page, `/dashboards/overview?${march}`);
  await page.getByRole("link", { name: "Share" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Share this board");
  await expect(page.getByText("It shows 1 – 31 Mar 2024")).toBeVisible();
  await expect(page.getByText("Everybody in the shop: this board comes with the product")).toBeVisible();
  await page.getByRole("button", { name: "Make the link" }).click();
  await expect(page.getByText("enter a name", { exact: false }).first()).toBeVisible();
  await page.getByLabel("Where or for whom it is").fill("Screen in the shop");
  await page.getByLabel("Works for").selectOption({ label: "7 days" });
  await page.getByRole("button", { name: "Make the link" }).click();
  const url = await page.getByLabel("Address of the link").inputValue();
  expect(await page.getByLabel("HTML for your own site").inputValue()).toContain(`<iframe src="${url}"`);
  await expect(page.getByRole("row", { name: /Screen in the shop/ })).toContainText("Open");
  await isSound(page);

  const stranger = (await otherPerson()).page;
  await open(stranger, url);
  await expect(figure(stranger, "Net sales")).toHaveText(pounds(figuresOf(inMarch).net));
  await expect(stranger.locator(".rail")).toHaveCount(0);
  await expect(stranger.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
  await expect(stranger.locator("tradepost-chart").first()).toHaveAttribute("data-state", "drawn");
  expect(await stranger.locator("a[href^='/dashboards'], a[href^='/api']").count(), "nothing leads into the shop").toBe(0);
  await isSound(stranger);
  const picture = await readFile(await (await take(stranger, "Download Net sales by product", "PNG")).path());
  expect(picture.subarray(1, 4).toString()).toBe("PNG");

  await page.getByRole("button", { name: "Close Screen in the shop" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(page.getByRole("row", { name: /Screen in the shop/ })).toContainText("Closed");
  await stranger.reload();
  await hydrated(stranger);
  await expect(stranger.getByText("This link was closed", { exact: false })).toBeVisible();
  await isSound(stranger);
});

test("a site that was named shows a link in its page, and another one does not", async ({ shop, browser }) => {
  const { code } = await link(shop, "overview", march);
  const site = await otherSite(code);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${site.port}/`);
    const frame = page.frameLocator("iframe");
    await expect(frame.getByRole("heading", { level: 1 })).toHaveText("Overview");
    await expect(frame.locator("tradepost-chart").first()).toHaveAttribute("data-state", "drawn");
    await page.goto(`http://localhost:${site.port}/`);
    await expect.poll(() => page.frames()[1]?.url()).toBe("chrome-error://chromewebdata/");
  } finally {
    await context.close();
    await site.close();
  }
});

/** The bar of a screen fades while nobody moves: it stays some seconds longer. */
const stays = (page: Page): Promise<void> => page.mouse.move(5, 5);

test("a board on a wall is large, fresh and left by a key", async ({ page, shop }) => {
  await open(page, `/dashboards/overview?${march}`);
  await page.getByRole("link", { name: "Screen" }).click();
  await page.waitForURL(/\/dashboards\/overview\/tv\?range=/);
  await expect(page.locator(".rail")).toHaveCount(0);
  await expect(figure(page, "Net sales")).toHaveText(pounds(figuresOf(inMarch).net));
  await expect(page.locator("tradepost-screen")).toHaveAttribute("data-wake", /held|refused|missing/);
  await stays(page);
  await isSound(page);
  const one = { ...inMarch.find((line) => line.quantity > 0)!, order: "999001" };
  await shop.upload("late.csv", recognisedCsv([one]));
  await expect(figure(page, "Net sales")).toHaveText(pounds(figuresOf([...inMarch, one]).net), { timeout: 30_000 });
  await page.keyboard.press("Escape");
  await page.waitForURL(/\/dashboards\/overview\?range=/);
  await expect(page.locator(".rail")).toBeVisible();
});

test("favourites take turns on a wall, can be held, and are turned by hand", async ({ page, shop }) => {
  for (const board of ["rhythm", "products"]) {
    await shop.request.patch(`/api/v1/dashboards/${board}`, { headers: shop.headers, data: { is_favourite: true } });
  }
  await page.clock.install();
  await open(page, `/dashboards/rhythm/tv?rotate=60`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Rhythm");
  await page.clock.fastForward(60_000);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Products");
  expect(page.url()).toContain("/dashboards/products/tv?rotate=60");
  await page.keyboard.press(" ");
  await expect(page.getByRole("button", { name: "Hold this board" })).toHaveAttribute("aria-pressed", "true");
  await page.clock.fastForward(180_000);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Products");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Rhythm");
  await page.getByLabel("Favourites in turn").selectOption({ label: "Only this board" });
  await expect.poll(() => page.url()).not.toContain("rotate");
});

test("a link is shown on a wall too", async ({ shop, otherPerson }) => {
  const { url } = await link(shop, "overview", march);
  const { page } = await otherPerson();
  await open(page, url);
  await page.getByRole("link", { name: "Show on a screen" }).click();
  await expect(page.getByRole("navigation", { name: "Screen" })).toBeVisible();
  await expect(figure(page, "Net sales")).toHaveText(pounds(figuresOf(inMarch).net));
  await stays(page);
  await isSound(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("navigation", { name: "Screen" })).toHaveCount(0);
});

test("a board on paper says its days and shows nothing that is for the screen", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page, `/dashboards/overview?${march}&country=DE`);
  await expect(page.locator(".board-rest, .board-cell-ghost")).toHaveCount(0);
  await expect(page.locator("tradepost-chart")).not.toHaveCount(0);
  for (const chart of await page.locator("tradepost-chart").all()) {
    await chart.scrollIntoViewIfNeeded();
    await expect(chart).toHaveAttribute("data-state", "drawn");
  }
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(page.locator(".print-words")).toHaveText(/1 – 31 Mar 2024 · compared with .* · Country: Germany/);
  for (const hidden of [".rail", ".top-bar", ".board-pickers", ".page-actions", ".chart-tools"]) await expect(page.locator(hidden).first()).toBeHidden();
  const sizes = await page.locator("tradepost-chart").evaluateAll((charts) =>
    charts.map((chart) => [chart.querySelector("svg")!.getBoundingClientRect().width, chart.clientWidth]),
  );
  for (const [drawn, room] of sizes) expect(drawn).toBeLessThanOrEqual(room! + 1);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--text").trim())).toBe("#211f1b");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  const pdf = (await page.pdf({ preferCSSPageSize: true, tagged: true })).toString("latin1");
  expect(pdf.match(/\/Type \/Page\b/g)?.length, "sheets of paper").toBeGreaterThan(1);
});
