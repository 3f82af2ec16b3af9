import { expect, hydrated, open, test } from "../support/test.ts";
import { card, chartBy, drawn, figure, query } from "../support/figures.ts";
import { press } from "../support/menus.ts";
import { count, figuresOf, inventedSales, pounds, recognisedCsv } from "../support/sales.ts";
import { readFile } from "node:fs/promises";

const lines = inventedSales(21);
const within = (from: string, to: string) => lines.filter((line) => line.at.slice(0, 10) >= from && line.at.slice(0, 10) <= to);

test.beforeEach(async ({ shop }) => {
  await shop.upload("sales.csv", recognisedCsv(lines));
});

test("a range in the address is the range on the page", async ({ page }) => {
  const march = figuresOf(within("2024-03-01", "2024-03-31"));
  await open(page, "/sales?range=2024-03-01..2024-03-31");
  await expect(figure(page, "Net sales")).toHaveText(pounds(march.net));
  await expect(figure(page, "Orders")).toHaveText(count(march.orders));
  await expect(figure(page, "Units")).toHaveText(count(march.units));
});

test("a chosen range goes into the address, and back takes it out again", async ({ page }) => {
  await open(page, "/sales?range=2024-01-01..2024-06-30");
  const before = await figure(page, "Net sales").textContent();
  await page.getByRole("button", { name: /choose days$/ }).click();
  await page.getByLabel("From", { exact: true }).fill("2024-02-01");
  await page.getByLabel("To", { exact: true }).fill("2024-02-29");
  await page.getByRole("button", { name: "Show these days" }).click();
  await expect.poll(() => query(page).get("range")).toBe("2024-02-01..2024-02-29");
  await expect(figure(page, "Net sales")).toHaveText(pounds(figuresOf(within("2024-02-01", "2024-02-29")).net));
  await page.goBack();
  await expect(figure(page, "Net sales")).toHaveText(before!);
});

test("figures are set against the months before, in words", async ({ page }) => {
  await open(page, "/sales?range=2024-04-01..2024-04-30");
  const april = figuresOf(within("2024-04-01", "2024-04-30")).net;
  const march = figuresOf(within("2024-03-01", "2024-03-31")).net;
  const change = `${((Math.abs(april - march) / march) * 100).toFixed(1)}`;
  await expect(card(page, "Net sales")).toContainText(april > march ? "up" : "down");
  await expect(card(page, "Net sales")).toContainText(change);
  await page.getByRole("button", { name: /choose a comparison$/ }).click();
  await page.getByRole("link", { name: "No comparison" }).click();
  await expect.poll(() => query(page).get("compare")).toBe("none");
  await expect(figure(page, "Net sales")).toHaveText(pounds(april));
  await expect(card(page, "Net sales")).not.toContainText(change);
});

test("a click on a bar filters the page, and its chip takes the filter off", async ({ page }) => {
  await open(page, "/sales?range=2024-01-01..2024-06-30");
  const chart = chartBy(page, "country");
  await drawn(chart);
  const box = (await chart.locator("tradepost-chart").boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.4, box.y + 16);
  await expect.poll(() => query(page).get("country")).toBe("GB");
  const british = figuresOf(lines.filter((line) => line.country === "United Kingdom"));
  await expect(figure(page, "Net sales")).toHaveText(pounds(british.net));
  await page.getByRole("link", { name: /United Kingdom.*take this filter off/i }).click();
  await expect.poll(() => query(page).has("country")).toBe(false);
  await expect(figure(page, "Net sales")).toHaveText(pounds(figuresOf(lines).net));
});

test("every picture has a table with the same figures, and a CSV", async ({ page }) => {
  await open(page, "/sales?range=2024-01-01..2024-06-30");
  const chart = chartBy(page, "country");
  await drawn(chart);
  await chart.getByRole("button", { name: /table/i }).click();
  const german = figuresOf(lines.filter((line) => line.country === "Germany"));
  await expect(chart.getByRole("row").filter({ hasText: "Germany" })).toContainText(pounds(german.net));
  const started = page.waitForEvent("download");
  await chart.getByRole("button", { name: /^download/i }).click();
  await press(page, chart.getByRole("button", { name: /csv/i }));
  const csv = await readFile(await (await started).path(), "utf8");
  expect(csv).toContain((german.net / 100).toFixed(2));
  for (const figure of await page.locator("figure.chart").all()) {
    await expect(figure.getByRole("button", { name: /table|picture/i })).toBeVisible();
  }
});

test("a menu near the end of the window opens upwards", async ({ page }) => {
  await open(page, "/sales?range=2024-01-01..2024-06-30");
  const chart = chartBy(page, "country");
  await drawn(chart);
  const button = chart.getByRole("button", { name: /^download/i });
  await button.evaluate((element) => element.scrollIntoView({ block: "end" }));
  await button.click();
  await expect(chart.getByRole("button", { name: /svg/i })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Escape");
  await expect(chart.getByRole("button", { name: /svg/i })).toBeHidden();
});

test("a link to a filtered view opens the same view", async ({ page }) => {
  await open(page, "/sales?range=2024-01-01..2024-06-30&country=FR&compare=none");
  await expect(figure(page, "Net sales")).toHaveText(pounds(figuresOf(lines.filter((line) => line.country === "France")).net));
  await page.reload();
  await hydrated(page);
  await expect(figure(page, "Net sales")).toHaveText(pounds(figuresOf(lines.filter((line) => line.country === "France")).net));
});
