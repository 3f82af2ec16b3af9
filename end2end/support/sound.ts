// What holds for every page: it is as wide as its window, and axe finds nothing.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { overflow } from "./pages.ts";

/** Looks at a page from its top; `besides` are parts that are others' pages. */
export async function isSound(page: Page, besides: string[] = []): Promise<void> {
  expect.soft(await overflow(page), "nothing makes the page scroll sideways").toBeLessThanOrEqual(0);
  // Half below the top bar, a target would be taken for too small.
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const axe = besides.reduce((axe, part) => axe.exclude(part), new AxeBuilder({ page }).withTags(tags));
  const { violations } = await axe.analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n  ")}`);
  expect.soft(found, `what axe finds on ${page.url()}`).toEqual([]);
}
