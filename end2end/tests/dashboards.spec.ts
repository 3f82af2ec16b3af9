// Boards of questions: those that come with the product, and those that a shop makes.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, hydrated, open, test } from "../support/test.ts";
import { figure } from "../support/figures.ts";
import { overflow } from "../support/pages.ts";
import { count, figuresOf, inventedSales, pounds, recognisedCsv } from "../support/sales.ts";

const lines = inventedSales(33);
const within = (from: string, to: string) => lines.filter((line) => line.at.slice(0, 10) >= from && line.at.slice(0, 10) <= to);
const standard = ["overview", "products", "customers", "channels", "geography", "returns", "rhythm"];

test.beforeEach(async ({ shop }) => {
  await shop.upload("sales.csv", recognisedCsv(lines));
});

async function isSound(page: Page): Promise<void> {
  expect.soft(await overflow(page), "nothing makes the page scroll sideways").toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect.soft(violations.map(({ id, help, nodes }) => `${id}: ${help} ${nodes[0]?.html}`), `what axe finds on ${page.url()}`).toEqual([]);
}

test("every board that comes with the product shows its cards, and none of them failed", async ({ page }) => {
  for (const name of standard) {
    await open(page, `/dashboards/${name}?range=2024-03-01..2024-03-31`);
    expect(await page.locator(".board-cell").count()).toBeGreaterThan(2);
    await expect(page.locator(".quiet-card .icon use[href$='circle-alert']"), name).toHaveCount(0);
    for (const chart of await page.locator("tradepost-chart").all()) {
      await chart.scrollIntoViewIfNeeded();
      await expect(chart, name).toHaveAttribute("data-state", "drawn");
    }
    await isSound(page);
  }
});

test("the overview says what the lines add up to, and a click filters all cards", async ({ page }) => {
  const march = figuresOf(within("2024-03-01", "2024-03-31"));
  await open(page, "/dashboards/overview?range=2024-03-01..2024-03-31");
  await expect(figure(page, "Net sales")).toHaveText(pounds(march.net));
  await expect(figure(page, "Orders")).toHaveText(count(march.orders));
  const products = page.locator("figure.chart-bar");
  await products.getByRole("button", { name: "Table" }).click();
  await products.locator("tbody button").first().click();
  await expect.poll(() => new URL(page.url()).searchParams.has("product")).toBe(true);
  await expect(figure(page, "Net sales")).not.toHaveText(pounds(march.net));
  await page.getByRole("link", { name: /take this filter off/ }).click();
  await expect(figure(page, "Net sales")).toHaveText(pounds(march.net));
});

test("a board is built from nothing, saved, changed by the keyboard, and taken back to what it was", async ({ page }) => {
  await open(page, "/boards");
  await page.getByRole("link", { name: "New board" }).click();
  await page.getByLabel("Name").fill("Monday morning");
  const preview = page.locator(".builder-preview");
  await expect(preview.locator("figure.chart-line")).toBeVisible();
  await page.getByLabel("Over time").uncheck();
  await expect(preview.locator(".figure-card")).toBeVisible();
  await page.getByRole("button", { name: "Pin this card" }).click();
  await page.getByLabel("Split by").selectOption({ label: "Country" });
  await page.getByLabel("As", { exact: true }).selectOption({ label: "Donut" });
  await expect(preview.locator("figure.chart-donut")).toBeVisible();
  await page.getByRole("button", { name: "Pin this card" }).click();
  await expect(page.locator(".edited-card")).toHaveCount(2);
  await isSound(page);
  await page.getByRole("button", { name: "Save the board" }).click();
  await page.waitForURL(/\/dashboards\/[0-9a-f-]{36}$/);
  await hydrated(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Monday morning");
  await expect(figure(page, "Net sales")).toHaveText(pounds(figuresOf(lines).net));
  await expect(page.locator(".board-cell").first().locator(".figure-card")).toBeVisible();

  await page.getByRole("link", { name: "Change" }).click();
  await page.locator(".edited-head").nth(1).focus();
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(page.getByText("Card is now number 1 of 2")).toBeAttached();
  await page.getByRole("button", { name: "Save the board" }).click();
  await expect(page.locator(".board-cell").first().locator("figure.chart-donut")).toBeVisible();

  await page.getByRole("button", { name: "Versions" }).click();
  await page.getByRole("button", { name: "Go back to it" }).click();
  await expect(page.locator(".board-cell").first().locator(".figure-card")).toBeVisible();
});

test("a board that comes with the product is copied, marked and put away", async ({ page }) => {
  await open(page, "/dashboards/products");
  await page.getByRole("link", { name: "Copy" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("Products, our copy");
  await page.getByRole("button", { name: "Save the board" }).click();
  await page.waitForURL(/\/dashboards\/[0-9a-f-]{36}$/);
  await open(page, "/boards");
  await page.getByRole("button", { name: "Mark as a favourite: Rhythm" }).click();
  await expect(page.locator(".board-tile h3").first()).toHaveText("Rhythm");
  await page.getByRole("link", { name: /Products, our copy/ }).click();
  await page.getByRole("button", { name: "Put away" }).click();
  await page.waitForURL(/\/boards$/);
  await expect(page.getByText("Put away (1)")).toBeVisible();
});

test("a board that does not exist says so", async ({ page }) => {
  await page.goto("/dashboards/01890000-0000-7000-8000-000000000000");
  await hydrated(page);
  await expect(page.getByText("There is nothing here").first()).toBeVisible();
});
