// Other tools' boards: from a pasted link to what members see, and what they see when it does not load.
import type { Page } from "@playwright/test";
import { expect, hydrated, open, test } from "../support/test.ts";
import { isSound } from "../support/sound.ts";
import { accept, newEmail, signUp, type Shop } from "../support/shop.ts";
import { silence, standIn } from "../support/stand_in.ts";

const host = "metabase.example.com";
const link = `https://${host}/public/dashboard/5cf2e1ca-1b5a-4a2e-9d4c-0a6c1b2d3e4f`;

interface Board {
  id: string;
  title: string;
}

function add(shop: Shop, title: string, more: object = {}): Promise<Board> {
  return shop.post<Board>("/api/v1/embeds", { paste: link, title, ...more });
}

const frame = (page: Page) => page.frameLocator("tradepost-board iframe");

/** The origins that a page's policy lets it show. */
async function frameSources(page: Page, path: string): Promise<string[]> {
  const policy = (await page.goto(path))!.headers()["content-security-policy"]!;
  await hydrated(page);
  return policy.match(/frame-src ([^;]*)/)![1]!.trim().split(" ");
}

test("an admin comes from nothing to a visible board in three fields", async ({ page, shop: _ }) => {
  await standIn(page, host);
  await open(page, "/boards");
  await page.getByRole("link", { name: "Add a board" }).click();
  await hydrated(page);
  await isSound(page, ["tradepost-board iframe", ".board-preview"]);
  await page.getByLabel("The board's link").fill(`<iframe src="${link}" frameborder="0" width="800"></iframe>`);
  await expect(page.getByRole("heading", { name: "Metabase (public link)" })).toBeVisible();
  await expect(page.getByText("Public", { exact: true })).toBeVisible();
  await expect(page.frameLocator(".board-preview").frameLocator("iframe").getByRole("heading", { name: "Weekly marketing" })).toBeVisible();
  await page.getByLabel("Title").fill("Weekly marketing");
  await expect(page.getByLabel("Who may see it")).toHaveValue("viewer");
  await isSound(page, ["tradepost-board iframe", ".board-preview"]);
  await page.getByRole("button", { name: "Add the board" }).click();
  await expect(page).toHaveURL(/\/boards\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1, name: "Weekly marketing" })).toBeVisible();
  await expect(frame(page).getByRole("heading", { name: "Weekly marketing" })).toBeVisible();
  await isSound(page, ["tradepost-board iframe", ".board-preview"]);
});

test("what cannot be shown says why before anything is sent", async ({ page, shop: _ }) => {
  await open(page, "/settings/boards/add");
  const paste = page.getByLabel("The board's link");
  const problem = page.locator("#board-paste-error");
  await paste.fill("javascript:alert(1)");
  await expect(problem).toContainText(/javascript/);
  await paste.fill(new URL("/sales", page.url()).href);
  await expect(problem).toContainText(/Tradepost itself/);
  await paste.fill("http://metabase.example.com/public/dashboard/5cf2e1ca-1b5a-4a2e-9d4c-0a6c1b2d3e4f");
  await expect(problem).toContainText(/http:\/\//);
  await expect(paste).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("button", { name: "Add the board" })).toBeDisabled();
});

test("a signed board asks for its secret, and never shows it again", async ({ page, shop }) => {
  const secret = "5f4dcc3b5aa765d61d8327deb882cf995f4dcc3b5aa765d61d8327deb882cf99";
  await standIn(page, host);
  await open(page, "/settings/boards/add");
  await page.getByLabel("The board's link").fill(`https://${host}/embed/dashboard/7`);
  await expect(page.getByText("Signed", { exact: true })).toBeVisible();
  await page.getByLabel("Embedding secret key").fill(secret);
  await page.getByLabel("Title").fill("Signed figures");
  await page.getByRole("button", { name: "Add the board" }).click();
  await expect(page).toHaveURL(/\/boards\/[0-9a-f-]{36}$/);
  await expect(frame(page).getByRole("heading", { name: "Weekly marketing" })).toBeVisible();
  await expect(page.locator("tradepost-board iframe")).toHaveAttribute("src", /\/embed\/dashboard\/eyJ/);
  await page.getByRole("link", { name: "Edit" }).click();
  await hydrated(page);
  await expect(page.getByText(/It is never shown again/)).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  // What the link was recognised as unfolds above the button.
  await expect(page.locator(".recognised")).toBeVisible();
  await page.getByRole("button", { name: "Replace the secret" }).click();
  await page.getByLabel("Embedding secret key").fill(secret.replaceAll("5", "6"));
  await page.getByRole("button", { name: "Store it" }).click();
  await expect(page.getByText(/Secret replaced/)).toBeVisible();
  await isSound(page, ["tradepost-board iframe", ".board-preview"]);
  expect(JSON.stringify(await shop.get("/api/v1/embeds"))).not.toContain(secret);
});

test("a viewer sees only what is shared with them", async ({ shop, request, otherPerson }) => {
  const shared = await add(shop, "For everybody");
  const closed = await add(shop, "For admins", { roles: ["admin", "owner"], paste: "https://grafana.example.com/d-solo/abc/x?panelId=2" });
  const { page, context } = await otherPerson();
  const email = newEmail("viewer");
  await accept(request, await shop.invite(email, "viewer"), email, context);
  await standIn(page, host);
  await open(page, "/boards");
  await expect(page.getByRole("link", { name: /For everybody/ })).toBeVisible();
  await expect(page.getByText("For admins")).toHaveCount(0);
  await isSound(page, ["tradepost-board iframe", ".board-preview"]);
  await page.getByRole("link", { name: /For everybody/ }).click();
  await expect(frame(page).getByRole("heading")).toBeVisible();
  expect(await frameSources(page, `/boards/${shared.id}`)).toEqual([`https://${host}`]);
  expect((await page.goto(`/boards/${closed.id}`))!.status()).toBe(404);
  await expect(page.getByText("There is nothing here")).toBeVisible();
  await open(page, "/settings/boards");
  await expect(page.getByText("This is not open to your role")).toBeVisible();
});

test("another merchant's board is not there", async ({ shop, request, otherPerson }) => {
  const { id } = await add(shop, "Ours");
  const { page, context } = await otherPerson();
  await signUp(request, context);
  for (const path of [`/boards/${id}`, `/settings/boards/${id}`]) {
    expect((await page.goto(path))!.status(), path).toBe(404);
    await expect(page.getByText("There is nothing here")).toBeVisible();
  }
});

test("a page may show the enabled boards' tools and no other", async ({ page, shop, problems }) => {
  const asked = await standIn(page, "other.example.com");
  await standIn(page, host);
  const { id } = await add(shop, "Shown");
  await add(shop, "Switched off", { paste: "https://off.example.com/page", enabled: false });
  expect(await frameSources(page, `/boards/${id}`)).toEqual([`https://${host}`]);
  const blocked = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => resolve(`${effectiveDirective} ${blockedURI}`));
        document.body.append(Object.assign(document.createElement("iframe"), { src: "https://other.example.com/x" }));
      }),
  );
  expect(blocked).toBe("frame-src https://other.example.com");
  expect(asked).toEqual([]);
  problems.splice(0, problems.length, ...problems.filter((problem) => !/Content Security Policy/.test(problem)));
});

test("a board that does not answer says so, with its likely cause", async ({ page, shop }) => {
  const { id } = await add(shop, "Silent");
  await silence(page, host);
  await page.clock.install();
  // A page has not loaded while a frame of it has not.
  await page.goto(`/boards/${id}`, { waitUntil: "domcontentloaded" });
  await page.clock.runFor(1000);
  await hydrated(page);
  await expect(page.getByText(`Waiting for ${host}`)).toBeVisible();
  await page.clock.fastForward(25_000);
  const panel = page.getByRole("alert");
  await expect(panel).toContainText("The board has not answered");
  await expect(panel).toContainText(/VPN|network/);
  await expect(panel.getByRole("link", { name: /Open in the tool/ })).toHaveAttribute("href", link);
  await panel.getByRole("button", { name: "Check each step" }).click();
  await expect(page.getByRole("dialog")).toContainText(`${host} has not finished loading`);
  await isSound(page, ["tradepost-board iframe", ".board-preview"]);
});

test("the order follows buttons and keys, and stays", async ({ page, shop }) => {
  for (const title of ["One", "Two", "Three"]) await add(shop, title);
  const titles = () => page.locator(".board-row a[href^='/settings/boards/']").allInnerTexts();
  await open(page, "/settings/boards");
  await isSound(page, ["tradepost-board iframe", ".board-preview"]);
  // The first order is slow on its way: the second one is the one that stays.
  await page.route(
    "**/api/fn/embeds/reorder",
    async (route) => {
      await new Promise((after) => setTimeout(after, 1_000));
      await route.continue();
    },
    { times: 1 },
  );
  await page.getByRole("button", { name: "Move Three up" }).click();
  expect((await titles()).map((title) => title.trim())).toEqual(["One", "Three", "Two"]);
  await expect(page.locator(".board-row:focus")).toContainText("Three");
  await page.keyboard.press("Alt+ArrowUp");
  await expect(page.getByText("Three is now number 1 of 3")).toBeAttached();
  await expect.poll(async () => (await shop.get<Board[]>("/api/v1/embeds")).map(({ title }) => title)).toEqual(["Three", "One", "Two"]);
  await page.waitForTimeout(1_200);
  await page.reload();
  expect((await titles()).map((title) => title.trim())).toEqual(["Three", "One", "Two"]);
});

test("a board that is removed is gone, after a question", async ({ page, shop }) => {
  const { id } = await add(shop, "To go");
  await standIn(page, host);
  await open(page, `/settings/boards/${id}`);
  // The preview takes its room when it comes, and what stands around it moves.
  await expect(page.frameLocator(".board-preview").frameLocator("iframe").getByRole("heading", { name: "Weekly marketing" })).toBeVisible();
  await page.getByRole("button", { name: "Remove the board" }).click();
  await expect(page.getByRole("dialog")).toContainText("“To go” goes from everybody's list");
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page).toHaveURL(/\/settings\/boards$/);
  await expect(page.getByText("No boards yet")).toBeVisible();
});
