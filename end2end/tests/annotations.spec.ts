// Notes on days: written in a dialog, shown on the charts over time and in their tables.
import { expect, hydrated, open, test } from "../support/test.ts";
import { inventedSales, recognisedCsv } from "../support/sales.ts";

test("a note is written, stands on its chart and in its table, and is removed", async ({ page, shop }) => {
  await shop.upload("sales.csv", recognisedCsv(inventedSales(35, 60)));
  await open(page, "/sales?range=all");
  await page.getByRole("button", { name: "Notes" }).click();
  const dialog = page.getByRole("dialog", { name: "Notes on days" });
  await dialog.getByLabel("First day").fill("2024-02-14");
  await dialog.getByLabel("Last day").fill("2024-02-10");
  await dialog.getByLabel("What happened").fill("Everything 20 % off");
  await dialog.getByRole("button", { name: "Note it" }).click();
  await expect(dialog.getByRole("status")).toHaveText(/the last day lies before the first/i);
  await dialog.getByLabel("Last day").fill("");
  await dialog.getByRole("button", { name: "Note it" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Noted.");
  await expect(dialog.getByRole("listitem").filter({ hasText: "20 % off" })).toContainText("14 Feb 2024");
  // The page is read anew with the note on it.
  await Promise.all([page.waitForEvent("load"), dialog.getByRole("button", { name: "Close" }).click()]);
  await hydrated(page);
  const chart = page.locator("figure.chart").first();
  await chart.getByRole("button", { name: /Table/ }).click();
  await expect(chart.getByRole("row").filter({ hasText: "14 Feb 2024: Everything 20 % off" })).toHaveCount(1);
  await page.getByRole("button", { name: "Notes" }).click();
  await dialog.getByRole("button", { name: "Remove: Everything 20 % off" }).click();
  await expect(dialog.getByRole("status")).toHaveText("Removed.");
  await expect(dialog.getByRole("listitem").filter({ hasText: "20 % off" })).toHaveCount(0);
});

test("notes that cannot be read say so in words", async ({ page, shop }) => {
  await shop.upload("sales.csv", recognisedCsv(inventedSales(35, 10)));
  await open(page, "/sales?range=all");
  await page.route("**/api/v1/annotations", (route) => route.fulfill({ status: 429, body: "later" }));
  await page.getByRole("button", { name: "Notes" }).click();
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText("The server did not answer; check your connection and try again.");
});
