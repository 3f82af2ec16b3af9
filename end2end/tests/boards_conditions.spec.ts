// What a card looks at, and changing a card that is there: conditions with the shop's own values, and filters that no bar offers.
import type { Page } from "@playwright/test";
import { expect, open, test } from "../support/test.ts";
import { isSound } from "../support/sound.ts";
import { overflow } from "../support/pages.ts";

// One name holds a comma.
const sales = `Order ID,Order Date,Product,Quantity,Unit Price,Country,City
A1,2026-01-05,"AIRLINE LOUNGE,METAL SIGN",2,5.00,GB,York
A2,2026-01-06,Red mug,9,5.00,GB,Leeds
A3,2026-02-14,Blue mug,1,9.00,DE,Leeds
`;

interface Card {
  title?: string;
  width: number;
  question: Record<string, unknown>;
}

const preview = (page: Page) => page.locator(".builder-preview");
const heads = (page: Page) => page.locator(".edited-head");

test.beforeEach(async ({ shop }) => {
  await shop.upload("sales.csv", sales);
});

async function condition(page: Page, dimension: string, value: string): Promise<void> {
  await page.getByLabel("Only where").selectOption({ label: dimension });
  const field = page.getByLabel(`${dimension} is one of`);
  await expect(field).toBeFocused();
  await field.fill(value);
  await field.press("Enter");
}

/** Waits until a condition has a value, and the preview shows it. */
async function taken(page: Page, value: string): Promise<void> {
  await expect(page.getByRole("button", { name: `Take off ${value}`, exact: true })).toBeVisible();
  await expect(preview(page)).not.toHaveAttribute("aria-busy", "true");
}

test("conditions take whole names, as many as one likes, and are saved", async ({ page, shop }) => {
  await open(page, "/dashboards/new");
  await page.getByLabel("Name").fill("Signs");
  await page.getByRole("checkbox", { name: "Over time" }).uncheck();
  await page.getByLabel("Show").selectOption({ label: "Units" });
  await condition(page, "Product", "airline lounge,metal sign");
  await expect(page.getByRole("button", { name: "Take off AIRLINE LOUNGE,METAL SIGN" })).toBeVisible();
  await expect(preview(page).locator(".figure-value")).toHaveText("2");
  await condition(page, "Country", "Germany");
  await expect(preview(page)).toContainText(/No orders that match the filters|–|0/);
  await page.getByRole("button", { name: "Take off Germany" }).click();
  await page.getByLabel("Country is one of").fill("United Kingdom");
  await page.getByLabel("Country is one of").press("Enter");
  await taken(page, "United Kingdom");
  await expect(preview(page).locator(".figure-value")).toHaveText("2");
  await isSound(page);
  await page.getByRole("button", { name: "Pin this card" }).click();
  await page.getByRole("button", { name: "Save the board" }).click();
  await page.waitForURL(/\/dashboards\/[0-9a-f-]{36}$/);
  const { cards } = await shop.get<{ cards: Card[] }>(`/api/v1${new URL(page.url()).pathname}`);
  expect(cards[0]!.question).toEqual({
    measures: ["units"],
    filters: [
      { dimension: "product", op: "in", values: ["AIRLINE LOUNGE,METAL SIGN"] },
      { dimension: "country", op: "in", values: ["GB"] },
    ],
  });
});

test("what is typed is answered with the shop's own values", async ({ page }) => {
  await open(page, "/dashboards/new");
  await page.getByLabel("Only where").selectOption({ label: "Product" });
  const field = page.getByLabel("Product is one of");
  const offered = page.locator("#filter-0-value-list option");
  await expect(offered).toHaveCount(3);
  await field.pressSequentially("mug");
  await expect(offered).toHaveCount(2);
  expect(await offered.evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))).toEqual(["Red mug", "Blue mug"]);
});

test("conditions compare in other ways, and thresholds, order and what is worked out are kept", async ({ page, shop }) => {
  await open(page, "/dashboards/new");
  await page.getByLabel("Name").fill("Mugs");
  await page.getByRole("checkbox", { name: "Over time" }).uncheck();
  await page.getByLabel("Split by").selectOption({ label: "Product" });
  await page.getByLabel("Only where").selectOption({ label: "Product" });
  await page.getByRole("group", { name: "Condition: Product" }).getByRole("combobox", { name: "Product", exact: true }).selectOption("contains");
  // What a value is called is asked the server: the next condition does not wait for it.
  let goOn = (): void => undefined;
  const late = new Promise<void>((resolve) => (goOn = resolve));
  await page.route("**/api/fn/dashboards/values*", async (route) => {
    await late;
    await route.continue();
  });
  await page.getByLabel("Product contains").fill("mug");
  await page.getByLabel("Product contains").press("Enter");
  await page.getByLabel("Only where").selectOption({ label: "Weekday" });
  goOn();
  await taken(page, "mug");
  await page.getByRole("combobox", { name: "Weekday", exact: true }).selectOption("between");
  await page.getByLabel("Weekday from").selectOption({ label: "Monday" });
  await page.getByLabel("Weekday to").selectOption({ label: "Friday" });
  await page.getByLabel("Only rows with").selectOption({ label: "Net sales" });
  await page.getByLabel("Amount").fill("40");
  await page.getByLabel("Amount").blur();
  await page.getByLabel("Work out").selectOption({ label: "Share of total, in a table" });
  await page.getByLabel("In order of").selectOption({ label: "Net sales, the smallest first" });
  await expect(preview(page).locator("tbody tr")).toHaveCount(1);
  await expect(preview(page).locator("tbody tr")).toContainText("Red mug");
  await page.getByRole("button", { name: "Pin this card" }).click();
  await page.getByRole("button", { name: "Save the board" }).click();
  await page.waitForURL(/\/dashboards\/[0-9a-f-]{36}$/);
  const { cards } = await shop.get<{ cards: Card[] }>(`/api/v1${new URL(page.url()).pathname}`);
  expect(cards[0]).toMatchObject({
    picture: "table",
    question: {
      filters: [
        { dimension: "product", op: "contains", values: ["mug"] },
        { dimension: "weekday", op: "between", values: ["1", "5"] },
      ],
      having: [{ measure: "net_sales", op: "at_least", value: 4000 }],
      derived: [{ measure: "net_sales", as: "share_of_total" }],
      order: [{ by: "net_sales", desc: false }],
    },
  });
});

test("a card is changed and goes back to its place", async ({ page, shop }) => {
  const more = { title: "Mugs", width: 8, question: { measures: ["units"], dimensions: ["product"], limit: 7, filters: [{ dimension: "product", op: "contains", values: ["mug"] }] } };
  const cards = [{ question: { measures: ["net_sales"] } }, more, { question: { measures: ["orders"] } }];
  const path = `/dashboards/${(await shop.post<{ id: string }>("/api/v1/dashboards", { title: "Monday", cards })).id}`;
  await open(page, `${path}/edit`);
  await expect(heads(page)).toHaveText(["Net sales", "Mugs", "Orders"]);
  await page.locator(".edited-card", { hasText: "Mugs" }).getByRole("button", { name: "Change" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Change a card" })).toBeFocused();
  await expect(page.getByLabel("Heading (if you like)")).toHaveValue("Mugs");
  await expect(page.getByLabel("Show")).toHaveValue("units");
  await expect(page.getByLabel("Split by")).toHaveValue("product");
  await expect(page.getByLabel("At most")).toHaveValue("7");
  await expect(page.getByRole("checkbox", { name: "Over time" })).not.toBeChecked();
  await expect(page.getByRole("button", { name: "Take off mug" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save the board" })).toBeDisabled();
  await page.getByLabel("Heading (if you like)").fill("Blue mugs");
  await page.getByLabel("Product contains").fill("blue");
  await page.getByLabel("Product contains").press("Enter");
  await page.getByRole("button", { name: "Take off mug" }).click();
  await taken(page, "blue");
  await isSound(page);
  await page.getByRole("button", { name: "Put it back changed" }).click();
  await expect(heads(page)).toHaveText(["Net sales", "Blue mugs", "Orders"]);
  await expect(heads(page).nth(1)).toBeFocused();
  await expect(page.getByRole("heading", { name: "Add a card" })).toBeVisible();
  await page.locator(".edited-card", { hasText: "Orders" }).getByRole("button", { name: "Change" }).click();
  await page.getByLabel("Heading (if you like)").fill("Not this");
  await page.getByRole("button", { name: "Leave this card as it was" }).click();
  await expect(heads(page)).toHaveText(["Net sales", "Blue mugs", "Orders"]);
  await page.getByRole("button", { name: "Save the board" }).click();
  await page.waitForURL(new RegExp(`${path}$`));
  const saved = await shop.get<{ cards: Card[] }>(`/api/v1${path}`);
  expect(saved.cards[1]).toMatchObject({ ...more, title: "Blue mugs", question: { ...more.question, filters: [{ dimension: "product", op: "contains", values: ["blue"] }] } });
});

test("a board is filtered by what no card of it shows", async ({ page, shop }) => {
  const cards = [{ question: { measures: ["units"] } }, { question: { measures: ["units", "net_sales"], dimensions: ["country"] }, picture: "table", width: 12 }];
  const path = `/dashboards/${(await shop.post<{ id: string }>("/api/v1/dashboards", { title: "Monday", cards })).id}`;
  await open(page, `${path}?range=all`);
  await expect(page.locator(".figure-value")).toHaveText("12");
  await page.getByRole("button", { name: "Add filter" }).press("Enter");
  await page.getByLabel("Filter by").selectOption({ label: "City" });
  await page.getByLabel("City is").fill("leeds");
  await page.getByLabel("City is").press("Enter");
  await expect(page).toHaveURL(/range=all&city=Leeds/);
  await expect(page.locator(".figure-value")).toHaveText("10");
  await expect(page.locator(".filter-chip")).toContainText("Leeds");
  // A row of a table filters as a bar does.
  const row = page.locator(".table-card").getByRole("button", { name: "Germany" });
  await expect(row).toHaveAttribute("aria-pressed", "false");
  await row.click();
  await expect(page).toHaveURL(/country=DE/);
  await expect(page.locator(".figure-value")).toHaveText("1");
  await expect(row).toHaveAttribute("aria-pressed", "true");
  await row.click();
  await expect(page).not.toHaveURL(/country=DE/);
  await isSound(page);
});

test("the builder fits a phone with conditions in it", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, "/dashboards/new");
  await condition(page, "Product", "AIRLINE LOUNGE,METAL SIGN");
  await taken(page, "AIRLINE LOUNGE,METAL SIGN");
  await page.getByLabel("Only where").selectOption({ label: "Hour" });
  await page.getByRole("combobox", { name: "Hour", exact: true }).selectOption("between");
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(preview(page)).not.toHaveAttribute("aria-busy", "true");
  await isSound(page);
});
