import { expect, open, test } from "../support/test.ts";
import { count, figuresOf, inventedSales, pounds, recognisedCsv, unrecognisedCsv } from "../support/sales.ts";
import { figure } from "../support/figures.ts";
import { tried } from "../support/mapping.ts";
import { isSound } from "../support/sound.ts";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";

async function choose(page: Page, name: string, content: string): Promise<void> {
  await open(page, "/data/add");
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
}

test("a shop's own file becomes its dashboard, to the penny", async ({ page, shop }) => {
  const lines = inventedSales(7);
  const expected = figuresOf(lines);
  await open(page, "/sales");
  await expect(page.getByRole("link", { name: /add data/i }).first()).toBeVisible();

  await choose(page, "half-year.csv", recognisedCsv(lines));
  await expect(page.getByText(`${count(lines.length)} rows added, ${pounds(expected.net)} in net sales.`)).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "See your sales" }).click();
  await expect(page).toHaveURL(/\/sales/);
  await expect(figure(page, "Net sales")).toHaveText(pounds(expected.net));
  await expect(figure(page, "Gross sales")).toHaveText(pounds(expected.gross));
  await expect(figure(page, "Returns")).toHaveText(pounds(expected.returns));
  await expect(figure(page, "Orders")).toHaveText(count(expected.orders));
  await expect(figure(page, "Average order value")).toHaveText(pounds(expected.average));
  await expect(figure(page, "Units")).toHaveText(count(expected.units));
  await expect(figure(page, "Customers")).toHaveText(count(expected.customers));
  const answer = await shop.ask({ measures: ["net_sales", "gross_sales", "orders"] });
  expect(answer.rows).toEqual([[expected.net, expected.gross, expected.orders]]);
});

test("the same file again changes nothing and says so", async ({ page, shop }) => {
  const lines = inventedSales(8, 60);
  const first = await shop.upload("sales.csv", recognisedCsv(lines));
  expect(first).toMatchObject({ rows_total: lines.length, rows_accepted: lines.length, rows_rejected: 0, rows_duplicate: 0 });
  const before = await shop.ask({ measures: ["net_sales", "orders", "units"] });
  await choose(page, "sales.csv", recognisedCsv(lines));
  await expect(page.getByText(/You brought these orders before: all .* were there already\. Nothing changed\./)).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "See how good the data is" }).click();
  await expect(page.getByRole("heading", { name: "How good the data is" })).toBeVisible();
  const after = await shop.ask({ measures: ["net_sales", "orders", "units"] });
  expect(after.rows).toEqual(before.rows);
  const uploads = await shop.get<{ rows_accepted: number; rows_duplicate: number }[]>("/api/v1/uploads");
  expect(uploads[0]).toMatchObject({ rows_accepted: 0, rows_duplicate: lines.length });
});

test("rejected rows can be downloaded with their line and reason", async ({ page, shop }) => {
  const good = recognisedCsv(inventedSales(9, 30)).trimEnd().split("\n");
  good.splice(5, 0, "700900,SKU1,Walnut bowl,many,2024-02-03 10:00:00,9.99,12001,France");
  good.splice(9, 0, "700901,SKU1,Walnut bowl,2,the other day,9.99,12001,France");
  const upload = await shop.upload("partly-wrong.csv", `${good.join("\n")}\n`);
  expect(upload).toMatchObject({ status: "completed", rows_total: good.length - 1, rows_rejected: 2 });
  await open(page, `/data/uploads/${upload.id}`);
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the 2 unreadable rows" }).click();
  const text = await readFile(await (await started).path(), "utf8");
  expect(text.split("\n")[0]).toMatch(/^line,column,reason,row/);
  expect(text).toContain("6,Quantity,");
  expect(text).toContain("10,InvoiceDate,");
  expect(text).toContain("the other day");
});

test("a file that is not recognised is mapped by hand and becomes figures", async ({ page, shop }) => {
  const lines = inventedSales(10, 80);
  const expected = figuresOf(lines);
  await choose(page, "export.csv", unrecognisedCsv(lines));
  await expect(page).toHaveURL(/\/data\/uploads\/[0-9a-f-]+\/mapping$/, { timeout: 30_000 });
  await expect(page.getByRole("cell", { name: lines[0]!.product }).first()).toBeVisible();
  const meanings: [string, string][] = [
    ["Order number", "Kol A"],
    ["Order date", "Kol B"],
    ["Product name", "Kol C"],
    ["Quantity", "Kol D"],
    ["Price of one", "Kol E"],
  ];
  for (const [meaning, header] of meanings) await page.getByLabel(header, { exact: true }).selectOption({ label: meaning });
  await expect(page.getByText("That is all we need.")).toBeVisible();
  await tried(page);
  await page.getByRole("button", { name: "Read the file like this" }).click();
  await expect(page).toHaveURL(/\/data\/uploads\/[0-9a-f-]+$/);
  await expect.poll(async () => (await shop.get<{ status: string }[]>("/api/v1/uploads"))[0]?.status, { timeout: 30_000 }).toBe("completed");
  const answer = await shop.ask({ measures: ["net_sales", "gross_sales", "orders"] });
  expect(answer.rows).toEqual([[expected.net, expected.gross, expected.orders]]);
});

test("whether the discounts are off a line's amount already is asked, and read as answered", async ({ page, shop }) => {
  // With 20 % tax on what is left: neither 100.00 nor 90.00.
  const rows = ["1,2024-01-05,Tea,100.00,1,10.00,108.00", "2,2024-01-06,Pot,50.00,2,10.00,108.00"];
  const upload = await shop.upload("net.csv", ["Order ID,Order Date,Product,Price,Qty,Line Discount,Line Total", ...rows, ""].join("\n"));
  await open(page, `/data/uploads/${upload.id}/mapping`);
  await page.getByLabel("Line Total", { exact: true }).selectOption({ label: "Amount of the line" });
  const question = page.getByText("Does “Line Total” have the discounts off already?");
  await expect(question).toBeVisible();
  await isSound(page);
  await page.getByRole("button", { name: "Yes, it is what was paid" }).click();
  await expect(page.getByRole("button", { name: "Yes, it is what was paid" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByLabel("The amount of a line")).toHaveValue("net");
  await page.getByRole("button", { name: /^Read the file again/ }).click();
  await expect(page).toHaveURL(/\/data\/uploads\/[0-9a-f-]+$/);
  await expect.poll(async () => (await shop.ask({ measures: ["net_sales", "discounts"] })).rows, { timeout: 30_000 }).toEqual([[21_600, 2_000]]);
});

const bad: [string, string | Buffer, RegExp][] = [
  ["empty.csv", "", /empty/i],
  ["picture.csv", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 1, 2, 3]), /picture|image|PNG/i],
  ["only-header.csv", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n", /no (data )?rows?|only/i],
];

for (const [name, content, says] of bad) {
  test(`${name} is refused with a sentence and leaves the figures alone`, async ({ page, shop }) => {
    await shop.upload("sales.csv", recognisedCsv(inventedSales(11, 20)));
    const before = await shop.ask({ measures: ["net_sales", "orders"] });
    const upload = await shop.upload(name, content);
    expect(upload.status).toBe("failed");
    expect(upload.error).toMatch(says);
    expect((await shop.ask({ measures: ["net_sales", "orders"] })).rows).toEqual(before.rows);
    await open(page, `/data/uploads/${upload.id}`);
    await expect(page.getByText(says).first()).toBeVisible();
  });
}
