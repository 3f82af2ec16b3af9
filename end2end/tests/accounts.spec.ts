import { expect, hydrated, open, test } from "../support/test.ts";
import { demoIsOpen } from "../support/demo.ts";
import { linkIn, mailTo } from "../support/mail.ts";
import { newEmail, password } from "../support/shop.ts";

test("a person signs up and lands where data are added", async ({ page }) => {
  const email = newEmail();
  await open(page, "/");
  await page.getByRole("link", { name: "Sign up" }).click();
  await expect(page).toHaveURL(/\/sign-up/);
  await hydrated(page);
  // The browser's own zone is offered.
  await expect(page.getByLabel("Time zone")).toHaveValue("Europe/London");
  await page.getByLabel("Shop name").fill("The Brass Hook");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Currency").selectOption("GBP");
  await page.getByRole("main").getByRole("button", { name: "Sign up" }).click();
  await expect(page).toHaveURL(/\/(sales|data\/add)/);
  await expect(page.getByText("The Brass Hook").first()).toBeAttached();
});

test("a person looks around the demo shop without an account", async ({ page, request }) => {
  // The first start makes the demo shop beside everything else.
  await expect.poll(() => demoIsOpen(request), { timeout: 60_000 }).toBe(true);
  await open(page, "/");
  await page.getByRole("button", { name: "Look around the demo shop" }).click();
  await expect(page).toHaveURL(/\/sales/);
  await expect(page.getByText("Demo shop.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Net sales", exact: true })).toBeVisible();
});

test("a forgotten password is replaced through the link in the mail", async ({ page, shop, otherPerson }) => {
  const visitor = (await otherPerson()).page;
  await open(visitor, "/sign-in");
  await visitor.getByRole("link", { name: /forgot/i }).click();
  await visitor.getByLabel("E-mail address").fill(shop.email);
  await visitor.getByRole("button", { name: "Send the link" }).click();
  await open(visitor, linkIn(await mailTo(shop.email), "/reset-password"));
  await visitor.getByLabel("New password").fill("another harbour at dusk");
  await visitor.getByRole("button", { name: "Set the password" }).click();
  await expect(visitor.getByText("Your password is changed.")).toBeVisible();
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
  await other.getByLabel("E-mail address").fill(shop.email);
  await other.getByLabel("Password", { exact: true }).fill(password);
  await other.getByRole("main").getByRole("button", { name: /sign in/i }).click();
  await expect(other).toHaveURL(/\/(sales|data\/add)/);

  await open(page, "/settings/security");
  await page.getByRole("button", { name: /sign out everywhere/i }).click();
  await expect(page).toHaveURL(/\/(sign-in)?$/);
  await other.goto("/sales");
  await expect(other).toHaveURL(/sign-in/);
});

test("an invitation's link lets a second person in", async ({ page, shop, otherPerson }) => {
  const email = newEmail("colleague");
  await open(page, "/settings/members");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("main").getByLabel("Role", { exact: true }).last().selectOption("analyst");
  await page.getByRole("button", { name: "Make the link" }).click();
  await expect(page.getByText(email).first()).toBeVisible();
  const link = linkIn(await mailTo(email), "/invitation");

  const colleague = (await otherPerson()).page;
  await open(colleague, link);
  await expect(colleague.getByText(shop.name).first()).toBeVisible();
  await colleague.getByLabel(/password/i).first().fill(password);
  await colleague.getByRole("button", { name: "Join the shop" }).click();
  await expect(colleague).toHaveURL(/\/(sales|data\/add)/);

  await page.reload();
  await hydrated(page);
  await expect(page.getByRole("row").filter({ hasText: email })).toBeVisible();
  await open(page, "/settings/audit");
  await expect(page.getByRole("row").filter({ hasText: email }).first()).toBeVisible();
});
