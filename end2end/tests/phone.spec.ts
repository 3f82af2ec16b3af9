import AxeBuilder from "@axe-core/playwright";
import { expect, open, test } from "../support/test.ts";
import { figure } from "../support/figures.ts";
import { overflow, pages } from "../support/pages.ts";
import { figuresOf, inventedSales, pounds, recognisedCsv, unrecognisedCsv } from "../support/sales.ts";

test("every page fits a phone", async ({ page }) => {
  for (const { name, path } of pages.filter((page) => !page.isSignedIn)) {
    await open(page, path);
    expect.soft(await overflow(page), name).toBeLessThanOrEqual(0);
  }
});

test("every page behind the door fits a phone", async ({ page, shop }) => {
  test.setTimeout(180_000);
  const { id } = await shop.upload("sales.csv", recognisedCsv(inventedSales(41, 60)));
  const { id: unclear } = await shop.upload("export.csv", unrecognisedCsv(inventedSales(43, 10)));
  const ofUpload = ["", "/quality", "/rows", "/mapping"].map((part) => ({ name: `upload${part}`, path: `/data/uploads/${id}${part}` }));
  const unanswered = { name: "mapping of an unrecognised file", path: `/data/uploads/${unclear}/mapping` };
  for (const { name, path } of [...pages.filter((page) => page.isSignedIn), ...ofUpload, unanswered]) {
    await open(page, path);
    expect.soft(await overflow(page), name).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
    expect.soft(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
  }
});

test("figures are read and the places found with a thumb", async ({ page, shop }) => {
  const lines = inventedSales(42, 80);
  await shop.upload("sales.csv", recognisedCsv(lines));
  await open(page, "/sales?range=2024-01-01..2024-06-30");
  await expect(figure(page, "Net sales")).toHaveText(pounds(figuresOf(lines).net));
  const bar = page.getByRole("navigation", { name: "Main, short" });
  await bar.getByRole("link", { name: "Uploads" }).tap();
  await expect(page).toHaveURL(/\/data\/uploads/);
  await bar.getByRole("button", { name: "More" }).tap();
  await page.getByRole("link", { name: "Members" }).filter({ visible: true }).tap();
  await expect(page).toHaveURL(/\/settings\/members/);
});

test("what a thumb must hit is large enough", async ({ page, shop: _ }) => {
  await open(page, "/sales");
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("nav a, nav button, main button, header button")]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ name: element.textContent?.trim() || element.getAttribute("aria-label"), box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 40 || box.width < 40))
      .map(({ name, box }) => `${name}: ${Math.round(box.width)} × ${Math.round(box.height)}`),
  );
  expect(small).toEqual([]);
});
