// The page where a board is changed: nothing that a person built is lost on the way.
import type { Page } from "@playwright/test";
import { expect, hydrated, open, test } from "../support/test.ts";
import { inventedSales, recognisedCsv } from "../support/sales.ts";
import type { Shop } from "../support/shop.ts";

const card = (measure: string, more: object = {}): object => ({ question: { measures: [measure] }, ...more });

async function board(shop: Shop, cards: object[]): Promise<string> {
  return `/dashboards/${(await shop.post<{ id: string }>("/api/v1/dashboards", { title: "Monday morning", cards })).id}`;
}

const heads = (page: Page) => page.locator(".edited-head");

test("a board keeps its cards when it is changed before there are any data", async ({ page, shop }) => {
  const path = await board(shop, [card("net_sales"), card("orders")]);
  await open(page, `${path}/edit`);
  await expect(page.locator(".edited-card")).toHaveCount(2);
  await page.getByLabel("Name").fill("Tuesday morning");
  await page.getByRole("button", { name: "Save the board" }).click();
  await page.waitForURL(new RegExp(`${path}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tuesday morning");
  await expect(page.getByText("Your figures will stand here")).toBeVisible();
  const { cards } = await shop.get<{ cards: object[] }>(`/api/v1${path}`);
  expect(cards).toHaveLength(2);
  await open(page, `/dashboards/new?from=${path.split("/").pop()}`);
  await expect(page.locator(".edited-card")).toHaveCount(2);
});

test.describe("with sales", () => {
  test.beforeEach(async ({ shop }) => {
    await shop.upload("sales.csv", recognisedCsv(inventedSales(35, 60)));
  });

  test("Enter in a card's heading pins the card, and neither saves nor leaves the board", async ({ page }) => {
    await open(page, "/dashboards/new");
    await page.getByLabel("Name").fill("Monday morning");
    await page.getByLabel("Heading (if you like)").fill("What comes in");
    await page.keyboard.press("Enter");
    await expect(heads(page)).toHaveText(["What comes in"]);
    await page.getByLabel("Only where").selectOption({ label: "Country" });
    await page.getByLabel("Is one of").fill("DE");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Take off Germany" })).toBeVisible();
    await expect(heads(page), "a value that is taken pins nothing").toHaveCount(1);
    await page.getByLabel("Heading (if you like)").press("Enter");
    await expect(heads(page)).toHaveCount(2);
    expect(new URL(page.url()).pathname).toBe("/dashboards/new");
    await page.getByRole("button", { name: "Save the board" }).click();
    await page.waitForURL(/\/dashboards\/[0-9a-f-]{36}$/);
    await expect(page.locator(".board-cell")).toHaveCount(2);
  });

  test("a card that moves keeps the focus, and a removed one hands it on", async ({ page, shop }) => {
    await open(page, `${await board(shop, [card("net_sales"), card("orders"), card("units")])}/edit`);
    await expect(heads(page)).toHaveText(["Net sales", "Orders", "Units"]);
    await heads(page).nth(2).focus();
    await page.keyboard.press("Alt+ArrowLeft");
    await expect(heads(page)).toHaveText(["Net sales", "Units", "Orders"]);
    await expect(heads(page).nth(1)).toBeFocused();
    await page.keyboard.press("Alt+ArrowLeft");
    await expect(heads(page)).toHaveText(["Units", "Net sales", "Orders"]);
    await expect(heads(page).nth(0)).toBeFocused();
    const later = page.locator(".edited-card", { hasText: "Units" }).getByRole("button", { name: "Later" });
    await later.click();
    await expect(heads(page)).toHaveText(["Net sales", "Units", "Orders"]);
    await expect(later).toBeFocused();
    await page.locator(".edited-card", { hasText: "Units" }).getByRole("button", { name: "Remove" }).press("Enter");
    await expect(heads(page)).toHaveText(["Net sales", "Orders"]);
    await expect(heads(page).nth(1)).toBeFocused();
  });

  test("a card that is pinned before its answer is there shows its own answer", async ({ page }) => {
    await open(page, "/dashboards/new");
    await page.getByRole("checkbox", { name: "Over time" }).uncheck();
    const preview = page.locator(".builder-preview");
    await expect(preview.locator(".figure-card")).toContainText("Net sales");
    let goOn = (): void => undefined;
    const late = new Promise<void>((resolve) => (goOn = resolve));
    await page.route("**/api/fn/dashboards/preview", async (route) => {
      await late;
      await route.continue();
    });
    await page.getByLabel("Show").selectOption({ label: "Orders" });
    await expect(preview).toHaveAttribute("aria-busy", "true");
    await page.getByRole("button", { name: "Pin this card" }).click();
    await expect(heads(page)).toHaveText(["Orders"]);
    await expect(page.locator(".edited-card")).not.toContainText("Net sales");
    goOn();
    await expect(page.locator(".edited-card .figure-value")).toHaveText(/\d/);
    await expect(preview).not.toHaveAttribute("aria-busy", "true");
  });

  test("what is previewed has names of its own, and no files", async ({ page, shop }) => {
    await open(page, `${await board(shop, [card("net_sales", { over_time: true })])}/edit`);
    await expect(page.locator(".builder-preview figure.chart")).toBeVisible();
    await page.getByRole("button", { name: "Pin this card" }).click();
    await expect(page.locator(".edited-card figure.chart")).toHaveCount(2);
    const twice = await page.evaluate(() => {
      const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
      return ids.filter((id, index) => ids.indexOf(id) !== index);
    });
    expect(twice).toEqual([]);
    await expect(page.getByRole("button", { name: /^Download/ })).toHaveCount(0);
  });

  test("unsaved cards are asked about before they go", async ({ page, shop }) => {
    const path = `${await board(shop, [card("net_sales")])}/edit`;
    await open(page, path);
    const asked: string[] = [];
    let answer = false;
    page.on("dialog", async (dialog) => {
      asked.push(dialog.type());
      if (answer) await dialog.accept();
      else await dialog.dismiss();
    });
    await page.getByRole("button", { name: "Pin this card" }).click();
    await page.getByRole("navigation").getByRole("link", { name: "Sales" }).first().click();
    await expect.poll(() => asked).toEqual(["confirm"]);
    await page.locator("h1").click();
    await page.keyboard.press("g");
    await page.keyboard.press("b");
    await expect.poll(() => asked).toEqual(["confirm", "confirm"]);
    expect(new URL(page.url()).pathname).toBe(path);
    await expect(heads(page)).toHaveCount(2);
    answer = true;
    await page.reload();
    expect(asked).toEqual(["confirm", "confirm", "beforeunload"]);
    await hydrated(page);
    await expect(heads(page)).toHaveCount(1);
    await page.getByRole("navigation").getByRole("link", { name: "Sales" }).first().click();
    await page.waitForURL(/\/sales/);
    expect(asked, "nothing was changed, so nothing is asked").toHaveLength(3);
  });

  test("going back asks as well, and whoever stays keeps what they changed", async ({ page, shop }) => {
    const path = await board(shop, [card("net_sales")]);
    await open(page, path);
    await page.getByRole("link", { name: "Change", exact: true }).click();
    await page.waitForURL(new RegExp(`${path}/edit`));
    const asked: string[] = [];
    let answer = false;
    page.on("dialog", async (dialog) => {
      asked.push(dialog.type());
      if (answer) await dialog.accept();
      else await dialog.dismiss();
    });
    const pathname = () => page.evaluate(() => location.pathname);
    const back = () => page.evaluate(() => setTimeout(() => history.back()));
    await page.getByRole("button", { name: "Pin this card" }).click();
    await expect(heads(page)).toHaveCount(2);
    for (const times of [1, 2]) {
      await back();
      await expect.poll(() => asked).toEqual(Array(times).fill("confirm"));
      await expect.poll(pathname).toBe(`${path}/edit`);
      await expect(heads(page)).toHaveCount(2);
    }
    answer = true;
    await back();
    await expect.poll(pathname).toBe(path);
    await expect(page.getByRole("button", { name: "Save the board" })).toHaveCount(0);
    await expect(page.locator(".board-cell").first()).toBeVisible();
    expect(asked).toHaveLength(3);
  });
});
