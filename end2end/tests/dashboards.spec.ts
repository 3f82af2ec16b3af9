// Boards of questions: those that come with the product, and those that a shop makes.
import { expect, hydrated, open, test } from "../support/test.ts";
import { figure } from "../support/figures.ts";
import { isSound } from "../support/sound.ts";
import { count, figuresOf, inventedSales, pounds, recognisedCsv } from "../support/sales.ts";

const lines = inventedSales(33);
const within = (from: string, to: string) => lines.filter((line) => line.at.slice(0, 10) >= from && line.at.slice(0, 10) <= to);
const standard = ["overview", "today", "selling", "products", "customers", "channels", "geography", "returns", "rhythm"];

test.beforeEach(async ({ shop }) => {
  await shop.upload("sales.csv", recognisedCsv(lines));
});

test("every board that comes with the product shows its cards, and none of them failed", async ({ page }) => {
  test.setTimeout(120_000);
  for (const name of standard) {
    await open(page, `/dashboards/${name}?range=2024-03-01..2024-03-31`);
    await expect(page.locator(".board-rest"), name).toHaveCount(0);
    expect(await page.locator(".board-cell").count()).toBeGreaterThan(2);
    await expect(page.locator(".quiet-card .icon use[href$='circle-alert']"), name).toHaveCount(0);
    for (const chart of await page.locator("tradepost-chart, tradepost-map").all()) {
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
  await page.getByRole("checkbox", { name: "Over time" }).uncheck();
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
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByText("Card is now number 1 of 2")).toBeAttached();
  await expect(page.locator(".edited-head").first(), "the card keeps the focus where it went").toBeFocused();
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page.getByText("Card is 8 of 12 wide")).toBeAttached();
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
  const star = page.getByRole("button", { name: "Favourite: Rhythm" });
  await star.press("Enter");
  await expect(page.locator(".board-tile h3").first()).toHaveText("Rhythm");
  await expect(star).toHaveAttribute("aria-pressed", "true");
  await expect(star).toBeFocused();
  await page.getByRole("link", { name: /Products, our copy/ }).click();
  await page.getByRole("button", { name: "Put away" }).click();
  await page.waitForURL(/\/boards$/);
  await expect(page.getByText("Put away (1)")).toBeVisible();
});

/** How many customers ordered, and how many of them in a month after their first, by a plain reading of the lines. */
function monthsOf(read: typeof lines): Map<string, Set<string>> {
  const months = new Map<string, Set<string>>();
  for (const line of read.filter((line) => line.customer !== "" && line.quantity > 0)) {
    const known = months.get(line.customer) ?? new Set();
    months.set(line.customer, known.add(line.at.slice(0, 7)));
  }
  return months;
}

test("customers are told apart by how they buy, and by whether they came back", async ({ page }) => {
  await open(page, "/dashboards/customers?range=2024-01-01..2024-06-30");
  const months = [...monthsOf(lines).values()];
  const segments = page.locator("figure.chart", { hasText: "Customer segments" }).first();
  await expect(segments).toContainText(`Share of ${count(months.length)} customers`);
  await segments.getByRole("button", { name: "Table" }).focus();
  await page.keyboard.press("Enter");
  const customers = await segments.locator("tbody tr td:nth-child(2)").allInnerTexts();
  expect(customers.reduce((sum, text) => sum + Number(text.replaceAll(",", "")), 0)).toBe(months.length);

  const cohorts = page.locator("figure.chart", { hasText: "Cohort retention" });
  await cohorts.getByRole("button", { name: "Table" }).click();
  const january = months.filter((known) => known.has("2024-01"));
  const back = january.filter((known) => known.has("2024-02")).length;
  const first = cohorts.locator("tbody tr").first();
  await expect(first.locator("td").first()).toHaveText(count(january.length));
  await expect(first.locator("td").nth(2)).toHaveText(`${((back / january.length) * 100).toFixed(1)}\u00a0%`);
  await isSound(page);
});

test("products are told apart by what they bring, and by what they are bought with", async ({ page }) => {
  await open(page, "/dashboards/products?range=2024-01-01..2024-06-30");
  const classes = page.locator("figure.chart-column", { hasText: "ABC of products" });
  await classes.getByRole("button", { name: "Table" }).click();
  const products = await classes.locator("tbody tr td:nth-child(2)").allInnerTexts();
  expect(products.reduce((sum, text) => sum + Number(text), 0)).toBe(new Set(lines.map((line) => line.sku)).size);

  const baskets = new Map<string, Set<string>>();
  for (const line of lines.filter((line) => line.quantity > 0)) baskets.set(line.order, (baskets.get(line.order) ?? new Set()).add(line.product));
  const several = [...baskets.values()].filter((basket) => basket.size > 1);
  const pairs = page.locator(".table-card", { hasText: "Bought together" });
  await expect(pairs).toContainText(`of ${count(baskets.size)} orders with products`);
  const row = pairs.locator("tbody tr").first();
  const [one, other] = [await row.locator("th").innerText(), await row.locator("td").first().innerText()];
  const both = several.filter((basket) => basket.has(one) && basket.has(other)).length;
  await expect(row.locator("td").nth(1)).toHaveText(count(both));
});

test("a board without data for it says so, and an analysis is pinned like any card", async ({ page }) => {
  await open(page, "/dashboards/inventory");
  await expect(page.getByText("Nothing to show yet")).toBeVisible();
  await isSound(page);
  await open(page, "/dashboards/new");
  await page.getByLabel("Name").fill("Who comes back");
  await page.getByLabel("A card of").selectOption({ label: "Cohort retention" });
  await expect(page.getByLabel("Split by")).toBeHidden();
  await expect(page.locator(".builder-preview figure.chart-heat")).toBeVisible();
  await page.getByRole("button", { name: "Pin this card" }).click();
  await page.getByRole("button", { name: "Save the board" }).click();
  await page.waitForURL(/\/dashboards\/[0-9a-f-]{36}$/);
  await expect(page.locator(".board-cell figure.chart-heat", { hasText: "Cohort retention" })).toBeVisible();
});

test("a board that does not exist says so", async ({ page }) => {
  await page.goto("/dashboards/01890000-0000-7000-8000-000000000000");
  await hydrated(page);
  await expect(page.getByText("There is nothing here").first()).toBeVisible();
});
