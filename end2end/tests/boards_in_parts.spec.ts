// Boards some of whose cards take longer: what is there is shown, and the others come as they are ready.
import { type Page, type Request } from "@playwright/test";
import { expect, open, test } from "../support/test.ts";
import { figure } from "../support/figures.ts";
import { isSound } from "../support/sound.ts";
import { figuresOf, inventedSales, pounds, recognisedCsv } from "../support/sales.ts";

const lines = inventedSales(33);
const REST = "**/api/fn/dashboards/rest?*";

interface Shown {
  cards: [unknown, { place: number; width: number; picture: string }][];
}

test.beforeEach(async ({ shop }) => {
  await shop.upload("sales.csv", recognisedCsv(lines));
});

/** Lets the first answer bring its second and third card only; gives what the whole board is, once it was asked for. */
async function cut(page: Page): Promise<() => Shown> {
  let whole: Shown | undefined;
  await page.route("**/api/fn/dashboards/board?*", async (route) => {
    if (route.request().url().includes("whole=true")) return route.continue();
    const response = await route.fetch({ url: route.request().url().replace("whole=false", "whole=true") });
    const board = (await response.json()) as Shown;
    whole = board;
    const shapes = board.cards.map(([, { place, width, picture }]) => ({ place, width, picture }));
    const rest = { ticket: "nobody's", cards: [shapes[0], ...shapes.slice(3)] };
    await route.fulfill({ response, json: { ...board, cards: board.cards.slice(1, 3), rest } });
  });
  return () => whole!;
}

/** The places that the page said it had when it asked for the rest of a board. */
function placesAsked(page: Page): (string | null)[] {
  const places: (string | null)[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/dashboards/rest?")) places.push(new URL(request.url()).searchParams.get("has"));
  });
  return places;
}

/** What a page says of the cards of a board that it has. */
const has = (board: Shown, indices: number[]) => indices.map((index) => board.cards[index]![1].place).join(",");

/** Goes to the overview without a new page, so that the browser asks for the board. */
async function follow(page: Page): Promise<void> {
  await open(page, "/boards");
  await page.locator("a[href^='/dashboards/overview']").first().click();
  await expect(page).toHaveURL(/\/dashboards\/overview/);
}

const waits = (page: Page) => page.getByRole("status").filter({ hasText: "More cards are on their way." });
const ghosts = (page: Page) => page.locator(".board-cell-ghost");

test("shapes stand where the other cards will be, until they have come", async ({ page }) => {
  const [whole, places] = [await cut(page), placesAsked(page)];
  let goOn = (): void => undefined;
  const late = new Promise<void>((resolve) => (goOn = resolve));
  await page.route(REST, async (route) => {
    await late;
    await route.continue();
  });
  await follow(page);
  const cells = page.locator(".board-cell");
  await expect(cells).toHaveCount(2);
  await expect(waits(page)).toBeAttached();
  await expect(ghosts(page)).toHaveCount(whole().cards.length - 2);
  // Each in its place: the first card is still missing.
  await expect(page.locator(".board-grid > div").first()).toHaveClass(/board-cell-ghost/);
  await isSound(page);
  goOn();
  await expect(ghosts(page)).toHaveCount(0);
  await expect(waits(page)).toHaveCount(0);
  await expect(cells).toHaveCount(whole().cards.length);
  expect(places).toEqual([has(whole(), [1, 2])]);
  await page.unrouteAll({ behavior: "wait" });
  const headings = () => page.locator(".board-grid").getByRole("heading", { level: 3 }).allTextContents();
  const inParts = await headings();
  await page.reload();
  await expect.poll(headings).toEqual(inParts);
  await expect(figure(page, "Net sales")).toHaveText(pounds(figuresOf(lines).net));
  for (const chart of await page.locator("tradepost-chart, tradepost-map").all()) {
    await chart.scrollIntoViewIfNeeded();
    await expect(chart).toHaveAttribute("data-state", "drawn");
  }
  await isSound(page);
});

test("cards that broke off are told of, and read on where they stopped", async ({ page }) => {
  const [whole, places] = [await cut(page), placesAsked(page)];
  await page.route(
    REST,
    async (route) => {
      const response = await route.fetch();
      // The pulse and one card, without an end.
      const [pulse, card] = (await response.text()).split("\n");
      await route.fulfill({ response, body: `${pulse}\n${card}\n` });
    },
    { times: 1 },
  );
  await follow(page);
  const notice = page.locator(".board-rest .notice", { hasText: "The other cards did not come" });
  await expect(notice).toBeVisible();
  await expect(page.locator(".board-cell")).toHaveCount(3);
  await expect(ghosts(page)).toHaveCount(0);
  await isSound(page);
  await notice.getByRole("button", { name: "Try again" }).click();
  await expect(notice).toHaveCount(0);
  await expect(page.locator(".board-cell")).toHaveCount(whole().cards.length);
  await expect(ghosts(page)).toHaveCount(0);
  expect(places[0]).toBe(has(whole(), [1, 2]));
  // Whichever card was the first to be ready.
  expect(places[1]!.split(",")).toHaveLength(3);
  expect(places).toHaveLength(2);
});

test("cards of another moment are not put beside those that are there: the board is read anew", async ({ page }) => {
  const whole = await cut(page);
  await page.route(
    REST,
    async (route) => {
      const response = await route.fetch();
      const [, ...rest] = (await response.text()).split("\n");
      await route.fulfill({ response, body: ['"of another moment"', ...rest].join("\n") });
    },
    { times: 1 },
  );
  const anew = page.waitForRequest((request: Request) => /dashboards\/board\?.*whole=true/.test(request.url()));
  await follow(page);
  await anew;
  await expect(ghosts(page)).toHaveCount(0);
  await expect(page.locator(".board-cell")).toHaveCount(whole().cards.length);
});

test("whoever leaves the board or chooses other days waits for its cards no longer", async ({ page }) => {
  await cut(page);
  await page.route(REST, () => undefined);
  const stopped = () => page.waitForEvent("requestfailed", (request) => request.url().includes("/dashboards/rest?"));
  await follow(page);
  await expect(ghosts(page).first()).toBeVisible();
  const first = stopped();
  const again = page.waitForRequest(REST);
  await page.getByRole("button", { name: /choose days$/ }).click();
  await page.getByLabel("From", { exact: true }).fill("2024-02-01");
  await page.getByLabel("To", { exact: true }).fill("2024-02-29");
  await page.getByRole("button", { name: "Show these days" }).click();
  await first;
  await again;
  const second = stopped();
  await page.getByRole("navigation").getByRole("link", { name: "Sales" }).first().click();
  await second;
  await expect(page).toHaveURL(/\/sales/);
  // The board may be asked for once more as it is left; nobody waits for that here.
  await page.unrouteAll({ behavior: "ignoreErrors" });
});
