// A year of a real shop: 541,909 rows. Skipped, and said so, where the file is not at hand.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, open, test } from "../support/test.ts";
import { figure } from "../support/figures.ts";
import { signUp } from "../support/shop.ts";

const data = process.env.TRADEPOST_TEST_DATA ?? resolve(import.meta.dirname, "../../../shared/data");
const file = join(data, "uci-online-retail/online_retail.csv.gz");

test("a year of a real shop is read in the browser, to the penny", async ({ page, request }) => {
  test.skip(!existsSync(file), `${file} is not here`);
  test.setTimeout(300_000);
  const shop = await signUp(request, page.context());
  await open(page, "/data/add");
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page.getByText("541,909 rows added, £9,747,747.93 in net sales.")).toBeVisible({ timeout: 240_000 });
  await open(page, "/sales?range=2010-12-01..2011-12-09");
  await expect(figure(page, "Net sales")).toHaveText("£9,747,747.93");
  await expect(figure(page, "Gross sales")).toHaveText("£10,666,684.54");
  const [upload] = await shop.get<{ rows_total: number; rows_accepted: number; rows_rejected: number; rows_duplicate: number }[]>("/api/v1/uploads");
  expect(upload!.rows_total).toBe(541_909);
  expect(upload!.rows_accepted + upload!.rows_rejected + upload!.rows_duplicate).toBe(541_909);
});
