// Pictures of every page, to be looked at by a person: `scripts/screenshots FOLDER`. Not part of the suite.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { open, test } from "../support/test.ts";
import { pages } from "../support/pages.ts";
import { inventedSales, recognisedCsv, unrecognisedCsv } from "../support/sales.ts";

const folder = process.env.TRADEPOST_SCREENSHOTS!;
const data = process.env.TRADEPOST_TEST_DATA ?? resolve(import.meta.dirname, "../../../shared/data");
const uci = join(data, "uci-online-retail/online_retail.csv.gz");
/** Only pages whose names fit this expression, if one is given. */
const wanted = new RegExp(process.env.TRADEPOST_SCREENSHOTS_OF ?? "");
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

/** Comes near every chart as a reader does: a chart is drawn when it comes near the window, and a picture of the whole page scrolls nowhere. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const chart of document.querySelectorAll("tradepost-chart, tradepost-map")) {
      chart.scrollIntoView();
      await new Promise(requestAnimationFrame);
    }
    scrollTo(0, 0);
  });
  const isDone = (): boolean => [...document.querySelectorAll<HTMLElement>("tradepost-chart, tradepost-map")].every((chart) => chart.dataset.state || !chart.clientWidth);
  await page.waitForFunction(isDone);
}

test("pictures of every page", async ({ page, shop, otherPerson }) => {
  test.setTimeout(900_000);
  const stranger = (await otherPerson()).page;
  const real = existsSync(uci) ? await shop.upload("online_retail.csv.gz", await readFile(uci), "application/gzip") : undefined;
  const partly = await shop.upload("partly-wrong.csv", recognisedCsv(inventedSales(31, 60)).replace(/,\d+,2024-01-02/, ",many,2024-01-02"));
  const unclear = await shop.upload("export.csv", unrecognisedCsv(inventedSales(32, 10)));
  const discounts = "Order ID,Order Date,Product,Unit Price,Quantity,Discount\n1,2024-01-05,Tea,42.4,35,0.15\n2,2024-01-06,Pot,9.8,10,0\n";
  const asked = await shop.upload("discounts.csv", discounts);
  await shop.invite("colleague@example.com", "viewer");
  const made = await shop.post<{ url: string }>("/api/v1/dashboards/overview/links", { name: "Screen in the shop", days: 30, view: "range=90d" });
  const shared = new URL(made.url).pathname;
  const more = [
    { name: "public link", path: shared, isSignedIn: false },
    { name: "public link on a screen", path: `${shared}?screen=tv`, isSignedIn: false },
    { name: "closed link", path: `${shared}x`, isSignedIn: false },
    { name: "upload", path: `/data/uploads/${(real ?? partly).id}`, isSignedIn: true },
    { name: "upload partly rejected", path: `/data/uploads/${partly.id}`, isSignedIn: true },
    { name: "quality", path: `/data/uploads/${(real ?? partly).id}/quality`, isSignedIn: true },
    { name: "rows", path: `/data/uploads/${partly.id}/rows`, isSignedIn: true },
    { name: "mapping", path: `/data/uploads/${unclear.id}/mapping`, isSignedIn: true },
    { name: "upload asked", path: `/data/uploads/${asked.id}`, isSignedIn: true },
    { name: "mapping asked", path: `/data/uploads/${asked.id}/mapping`, isSignedIn: true },
    { name: "sales filtered", path: "/sales?range=2011-06-01..2011-08-31&country=DE&compare=last_year", isSignedIn: true },
    { name: "not found", path: "/no/such/page", isSignedIn: false },
  ];
  for (const { name, path, isSignedIn } of [...pages, ...more].filter(({ name }) => wanted.test(name))) {
    const seen = isSignedIn ? page : stranger;
    for (const [size, viewport] of Object.entries(sizes)) {
      for (const colorScheme of ["light", "dark"] as const) {
        await seen.setViewportSize(viewport);
        await seen.emulateMedia({ colorScheme });
        await open(seen, path);
        await drawn(seen);
        await seen.waitForTimeout(600);
        await seen.screenshot({ path: join(folder, `${name.replaceAll(" ", "-")}.${size}.${colorScheme}.png`), fullPage: true });
      }
    }
  }
});
