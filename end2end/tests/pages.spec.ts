import { expect, open, test } from "../support/test.ts";
import { pages } from "../support/pages.ts";
import { isSound } from "../support/sound.ts";
import { inventedSales, recognisedCsv, unrecognisedCsv } from "../support/sales.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    for (const { name, path } of pages.filter((page) => !page.isSignedIn)) {
      test(`${name} is sound`, async ({ page }) => {
        await open(page, path);
        await expect(page.locator("h1:visible")).toHaveCount(1);
        await isSound(page);
      });
    }
    test("pages behind the door are sound, with nothing in them yet", async ({ page, shop: _ }) => {
      test.setTimeout(120_000);
      for (const { name, path } of pages.filter((page) => page.isSignedIn)) {
        await test.step(name, async () => {
          await open(page, path);
          await expect(page.locator("h1:visible")).toHaveCount(1);
          await isSound(page);
        });
      }
    });
    test("pages behind the door are sound with data", async ({ page, shop }) => {
      test.setTimeout(120_000);
      const { id } = await shop.upload("sales.csv", recognisedCsv(inventedSales(31, 60)).replace("Walnut bowl,1,", "Walnut bowl,one,"));
      const { id: unclear } = await shop.upload("export.csv", unrecognisedCsv(inventedSales(32, 10)));
      await shop.invite("colleague@example.com", "viewer");
      const ofUpload = ["", "/quality", "/rows", "/mapping"].map((part) => `/data/uploads/${id}${part}`);
      const paths = ["/sales", "/data/uploads", ...ofUpload, `/data/uploads/${unclear}/mapping`, "/settings/members", "/settings/audit", "/settings/jobs"];
      for (const path of paths) {
        await test.step(path, async () => {
          await open(page, path);
          await expect(page.locator("h1:visible")).toHaveCount(1);
          await isSound(page);
        });
      }
    });
  });
}

test("the theme follows the person's choice and is kept", async ({ page, shop: _ }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, "/sales");
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: /dark theme/i }).click();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  expect(await background()).toBe(dark);
});

test("an address that does not exist says so", async ({ page }) => {
  const response = await page.goto("/no/such/page");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
