import type { Page } from "@playwright/test";
import { expect } from "./test.ts";

/** Waits until the lines that were tried with the last answer stand there: what is below them moves no more. */
export async function tried(page: Page): Promise<void> {
  await expect(page.locator(".mapping-trial")).not.toHaveAttribute("aria-busy", "true");
}
