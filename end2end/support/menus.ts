// Choosing from the small panels beside buttons.
import { expect, type Locator, type Page } from "@playwright/test";

/**
 * Presses what an open panel holds, where a person sees it. Playwright's own click first asks the browser to scroll the element into view, and
 * Chromium at times takes a panel that is anchored to a button of a scrolled page for out of view: the page moves away below the pointer.
 */
export async function press(page: Page, item: Locator): Promise<void> {
  await expect(item).toBeInViewport({ ratio: 1 });
  await item.evaluate((element) => Promise.all((element.closest("[popover]") ?? element).getAnimations().map((animation) => animation.finished)));
  const box = await item.boundingBox();
  if (!box) throw new Error("the panel closed before anything was chosen");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}
