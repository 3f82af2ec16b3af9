// A board's page: its days, its full screen, its way into the tool, and whom it listens to.
import { addSigned, shown, test } from "../support/boards.ts";
import { expect, hydrated, open } from "../support/test.ts";

const dates = { from: "from", to: "to" };

test("a board's days follow the page's, by a preset or by any two days", async ({ page, shop, boards }) => {
  const { id } = await shop.post<{ id: string }>("/api/v1/embeds", { paste: boards.addresses.generic, title: "Days", dates });
  const asked = async (): Promise<[string | null, string | null]> => {
    const { searchParams } = new URL((await page.locator("tradepost-board .board-box:not(.is-waiting) iframe").getAttribute("src"))!);
    return [searchParams.get("from"), searchParams.get("to")];
  };
  await open(page, `/boards/${id}`);
  const frame = await shown(page, boards);
  await page.getByRole("button", { name: /choose days/ }).click();
  await page.getByRole("link", { name: "Last 7 days" }).click();
  await expect(page).toHaveURL(/range=7d/);
  // The shop's days are those of London.
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(new Date());
  const day = (before: number): string => new Date(Date.parse(`${today}T12:00Z`) - before * 86_400_000).toISOString().slice(0, 10);
  await expect.poll(asked).toEqual([day(6), day(0)]);
  await page.getByRole("button", { name: /choose days/ }).click();
  await page.locator("#board-days-from").fill("2011-03-31");
  await page.locator("#board-days-to").fill("2011-03-01");
  await page.getByRole("button", { name: "Show these days" }).click();
  await expect(page.getByRole("alert")).not.toBeEmpty();
  await page.locator("#board-days-from").fill("2011-02-01");
  await page.getByRole("button", { name: "Show these days" }).click();
  await expect(page).toHaveURL(/range=2011-02-01\.\.2011-03-01/);
  await expect.poll(asked).toEqual(["2011-02-01", "2011-03-01"]);
  await expect(page.getByRole("button", { name: /1 Feb.* 1 Mar 2011: choose days/ })).toBeVisible();
  expect(frame.isDetached()).toBe(true);
  await page.goBack();
  await expect.poll(asked).toEqual([day(6), day(0)]);
  // A link to a range opens it.
  await open(page, `/boards/${id}?range=2011-02-01..2011-03-01`);
  expect(await asked()).toEqual(["2011-02-01", "2011-03-01"]);
});

test("full screen is the board alone, and the tool is a link away", async ({ page, shop, boards }) => {
  const { id } = await shop.post<{ id: string }>("/api/v1/embeds", { paste: boards.addresses.grafana, title: "Grafana" });
  await open(page, `/boards/${id}`);
  await shown(page, boards);
  const link = page.getByRole("link", { name: /Open in the tool/ });
  await expect(link).toHaveAttribute("href", `${boards.addresses.grafana!}&kiosk`);
  await expect(link).toHaveAttribute("target", "_blank");
  expect(await link.getAttribute("rel")).toMatch(/noopener noreferrer/);
  await page.getByRole("button", { name: "Full screen" }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.className)).toContain("board-stage");
  // The window grows to the screen after the element is told of it.
  const whole = async () => {
    const box = (await page.locator("tradepost-board iframe").boundingBox())!;
    return [box.width, box.height].join() === (await page.evaluate(() => [innerWidth, innerHeight].join()));
  };
  await expect.poll(whole).toBe(true);
  await page.evaluate(() => document.exitFullscreen());
  await expect(link).toBeVisible();
  // A signed board has no address that a person could open.
  await open(page, `/boards/${await addSigned(shop, boards, "superset_embedded")}`);
  await expect(page.getByRole("link", { name: /Open in the tool/ })).toHaveCount(0);
});

test("a board listens to its own frame at its own origin, and to nobody else", async ({ page, shop, boards }) => {
  const { id } = await shop.post<{ id: string }>("/api/v1/embeds", { paste: boards.addresses.metabase_public, title: "Heights" });
  await open(page, `/boards/${id}`);
  await shown(page, boards);
  const element = page.locator("tradepost-board");
  await expect.poll(() => element.evaluate((board) => board.clientHeight)).toBeGreaterThan(boards.height);
  const tall = () => element.evaluate((board) => board.clientHeight);
  // The frame tells its height more than once while it is laid out.
  let before = 0;
  await expect.poll(async () => before === (before = await tall()), { intervals: [400] }).toBe(true);
  // The greeting's id is the board's serial number on this page.
  const say = (height: number, origin: string, isFrame: boolean): Promise<void> =>
    page.evaluate(
      ([height, origin, isFrame]) => {
        const source = isFrame ? document.querySelector<HTMLIFrameElement>("tradepost-board iframe")!.contentWindow : window;
        const data = `[iFrameSizer]board-1:${height}:800:size`;
        dispatchEvent(new MessageEvent("message", { data, origin: origin as string, source }));
      },
      [height, origin, isFrame] as const,
    );
  await say(3001, "https://evil.example", true);
  await say(3002, boards.origin, false);
  await say(3003, new URL(page.url()).origin, false);
  expect(await tall()).toBe(before);
  await say(3004, boards.origin, true);
  await expect.poll(() => element.evaluate((board) => board.clientHeight)).toBeGreaterThan(2990);
});

test("what a frame may do, and what its tool learns of us, is as little as it needs", async ({ page, shop, boards }) => {
  const policies: Record<string, string> = {};
  for (const [tool, referrer] of [["generic", "no-referrer"], ["grafana", "strict-origin-when-cross-origin"]] as const) {
    const { id } = await shop.post<{ id: string }>("/api/v1/embeds", { paste: boards.addresses[tool], title: tool });
    const asked = page.waitForRequest((request) => request.url().startsWith(boards.origin));
    const response = (await page.goto(`/boards/${id}`))!;
    await hydrated(page);
    policies[tool] = response.headers()["cross-origin-opener-policy"]!;
    const headers = await (await asked).allHeaders();
    const own = new URL(page.url()).origin;
    expect(headers.referer, "at most our origin, never the page").toBe(referrer === "no-referrer" ? undefined : `${own}/`);
    const frame = page.locator("tradepost-board iframe");
    await expect(frame).toHaveAttribute("referrerpolicy", referrer);
    expect(await frame.getAttribute("sandbox")).not.toMatch(/top-navigation|modals|pointer-lock/);
    expect(await frame.getAttribute("allow")).not.toMatch(/camera|microphone|geolocation|payment|clipboard/);
  }
  expect(policies).toEqual({ generic: "same-origin", grafana: "same-origin" });
  const { id } = await shop.post<{ id: string }>("/api/v1/embeds", { paste: boards.addresses.power_bi_secure, title: "Power BI" });
  expect((await page.goto(`/boards/${id}`))!.headers()["cross-origin-opener-policy"]).toBe("same-origin-allow-popups");
});

test("a frame that goes elsewhere inside itself is stopped by the page's policy", async ({ page, shop, boards, problems }) => {
  const { id } = await shop.post<{ id: string }>("/api/v1/embeds", { paste: boards.addresses.generic, title: "Wanders" });
  await open(page, `/boards/${id}`);
  const frame = await shown(page, boards);
  await page.evaluate(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, disposition }) => {
      document.body.dataset.blocked = `${disposition} ${effectiveDirective} ${blockedURI}`;
    });
  });
  await frame.evaluate(() => void (location.href = "https://evil.example/steals"));
  await expect(page.locator("body")).toHaveAttribute("data-blocked", "enforce frame-src https://evil.example");
  problems.splice(0, problems.length, ...problems.filter((problem) => !/Content Security Policy|ERR_BLOCKED_BY_CSP/.test(problem)));
});
