// Which roles see a board, and the months in which a shop's own years begin.
import AxeBuilder from "@axe-core/playwright";
import { accept, newEmail } from "../support/shop.ts";
import { inventedSales, recognisedCsv } from "../support/sales.ts";
import { expect, open, test } from "../support/test.ts";

interface Board {
  title: string;
  roles: string[];
}

test("a board for analysts is not there for a viewer, nor is its copy", async ({ page, shop, request, otherPerson }) => {
  const margins = { title: "Margins", cards: [{ question: { measures: ["orders"] } }] };
  const { id } = await shop.post<{ id: string }>("/api/v1/dashboards", margins);
  const email = newEmail("viewer");
  const { page: theirs, context } = await otherPerson();
  await accept(request, await shop.invite(email, "viewer"), email, context);
  await open(theirs, "/boards");
  await expect(theirs.getByRole("heading", { name: "Margins" })).toBeVisible();

  await open(page, `/dashboards/${id}/sharing`);
  await page.getByLabel("Viewers").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved who sees this board")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Viewers")).not.toBeChecked();
  await expect(page.getByLabel("Analysts")).toBeChecked();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);

  await open(theirs, "/boards");
  await expect(theirs.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(theirs.getByRole("heading", { name: "Margins" })).toHaveCount(0);
  await theirs.goto(`/dashboards/${id}`);
  await expect(theirs.locator("main")).toContainText("no such board");

  await open(page, `/dashboards/new?from=${id}`);
  await page.getByRole("button", { name: "Save the board" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Margins, our copy");
  const boards = await shop.get<Board[]>("/api/v1/dashboards");
  expect(boards.find(({ title }) => title === "Margins, our copy")!.roles).toEqual(["analyst", "admin", "owner"]);
  await open(page, "/boards");
  await expect(page.getByText("Analysts, admins and owners")).toHaveCount(2);
});

test("a shop whose year begins in April chooses days and grains by it", async ({ page, shop }) => {
  await shop.upload("sales.csv", recognisedCsv(inventedSales(20)));
  await open(page, "/dashboards/overview?range=2023-01-01..2024-12-31");
  await expect(page.getByRole("link", { name: "Fiscal years" })).toHaveCount(0);
  await open(page, "/settings/shop");
  await page.getByLabel("Fiscal year begins in").selectOption({ label: "April" });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Shop settings saved")).toBeVisible();

  await open(page, "/dashboards/overview?range=2023-01-01..2024-12-31");
  await page.getByRole("link", { name: "Fiscal years" }).click();
  await expect(page).toHaveURL(/grain=fiscal_year/);
  await page.getByRole("button", { name: /choose days/ }).click();
  await page.getByRole("link", { name: "Last fiscal year" }).click();
  await expect(page).toHaveURL(/range=last_fiscal_year/);
  await expect(page.getByRole("button", { name: /Last fiscal year 1 Apr \d+ – 31 Mar \d+/ })).toBeVisible();
});
