// What can be done about a file after it was brought: another sheet, another meaning, undo, what was learnt for the next one.
import { expect, open, test } from "../support/test.ts";
import { count, figuresOf, inventedSales, pounds, recognisedCsv, unrecognisedCsv, type Line } from "../support/sales.ts";
import { figure } from "../support/figures.ts";
import { tried } from "../support/mapping.ts";
import { workbook } from "../support/workbook.ts";
import type { Page } from "@playwright/test";
import type { Shop } from "../support/shop.ts";

const excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const headings = ["Order number", "Order date", "Product name", "SKU", "Quantity", "Unit price", "Country"];

const rows = (lines: Line[]): (string | number)[][] => [
  headings,
  ...lines.map((line) => [line.order, line.at, line.product, line.sku, line.quantity, line.price / 100, line.country]),
];

async function readAgain(page: Page, shop: Shop, id: string): Promise<void> {
  await tried(page);
  await page.getByRole("button", { name: "Read the file again like this" }).click();
  await expect(page).toHaveURL(new RegExp(`/data/uploads/${id}$`));
  expect((await shop.settled(id)).status).toBe("completed");
}

async function netSalesIs(page: Page, net: number): Promise<void> {
  await open(page, "/sales?range=all");
  await expect(figure(page, "Net sales")).toHaveText(pounds(net));
}

test("another sheet of a workbook is chosen, and the figures are its own", async ({ page, shop }) => {
  const online = inventedSales(51, 70);
  const stall = inventedSales(52, 20).map((line) => ({ ...line, order: `S${line.order}` }));
  const file = workbook([
    { name: "Notes", rows: [["What", "Why"], ["Figures", "for the accountant"]] },
    { name: "Online", rows: rows(online) },
    { name: "Market & stall", rows: rows(stall) },
  ]);
  const upload = await shop.upload("two-shops.xlsx", file, excel);
  expect(upload).toMatchObject({ status: "completed", rows_accepted: online.length });
  await netSalesIs(page, figuresOf(online).net);

  await open(page, `/data/uploads/${upload.id}`);
  await page.getByRole("link", { name: "Change what the columns mean" }).click();
  await page.getByLabel("Which sheet?").selectOption("Market & stall");
  await expect(page).toHaveURL(/sheet=/);
  await expect(page.getByRole("cell", { name: stall[0]!.order, exact: true }).first()).toBeVisible();
  await readAgain(page, shop, upload.id);
  const expected = figuresOf(stall);
  await netSalesIs(page, expected.net);
  await expect(figure(page, "Orders")).toHaveText(count(expected.orders));
  await expect(figure(page, "Units")).toHaveText(count(expected.units));
});

test("undo says what goes, takes it away, and the figures are those of before", async ({ page, shop }) => {
  const before = inventedSales(53, 40);
  const wrong = inventedSales(54, 25).map((line) => ({ ...line, order: `X${line.order}` }));
  await shop.upload("good.csv", recognisedCsv(before));
  const { id } = await shop.upload("wrong.csv", recognisedCsv(wrong));
  await netSalesIs(page, figuresOf([...before, ...wrong]).net);

  await open(page, "/data/uploads");
  const undo = page.getByRole("button", { name: "Undo wrong.csv" });
  await undo.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("wrong.csv");
  await expect(dialog).toContainText(`${count(new Set(wrong.map((line) => line.order)).size)} orders go.`);
  await expect(dialog).toContainText(pounds(figuresOf([...before, ...wrong]).net));
  await expect(dialog).toContainText(pounds(figuresOf(before).net));
  await dialog.getByText("Some of the orders", { exact: true }).click();
  await expect(dialog.getByRole("row").filter({ hasText: wrong[0]!.order })).toContainText("goes");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(undo).toBeFocused();
  await undo.click();
  await dialog.getByRole("button", { name: "Undo this upload" }).click();
  await expect(page.getByRole("row").filter({ hasText: "wrong.csv" })).toContainText("Undone", { timeout: 30_000 });
  expect((await shop.settled(id)).status).toBe("undone");
  await netSalesIs(page, figuresOf(before).net);
});

test("a file is read again with another meaning, and what was said is remembered for the next", async ({ page, shop }) => {
  const lines = inventedSales(55, 50).filter((line) => line.quantity > 0);
  const upload = await shop.upload("kol.csv", unrecognisedCsv(lines));
  expect(upload.status).toBe("needs_mapping");
  await open(page, `/data/uploads/${upload.id}`);
  await page.getByRole("link", { name: "Say what the columns mean" }).click();
  const say = async (header: string, meaning: string): Promise<void> => {
    await page.getByLabel(header, { exact: true }).selectOption({ label: meaning });
  };
  await say("Kol A", "Order number");
  await say("Kol B", "Order date");
  await say("Kol C", "Product name");
  await expect(page.getByText(/Still missing/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Read the file like this" })).toBeDisabled();
  // The amounts are those of whole lines, says the person, and is wrong.
  await say("Kol E", "Amount of the line");
  await tried(page);
  await page.getByRole("button", { name: "Read the file like this" }).click();
  await expect(page).toHaveURL(new RegExp(`/data/uploads/${upload.id}$`));
  expect((await shop.settled(upload.id)).status).toBe("completed");
  await netSalesIs(page, lines.reduce((sum, line) => sum + line.price, 0));

  await open(page, `/data/uploads/${upload.id}/mapping`);
  await say("Kol E", "Price of one");
  await say("Kol D", "Quantity");
  await readAgain(page, shop, upload.id);
  await netSalesIs(page, figuresOf(lines).net);

  const next = inventedSales(56, 10).map((line) => ({ ...line, order: `N${line.order}` }));
  const second = await shop.upload("kol-next.csv", unrecognisedCsv(next));
  expect(second).toMatchObject({ status: "completed", rows_accepted: next.length });
  await open(page, `/data/uploads/${second.id}`);
  await expect(page.getByText(/as you mapped them for an earlier file/)).toBeVisible();
});
