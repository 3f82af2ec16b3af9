// Pages that stay open while nobody looks after them: screens on walls, files that are being read, tabs left over night.
import { expect, open, test } from "../support/test.ts";
import { figure } from "../support/figures.ts";
import { figuresOf, inventedSales, pounds, recognisedCsv } from "../support/sales.ts";

const lines = inventedSales(37, 40);

test("a wall that could not be read once is read again, and one that is left says nothing", async ({ page, shop }) => {
  await shop.upload("sales.csv", recognisedCsv(lines));
  await page.clock.install();
  await open(page, "/dashboards/overview/tv?range=all");
  const net = figure(page, "Net sales");
  await expect(net).toHaveText(pounds(figuresOf(lines).net));

  // New data, and the one reading that is to show them fails.
  const one = { ...lines.find((line) => line.quantity > 0)!, order: "999001" };
  let fails = true;
  await page.route("**/api/fn/dashboards/board?*", (route) => (fails ? route.fulfill({ status: 429, body: "later" }) : route.continue()));
  await shop.upload("late.csv", recognisedCsv([one]));
  await page.clock.runFor(11_000);
  await expect(page.locator(".state-error")).toBeVisible();
  fails = false;
  await page.clock.runFor(11_000);
  await expect(net).toHaveText(pounds(figuresOf([...lines, one]).net));

  // A question is under way while the screen is left; its answer comes to nobody.
  let goOn = (): void => undefined;
  const late = new Promise<void>((resolve) => (goOn = resolve));
  const asked = page.waitForRequest("**/api/fn/dashboards/pulse?*");
  await page.route("**/api/fn/dashboards/pulse?*", async (route) => {
    await late;
    await route.continue();
  });
  await page.clock.runFor(11_000);
  await asked;
  await page.keyboard.press("Escape");
  await expect(page.locator(".rail")).toBeVisible();
  const answered = page.waitForResponse("**/api/fn/dashboards/pulse?*");
  goOn();
  await answered;
  // The page is alive: it hears a key.
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("a wall without turns is scrolled by its keys", async ({ page, shop }) => {
  await shop.upload("sales.csv", recognisedCsv(lines));
  await page.setViewportSize({ width: 1280, height: 400 });
  await open(page, "/dashboards/overview/tv?range=all");
  await expect(figure(page, "Net sales")).toBeVisible();
  await page.keyboard.press(" ");
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
});

test("many files are followed by one question at a time, and no connection is kept for any", async ({ page, shop }) => {
  expect(shop.name).not.toBe("");
  await open(page, "/data/add");
  let [now, most, streams] = [0, 0, 0];
  const isQuestion = (url: string): boolean => /\/api\/fn\/sources\/uploads?(\?|$)/.test(url);
  page.on("request", (request) => {
    if (/\/uploads\/[^/]+\/events/.test(request.url())) streams += 1;
    if (isQuestion(request.url())) most = Math.max(most, (now += 1));
  });
  const ended = (request: { url(): string }): void => void (isQuestion(request.url()) && (now -= 1));
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
  const files = Array.from({ length: 8 }, (_, index) => {
    const own = inventedSales(80 + index, 5).map((line) => ({ ...line, order: `F${index}-${line.order}` }));
    return { name: `file-${index}.csv`, mimeType: "text/csv", buffer: Buffer.from(recognisedCsv(own)) };
  });
  await page.locator("input[type=file]").setInputFiles(files);
  await expect(page.locator(".upload-state", { hasText: "Done" })).toHaveCount(8, { timeout: 40_000 });
  expect({ streams, most }).toEqual({ streams: 0, most: 1 });
});
