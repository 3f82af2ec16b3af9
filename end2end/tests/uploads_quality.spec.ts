// The report on a file's data, the rows it leads to, and files that cannot be read at all.
import { expect, open, test } from "../support/test.ts";
import { inventedSales, recognisedCsv } from "../support/sales.ts";
import { zip } from "../support/workbook.ts";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

const data = process.env.TRADEPOST_TEST_DATA ?? resolve(import.meta.dirname, "../../../shared/data");

/** Three products over sixty days, one week missing, a slipped comma, a row twice, and one that cannot be read. */
function faulty(): { text: string; slipped: number; unreadable: number } {
  const lines = ["InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"];
  for (let day = 0; day < 60; day += 1) {
    if (day >= 28 && day < 35) continue;
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
    const price = day === 20 ? "950.00" : "9.50";
    lines.push(`${8000 + day},S1,Walnut bowl,1,${date} 10:00:00,${price},${day % 2 ? "" : "17"},Norway`);
  }
  lines.splice(4, 0, lines[3]!);
  lines.push("8099,S1,Walnut bowl,many,2024-03-01 10:00:00,9.50,17,Norway");
  const line = (part: string): number => lines.findIndex((row) => row.includes(part)) + 1;
  return { text: `${lines.join("\n")}\n`, slipped: line("950.00"), unreadable: line("many") };
}

test("a report says what is wrong with a file, leads to its rows, and is a file itself", async ({ page, shop }) => {
  const { text, slipped, unreadable } = faulty();
  const upload = await shop.upload("faulty.csv", text);
  expect(upload).toMatchObject({ status: "completed", rows_rejected: 1 });
  await open(page, `/data/uploads/${upload.id}`);
  await page.getByRole("link", { name: "See the whole report" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "How good the data is" })).toBeVisible();
  for (const says of [/1 row .* could not be read/, /a hundred times above or below/, /equal to another row/, /29 Jan 2024 to 4 Feb 2024/, /“CustomerID”.*is empty/]) {
    await expect(page.getByText(says).first()).toBeVisible();
  }
  await expect(page.locator("#rows-by-day")).toContainText("53 of 60 days have rows");
  // Drawn once a reader comes near it: a square a day, and holes where there are none.
  const days = page.locator("#rows-by-day tradepost-chart");
  await days.scrollIntoViewIfNeeded();
  await expect(days).toHaveAttribute("data-state", "drawn");
  expect(await days.locator("svg path[fill]").count()).toBeGreaterThan(52);

  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the report" }).click();
  const csv = await readFile(await (await started).path(), "utf8");
  expect(csv.split("\r\n")[0]).toBe("section,subject,severity,finding,count,share_percent,lines");
  expect(csv).toMatch(new RegExp(`^outliers,,warning,.*,1,[0-9.]+,${slipped}$`, "m"));

  await page.locator("#outliers").getByRole("link", { name: "See the row" }).click();
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: String(slipped), exact: true }) });
  await expect(row).toContainText("950.00");
  await page.getByLabel("Go to line").fill(String(unreadable));
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("cell", { name: "many", exact: true })).toBeVisible();
  await expect(page.getByText(/is not a number/)).toBeVisible();
});

test("a file without a fault is told so", async ({ page, shop }) => {
  const day = Array.from({ length: 30 }, (_, day) => `${day},2024-03-0${1 + (day % 3)} 1${day % 10}:00:00,S${day % 4},Bowl,${1 + day},9.50,Norway`);
  const upload = await shop.upload("clean.csv", ["Order number,Order date,SKU,Product name,Quantity,Unit price,Country", ...day].join("\n"));
  await open(page, `/data/uploads/${upload.id}/quality`);
  await expect(page.getByText("All is as it should be in 30 rows.")).toBeVisible();
  await expect(page.getByText("No row equals another in everything that is read.")).toBeVisible();
});

test("an archive that would fill the disk is refused by its own directory", async ({ page, shop }) => {
  const bomb = zip(Array.from({ length: 8 }, (_, index) => ({ name: `part-${index}.csv`, content: Buffer.from("a,b\n1,2\n"), claimed: 0xfffffff0 })));
  const upload = await shop.upload("bomb.zip", bomb, "application/zip");
  expect(upload.status).toBe("failed");
  expect(upload.error).toMatch(/unpacks to more than/);
  await open(page, `/data/uploads/${upload.id}`);
  await expect(page.getByText(/unpacks to more than/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Add another file" })).toBeVisible();
});

test("a workbook behind a password says what to do", async ({ page, shop }) => {
  const file = join(data, "xlsx-calamine/pass_protected.xlsx");
  test.skip(!existsSync(file), `${file} is not there`);
  const upload = await shop.upload("pass_protected.xlsx", await readFile(file));
  expect(upload.status).toBe("failed");
  await open(page, `/data/uploads/${upload.id}`);
  await expect(page.getByText(/protected by a password; save it without one/i)).toBeVisible();
});

test("several files wait for each other and are told apart", async ({ page, shop: _ }) => {
  await open(page, "/data/add");
  const csv = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  const files = [csv("one.csv", recognisedCsv(inventedSales(61, 20))), csv("empty.csv", ""), csv("what.csv", "Kol A,Kol B\n1,2\n3,4\n")];
  await page.locator("input[type=file]").setInputFiles(files);
  await expect(page.getByText("3 files: 1 done, 1 waiting for your help, 1 not readable")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/The file is empty/)).toBeVisible();
});
