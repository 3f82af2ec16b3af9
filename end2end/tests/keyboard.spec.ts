import { expect, open, test } from "../support/test.ts";
import { newEmail, password } from "../support/shop.ts";
import type { Page } from "@playwright/test";

/** Presses Tab until the focus is on what is wanted; says where it went if it never gets there. */
async function tabTo(page: Page, wanted: string | RegExp): Promise<void> {
  const seen: string[] = [];
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      const label = element?.labels?.[0]?.textContent ?? element?.getAttribute("aria-label") ?? element?.textContent ?? "";
      return label.trim();
    });
    seen.push(name);
    if (typeof wanted === "string" ? name === wanted : wanted.test(name)) return;
  }
  throw new Error(`Tab never reached ${wanted}; it went: ${seen.join(" → ")}`);
}

test("a shop is opened, looked at and left with the keyboard alone", async ({ page }) => {
  await open(page, "/sign-up");
  await tabTo(page, "Shop name");
  await page.keyboard.type("The Quiet Keyboard");
  await tabTo(page, /e-mail/i);
  await page.keyboard.type(newEmail());
  await tabTo(page, /^password/i);
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/(sales|data\/add)/);
  await expect(page.getByRole("button", { name: "Your account" })).toBeVisible();

  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await expect(page).toHaveURL(/\/settings\/members/);
  await page.keyboard.press("Shift+?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();

  await open(page, "/sales");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: /skip/i })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, /add data/i);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/data\/add/);

  await open(page, "/sales");
  await tabTo(page, /your account/i);
  await page.keyboard.press("Enter");
  await tabTo(page, /sign out/i);
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/\/sales/);
});

test("what has the focus can be seen", async ({ page }) => {
  await open(page, "/sign-in");
  for (let pressed = 0; pressed < 8; pressed += 1) {
    await page.keyboard.press("Tab");
    const isSeen = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return true;
      const style = getComputedStyle(element);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== "none";
    });
    expect(isSeen, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))).toBe(true);
  }
});
