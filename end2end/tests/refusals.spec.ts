import { expect, hydrated, open, test } from "../support/test.ts";
import { inventedSales, recognisedCsv } from "../support/sales.ts";
import { accept, newEmail, password, signUp } from "../support/shop.ts";

test("a wrong password is refused in words, and the address stays in the form", async ({ page, request }) => {
  const { email } = await signUp(request);
  await open(page, "/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("not the password at all");
  await page.getByRole("main").getByRole("button", { name: /sign in/i }).click();
  await expect(page.getByText(/password/i).filter({ hasText: /match|wrong|not/i }).first()).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toHaveValue(email);
  await expect(page).toHaveURL(/sign-in/);
});

test("a taken address is refused at the field", async ({ page, request }) => {
  const { email } = await signUp(request);
  await open(page, "/sign-up");
  await page.getByLabel("Shop name").fill("A second shop");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByLabel("Currency").selectOption("EUR");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByText(/account|taken|already/i).first()).toBeVisible();
  await expect(page).toHaveURL(/sign-up/);
});

test("a short password is refused before anything is sent", async ({ page }) => {
  await open(page, "/sign-up");
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") sent.push(request.url());
  });
  await page.getByLabel("Shop name").fill("The Brass Hook");
  await page.getByLabel("E-mail address").fill(newEmail());
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByText(/at least 10 characters/i).last()).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
  expect(sent).toEqual([]);
});

test("a viewer sees figures and cannot add data", async ({ shop, request, otherPerson }) => {
  await shop.upload("sales.csv", recognisedCsv(inventedSales(2, 40)));
  const { page, context } = await otherPerson();
  const email = newEmail("viewer");
  const viewer = await accept(request, await shop.invite(email, "viewer"), email, context);
  await open(page, "/sales");
  await expect(page.getByRole("heading", { name: "Net sales", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Add data" })).toHaveCount(0);
  await open(page, "/data/add");
  await expect(page.locator("input[type=file]")).toHaveCount(0);
  await expect(page.getByRole("main")).toContainText(/analyst, (an )?admin or (an )?owner|role/i);
  const file = { name: "x.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") };
  const refused = await request.post("/api/v1/uploads", { headers: viewer.headers, multipart: { file } });
  expect(refused.status()).toBe(403);
});

test("another merchant's upload is not there", async ({ page, shop, request }) => {
  const stranger = await signUp(request);
  const { id } = await stranger.upload("sales.csv", recognisedCsv(inventedSales(3, 20)));
  expect((await request.get(`/api/v1/uploads/${id}`, { headers: shop.headers })).status()).toBe(404);
  for (const address of [`/data/uploads/${id}`, `/data/uploads/${id}/mapping`]) {
    const response = await page.goto(address);
    expect(response?.status(), address).toBe(404);
    await hydrated(page);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  }
});

test("pages behind the door send visitors to sign in, and back afterwards", async ({ page, request }) => {
  const { email } = await signUp(request);
  await page.goto("/settings/members");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await hydrated(page);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("main").getByRole("button", { name: /sign in/i }).click();
  await expect(page).toHaveURL(/\/settings\/members/);
});
