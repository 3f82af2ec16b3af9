// Pictures of other tools' boards in every state, to be looked at by a person: `scripts/screenshots FOLDER`. Not part of the suite.
import type { Page } from "@playwright/test";
import { join } from "node:path";
import { addSigned, test } from "../support/boards.ts";
import { accept, newEmail } from "../support/shop.ts";
import { hydrated } from "../support/test.ts";

const folder = process.env.TRADEPOST_SCREENSHOTS!;
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };

test("pictures of other tools' boards", async ({ page, shop, boards, request, otherPerson, problems }) => {
  test.setTimeout(600_000);
  const picture = async (where: Page, name: string, path: string, act: (page: Page) => Promise<unknown> = () => Promise.resolve()): Promise<void> => {
    for (const [size, viewport] of Object.entries(sizes)) {
      for (const colorScheme of ["light", "dark"] as const) {
        await where.setViewportSize(viewport);
        await where.emulateMedia({ colorScheme });
        await where.goto(path, { waitUntil: "commit" });
        await hydrated(where);
        await act(where);
        await where.waitForTimeout(700);
        await where.screenshot({ path: join(folder, `boards-${name}.${size}.${colorScheme}.png`), fullPage: true });
      }
    }
  };
  await picture(page, "none", "/boards");
  await picture(page, "settings-none", "/settings/boards");
  const email = newEmail("viewer");
  const { page: theirs, context } = await otherPerson();
  await accept(request, await shop.invite(email, "viewer"), email, context);
  await picture(theirs, "none-viewer", "/boards");

  const described = { description: "Orders and returns by store, refreshed every night", group: "Sales" };
  const locked = [{ name: "store", value: { from: "store" } }];
  const open = (tool: string, more: object) => shop.post<{ id: string }>("/api/v1/embeds", { paste: boards.addresses[tool], title: tool, ...more });
  const dated = await open("generic", { title: "Weekly marketing", group: "Marketing", dates: { from: "from", to: "to" }, description: "Spend, clicks and what came of them" });
  await open("looker_studio", { title: "Shop window", group: "Marketing", is_start: true, roles: ["owner"] });
  const off = await open("grafana", { title: "Servers", enabled: false, roles: ["owner", "admin"] });
  const signed = await addSigned(shop, boards, "superset_embedded", { title: "Superset: returns", ...described });
  const store = await addSigned(shop, boards, "metabase_signed", { title: "Sales of my store", ...described, locked });
  const silent = (await open("generic", { paste: `${boards.origin}/never-answers`, title: "Never answers" })).id;

  await picture(page, "list", "/boards");
  await picture(page, "settings", "/settings/boards");
  await picture(page, "board", `/boards/${dated.id}?range=2011-02-01..2011-03-01`);
  await picture(page, "board-days", `/boards/${dated.id}`, (page) => page.getByRole("button", { name: /choose days/ }).click());
  await picture(page, "board-no-store", `/boards/${store}`);
  await picture(page, "board-off", `/boards/${off.id}`);
  await picture(page, "board-check", `/boards/${signed}`, async (page) => {
    await page.locator("tradepost-board[data-state=shown]").waitFor();
    await page.getByRole("button", { name: "Check", exact: true }).click();
  });
  await picture(page, "members", "/settings/members");
  const paste = (text: string) => (page: Page) => page.getByLabel("The board's link").fill(text);
  await picture(page, "add", "/settings/boards/add");
  await picture(page, "add-recognised", "/settings/boards/add", paste(boards.addresses.metabase_signed!));
  await picture(page, "add-refused", "/settings/boards/add", paste("https://lookerstudio.google.com/s/abcDEF"));
  await picture(page, "add-options", "/settings/boards/add", async (page) => {
    await paste(boards.addresses.tableau!)(page);
    await page.getByText("Sign viewers in with a secret").click();
    await page.getByText("More options").click();
    await page.getByRole("button", { name: "Add a parameter" }).click();
  });
  await picture(page, "edit", `/settings/boards/${signed}`);
  await shop.post(`/api/v1/embeds/${signed}/secret`, { fields: { ...boards.secretOf("superset_embedded"), secret: "next" } });
  await picture(page, "board-two-secrets", `/boards/${signed}`);
  boards.refusesFrames = "x-frame-options";
  await picture(page, "refused", `/boards/${signed}`, (page) => page.locator("tradepost-board[data-kind=refused]").waitFor({ timeout: 30_000 }));
  await picture(page, "waiting", `/boards/${silent}`);
  await page.clock.install();
  await picture(page, "timeout", `/boards/${silent}`, async (page) => {
    await page.clock.fastForward(25_000);
    await page.locator("tradepost-board[data-kind=timeout]").waitFor();
  });
  // The browser tells of each refused frame in words of its own.
  problems.splice(0, problems.length, ...problems.filter((problem) => !/Refused to display|X-Frame-Options/i.test(problem)));
});
