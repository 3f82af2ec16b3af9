// The menus above figures, while what they choose is being read.
import { type Page } from "@playwright/test";
import { inventedSales, recognisedCsv } from "../support/sales.ts";
import { expect, open, test } from "../support/test.ts";

/** Holds back the answers to what is asked for, until the returned function is called. */
async function hold(page: Page, asked: RegExp): Promise<() => void> {
  let goOn = (): void => undefined;
  const late = new Promise<void>((resolve) => (goOn = resolve));
  await page.route(asked, async (route) => {
    await late;
    await route.continue();
  });
  return goOn;
}

const pages = [
  { name: "the sales", path: "/sales", asked: /\/api\/fn\/dashboards\/sales/ },
  { name: "a board", path: "/dashboards/overview", asked: /\/api\/fn\/dashboards\/board\?/ },
  { name: "the rows behind a card", path: "/dashboards/overview/cards/0/rows", asked: /\/api\/fn\/dashboards\/rows/ },
  { name: "what changed", path: "/changes/net_sales", asked: /\/api\/fn\/dashboards\/what-changed/ },
];

for (const { name, path, asked } of pages) {
  test(`a menu of ${name} stays open when figures come that were asked for before`, async ({ page, shop }) => {
    await shop.upload("sales.csv", recognisedCsv(inventedSales(20)));
    await open(page, `${path}?range=2023-01-01..2024-12-31`);
    const arrive = await hold(page, asked);
    const days = page.getByRole("button", { name: /: choose days/ });
    await days.click();
    await page.getByRole("link", { name: "Last 90 days" }).click();
    await expect(page).toHaveURL(/range=90d/);
    await days.click();
    const from = page.getByRole("textbox", { name: "From" });
    await from.fill("2023-02-03");
    arrive();
    await expect(page.getByRole("button", { name: /Last 90 days .*: choose days/ })).toBeVisible();
    await expect(from).toHaveValue("2023-02-03");
    await expect(from).toBeFocused();
    await page.getByRole("link", { name: "Last 30 days" }).click();
    await expect(page.getByRole("button", { name: /Last 30 days .*: choose days/ })).toBeVisible();
    await days.click();
    await expect(from).not.toHaveValue("2023-02-03");
  });
}
