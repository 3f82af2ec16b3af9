// What a member sees of a board depends on the store that an admin put them into.
import { readToken } from "../mock_boards/tokens.ts";
import { addSigned, shown, test } from "../support/boards.ts";
import { accept, newEmail } from "../support/shop.ts";
import { expect, open } from "../support/test.ts";

const store = { name: "store", value: { from: "store" } };

test("a member put into a store sees the board of that store and of no other", async ({ page, shop, boards, request, otherPerson }) => {
  const id = await addSigned(shop, boards, "metabase_signed", { locked: [store] });
  const email = newEmail("viewer");
  const { page: theirs, context } = await otherPerson();
  const viewer = await accept(request, await shop.invite(email, "viewer"), email, context);
  // Without a store there is nothing that the board could be locked to.
  await open(theirs, `/boards/${id}`);
  await expect(theirs.locator("main")).toContainText("store");
  await expect(theirs.locator("tradepost-board")).toHaveCount(0);
  expect(boards.seen("metabase")).toEqual([]);

  await open(page, "/settings/members");
  const input = page.getByLabel(`Store of ${email}`);
  await input.fill(" Leeds ");
  await input.press("Tab");
  await expect(page.getByText("Store changed")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel(`Store of ${email}`)).toHaveValue("Leeds");

  await open(theirs, `/boards/${id}`);
  const frame = await shown(theirs, boards);
  await expect(frame.getByText("store: Leeds")).toBeVisible();
  expect(boards.seen("metabase").map(({ params }) => params)).toEqual([{ store: "Leeds" }]);

  // Neither the address nor the body of a request changes it.
  const asked = await request.post(`/api/v1/embeds/${id}/view?store=York`, { headers: viewer.headers, data: { range: "7d" } });
  const { url } = (await asked.json()) as { url: string };
  expect(readToken(new URL(url).pathname.split("/").at(-1)!, boards.secrets.metabase).claims.params).toEqual({ store: "Leeds" });
  const unknown = await request.post(`/api/v1/embeds/${id}/view`, { headers: viewer.headers, data: { store: "York" } });
  expect(unknown.status(), "a store is nothing that can be asked for").toBe(422);
  expect((await theirs.goto("/settings/members"))!.status()).toBe(200);
  await expect(theirs.getByLabel(/^Store of/)).toHaveCount(0);
});

test("a store is taken away with an empty input, and the owner may give one to themselves", async ({ page, shop, boards }) => {
  const id = await addSigned(shop, boards, "metabase_signed", { locked: [store] });
  const input = page.getByLabel(`Store of ${shop.email}`);
  for (const [name, status] of [["York", 200], ["", 409]] as const) {
    await open(page, "/settings/members");
    await input.fill(name);
    await input.press("Enter");
    await expect(page.getByText("Store changed")).toBeVisible();
    expect((await shop.request.post(`/api/v1/embeds/${id}/view`, { headers: shop.headers, data: {} })).status()).toBe(status);
  }
  const audit = await shop.get<{ action: string; subject: string }[]>("/api/v1/audit");
  expect(audit.filter(({ action }) => action === "member.store_changed").map(({ subject }) => subject)).toEqual([
    `${shop.email}: York → no store`,
    `${shop.email}: no store → York`,
  ]);
});
