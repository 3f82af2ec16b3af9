import { expect, hydrated, open, test } from "../support/test.ts";
import { linkIn, mailTo } from "../support/mail.ts";
import { newEmail, password } from "../support/shop.ts";

test("a person opens a shop and lands where data are added", async ({ page }) => {
  const email = newEmail();
  await open(page, "/");
  await page.getByRole("link", { name: /sign up|open your (own )?shop|start/i }).first().click();
  await expect(page).toHaveURL(/\/sign-up/);
  await hydrated(page);
  // The browser's own zone is offered.
  await expect(page.getByLabel(/time zone/i)).toHaveValue("Europe/London");
  await page.getByLabel(/shop.*name|name of.*shop/i).fill("The Brass Hook");
  await page.getByLabel(/e-mail/i).fill(email);
  await page.getByLabel(/^password/i).fill(password);
  await page.getByLabel(/currency/i).selectOption("GBP");
  await page.getByRole("main").getByRole("button", { name: /sign up|open|create/i }).click();
  await expect(page).toHaveURL(/\/(sales|data\/add)/);
  await expect(page.getByText("The Brass Hook").first()).toBeAttached();
});

test("a person looks around the demo shop without an account", async ({ page }) => {
  await expect
    .poll(async () => {
      await open(page, "/");
      return page.getByRole("button", { name: /demo/i }).or(page.getByRole("link", { name: /demo/i })).count();
    }, { timeout: 60_000, intervals: [500] })
    .toBeGreaterThan(0);
  await page.getByRole("button", { name: /demo/i }).or(page.getByRole("link", { name: /demo/i })).first().click();
  await expect(page).toHaveURL(/\/sales/);
  await expect(page.getByText(/demo shop/i).first()).toBeVisible();
});

test("a forgotten password is replaced through the link in the mail", async ({ page, shop, otherPerson }) => {
  const visitor = (await otherPerson()).page;
  await open(visitor, "/sign-in");
  await visitor.getByRole("link", { name: /forgot/i }).click();
  await expect(visitor).toHaveURL(/forgot-password/);
  await visitor.getByLabel(/e-mail/i).fill(shop.email);
  await visitor.getByRole("main").getByRole("button").click();
  const link = linkIn(await mailTo(shop.email), "/reset-password");
  await open(visitor, link);
  await visitor.getByLabel(/password/i).first().fill("another harbour at dusk");
  await visitor.getByRole("main").getByRole("button", { name: /password|save|set/i }).last().click();
  await expect(visitor).not.toHaveURL(/reset-password\?token=.*&failed/);
  const refused = await shop.request.post("/api/v1/auth/sign-in", { data: { email: shop.email, password } });
  expect(refused.status()).toBe(401);
  const accepted = await shop.request.post("/api/v1/auth/sign-in", { data: { email: shop.email, password: "another harbour at dusk" } });
  expect(accepted.status()).toBe(200);
  // The sessions from before the change have ended.
  await page.goto("/sales");
  await expect(page).toHaveURL(/sign-in/);
});

test("signing out everywhere ends every session", async ({ page, shop, otherPerson }) => {
  const other = (await otherPerson()).page;
  await open(other, "/sign-in");
  await other.getByLabel(/e-mail/i).fill(shop.email);
  await other.getByLabel(/^password/i).fill(password);
  await other.getByRole("main").getByRole("button", { name: /sign in/i }).click();
  await expect(other).toHaveURL(/\/(sales|data\/add)/);

  await open(page, "/settings/security");
  await page.getByRole("button", { name: /sign out everywhere/i }).click();
  const confirm = page.getByRole("dialog").getByRole("button", { name: /sign out/i });
  await expect(confirm.or(page.getByRole("heading", { name: /sign in/i })).first()).toBeVisible();
  if (await confirm.isVisible()) await confirm.click();
  await expect(page).toHaveURL(/\/(sign-in|$)/);
  await other.goto("/sales");
  await expect(other).toHaveURL(/sign-in/);
});

test("an invitation's link lets a second person in", async ({ page, shop, otherPerson }) => {
  const email = newEmail("colleague");
  await open(page, "/settings/members");
  await page.getByLabel(/e-mail/i).fill(email);
  await page.getByLabel(/role/i).first().selectOption("analyst");
  await page.getByRole("button", { name: /invite|send/i }).first().click();
  await expect(page.getByText(email).first()).toBeVisible();
  const link = linkIn(await mailTo(email), "/invitation");

  const colleague = (await otherPerson()).page;
  await open(colleague, link);
  await expect(colleague.getByText(shop.name).first()).toBeVisible();
  await colleague.getByLabel(/password/i).first().fill(password);
  await colleague.getByRole("main").getByRole("button", { name: /join|accept/i }).click();
  await expect(colleague).toHaveURL(/\/(sales|data\/add)/);

  await page.reload();
  await hydrated(page);
  await expect(page.getByRole("row").filter({ hasText: email })).toBeVisible();
  await open(page, "/settings/audit");
  await expect(page.getByRole("row").filter({ hasText: email }).first()).toBeVisible();
});
