// Saying what a file's columns mean: open questions with their evidence, what was found out, and the trial before anything is stored.
import { expect, open, test } from "../support/test.ts";
import { count, figuresOf, inventedSales, pounds, unrecognisedCsv } from "../support/sales.ts";
import { figure } from "../support/figures.ts";
import type { Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

const shopify = resolve(import.meta.dirname, "../../server/engine/src/ingestion/vendors/shopify.json");

async function say(page: Page, header: string, meaning: string): Promise<void> {
  await page.getByLabel(header, { exact: true }).selectOption({ label: meaning });
}

const trial = (page: Page) => page.getByRole("region", { name: "How it would be stored" });

test("the rows are seen as they would be stored before the file is read", async ({ page, shop }) => {
  const lines = inventedSales(61, 40).filter((line) => line.quantity > 0);
  const rows = unrecognisedCsv(lines).trimEnd().split("\n");
  rows.splice(3, 0, "990001,2024-02-03 10:00:00,Walnut bowl,many,9.99");
  const upload = await shop.upload("kol.csv", `${rows.join("\n")}\n`);
  expect(upload.status).toBe("needs_mapping");
  await open(page, `/data/uploads/${upload.id}/mapping`);
  await expect(trial(page)).toContainText("As soon as nothing is missing");
  await say(page, "Kol A", "Order number");
  await say(page, "Kol B", "Order date");
  await say(page, "Kol C", "Product name");
  await say(page, "Kol E", "Amount of the line");
  await expect(trial(page)).toContainText(`All of the file’s ${count(lines.length + 1)} rows can be read.`);
  await say(page, "Kol D", "Quantity");
  await say(page, "Kol E", "Price of one");
  await expect(trial(page)).toContainText(`${count(lines.length)} of the file’s ${count(lines.length + 1)} rows can be read; 1 cannot.`);
  await trial(page).getByText("See the 1 row that could not be read").click();
  await expect(trial(page).getByRole("cell", { name: /is not a number/i })).toBeVisible();

  const table = trial(page).getByRole("table", { name: "The first rows as they would be stored" });
  const first = lines[0]!;
  const row = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "2", exact: true }) });
  await expect(row).toContainText(first.order);
  await expect(row).toContainText(pounds(first.quantity * first.price));
  expect(await shop.get<{ status: string }>(`/api/v1/uploads/${upload.id}`)).toMatchObject({ status: "needs_mapping", rows_accepted: 0 });

  await page.getByRole("button", { name: "Read the file like this" }).click();
  await expect(page).toHaveURL(new RegExp(`/data/uploads/${upload.id}$`));
  expect(await shop.settled(upload.id)).toMatchObject({ status: "completed", rows_accepted: lines.length, rows_rejected: 1 });
  await open(page, "/sales?range=all");
  await expect(figure(page, "Net sales")).toHaveText(pounds(figuresOf(lines).net));
});

test("what a file leaves open is asked with its evidence and answered with one click", async ({ page, shop }) => {
  // Each day is at most the twelfth, three digits stand after each comma, and nothing names a currency: the file does not tell.
  const rows = ["Kol A;Kol B;Kol C;Kol D", "1;03/04/2024;Schale;1,250", "2;05/06/2024;Schale;2,500", "3;07/08/2024;Kanne;3,125"];
  const upload = await shop.upload("bon.csv", `${rows.join("\n")}\n`);
  expect(upload.status).toBe("needs_mapping");
  await open(page, `/data/uploads/${upload.id}/mapping`);
  await say(page, "Kol A", "Order number");
  await say(page, "Kol B", "Order date");
  await say(page, "Kol C", "Product name");
  await say(page, "Kol D", "Amount of the line");
  const asked = page.getByRole("region", { name: "Some things are open" });
  await expect(asked.getByText("“03/04/2024” is 2024-04-03 or 2024-03-04")).toBeVisible();
  await expect(asked.getByText("“1,250” is 1250 or 1.250")).toBeVisible();
  const choose = async (choice: string): Promise<void> => {
    const button = asked.getByRole("button", { name: choice });
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "true");
  };
  const second = trial(page).getByRole("row").filter({ has: page.getByRole("rowheader", { name: "3", exact: true }) });
  await choose("Month before day (12/31/2026)");
  await choose("A comma stands before the decimals (1.234,50)");
  await expect(second).toContainText("6 May 2024");
  await expect(second).toContainText("£2.50");
  // What was answered can be answered otherwise.
  await choose("Day before month (31/12/2026)");
  await expect(asked.getByRole("button", { name: "Month before day (12/31/2026)" })).toHaveAttribute("aria-pressed", "false");
  await choose("A point stands before the decimals (1,234.50)");
  await choose("Euro (EUR)");
  await expect(second).toContainText("5 Jun 2024");
  await expect(second).toContainText("€2,500.00");
  await page.getByRole("button", { name: "Read the file like this" }).click();
  await expect(page).toHaveURL(new RegExp(`/data/uploads/${upload.id}$`));
  const read = await shop.settled(upload.id);
  expect(read).toMatchObject({ status: "completed", rows_accepted: 3, first_day: "2024-04-03", last_day: "2024-08-07" });
  expect(read).toMatchObject({ net_sales: [{ minor: 687_500, currency: "EUR" }] });
});

test("discounts between nothing and one are asked, and taken off as answered", async ({ page, shop }) => {
  const rows = ["Order ID,Order Date,Product,Unit Price,Quantity,Discount,Currency", "1,2024-01-05,Tea,42.4,35,0.15,GBP", "2,2024-01-06,Pot,9.8,10,0,GBP"];
  const upload = await shop.upload("northwind.csv", `${rows.join("\n")}\n`);
  expect(upload.status).toBe("needs_mapping");
  await open(page, `/data/uploads/${upload.id}/mapping`);
  const asked = page.getByRole("region", { name: "One thing is open" });
  await expect(asked.getByText("“0.15” off 1484.00 leaves 1261.40 as a share (15 %), 1483.85 as money")).toBeVisible();
  const first = trial(page).getByRole("row").filter({ has: page.getByRole("rowheader", { name: "2", exact: true }) });
  await asked.getByRole("button", { name: "Amounts of money" }).click();
  await expect(first).toContainText("£1,483.85");
  await asked.getByRole("button", { name: "Shares of the line" }).click();
  await expect(first).toContainText("£1,261.40");
  await expect(page.getByLabel("Discounts are written")).toHaveValue("fraction");
  await page.getByRole("button", { name: "Read the file like this" }).click();
  await expect(page).toHaveURL(new RegExp(`/data/uploads/${upload.id}$`));
  expect(await shop.settled(upload.id)).toMatchObject({ status: "completed", net_sales: [{ minor: 135_940, currency: "GBP" }] });
});

test("whose file it is and why, and the lines that are no rows, are told", async ({ page, shop }) => {
  const exports = JSON.parse(await readFile(shopify, "utf8")) as { exports: { name: string; headers: string[][] }[] };
  const header = exports.exports.find(({ name }) => name === "Shopify orders")!.headers[0]!;
  const order: Record<string, string> = {
    Name: "#1001",
    "Created at": "2024-02-03 10:00:00 +0000",
    Currency: "GBP",
    Total: "10.00",
    "Lineitem quantity": "1",
    "Lineitem name": "Walnut bowl",
    "Lineitem price": "10.00",
  };
  const row = header.map((name) => order[name] ?? "").join(",");
  const upload = await shop.upload("orders_export.csv", `${["Export of Hearth & Home", "made on 4 February 2024", "", header.join(","), row].join("\n")}\n`);
  expect(upload).toMatchObject({ status: "completed", rows_total: 1, rows_accepted: 1 });
  await open(page, `/data/uploads/${upload.id}/mapping`);
  const found = page.getByRole("region", { name: "What we found" });
  await expect(found).toContainText("Looks like Shopify");
  await expect(found.getByText(/columns that only Shopify has, such as/)).toBeVisible();
  await found.getByText("2 lines are no rows and are left out").click();
  await expect(found.getByText("Export of Hearth & Home")).toBeVisible();
});
