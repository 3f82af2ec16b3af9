// The sales dashboard as tests read it.
import { type Locator, type Page } from "@playwright/test";

/** The value of a headline figure. */
export function figure(page: Page, label: string): Locator {
  return card(page, label).locator(".figure-value");
}

/** A headline figure's card. */
export function card(page: Page, label: string): Locator {
  return page.getByRole("article").filter({ has: page.getByRole("heading", { name: label, exact: true }) });
}

/** The query of the page's address. */
export function query(page: Page): URLSearchParams {
  return new URL(page.url()).searchParams;
}

/** The picture that filters by a dimension when it is clicked. */
export function chartBy(page: Page, dimension: string): Locator {
  return page.locator("figure.chart").filter({ hasText: new RegExp(`filter by ${dimension}`, "i") }).first();
}

/** Lets a picture be seen and waits until it is drawn. */
export async function drawn(chart: Locator): Promise<void> {
  await chart.scrollIntoViewIfNeeded();
  await chart.locator("tradepost-chart canvas, tradepost-chart svg").first().waitFor();
}
