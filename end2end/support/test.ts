// The test every spec imports: an error in the page's own code fails it, whatever the test looks at.
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { Shop, signUp } from "./shop.ts";

export { expect };

/** What the browser said that it should not have said. */
function watch(page: Page, problems: string[]): void {
  page.on("pageerror", (error) => problems.push(`an error was thrown: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error" && !/hydrat/i.test(message.text())) return;
    if (isExpectedRefusal(message.text(), message.location().url, page.url())) return;
    problems.push(`the console says: ${message.text()} (${message.location().url})`);
  });
}

// A refused request is an answer, and Chromium reports each as an error. Anything else that is missing or refused is one.
function isExpectedRefusal(text: string, url: string, pageUrl: string): boolean {
  if (!/^Failed to load resource: the server responded with a status of 4\d\d/.test(text)) return false;
  return url === pageUrl || new URL(url).pathname.startsWith("/api/");
}

let lastAddress = 0;

/** An address of a range kept for documentation, another for each test. */
function nextAddress(): string {
  lastAddress += 1;
  return `198.51.${100 + (process.pid % 100)}.${(lastAddress % 250) + 1}`;
}

interface Fixtures {
  /** Fails the test when the page's code fails. */
  problems: string[];
  /** A new shop whose owner is signed in on `page`. */
  shop: Shop;
  /** A second person: a context of their own, watched as the first. */
  otherPerson: () => Promise<{ page: Page; context: BrowserContext }>;
}

export const test = base.extend<Fixtures>({
  extraHTTPHeaders: async ({}, use) => use({ "x-forwarded-for": nextAddress() }),
  problems: async ({}, use, info) => {
    const problems: string[] = [];
    await use(problems);
    if (info.status === info.expectedStatus) expect(problems, "the page's own errors").toEqual([]);
    else if (problems.length > 0) await info.attach("the page's own errors", { body: problems.join("\n"), contentType: "text/plain" });
  },
  page: async ({ page, problems }, use) => {
    watch(page, problems);
    await use(page);
  },
  shop: async ({ page, request }, use) => {
    const shop = await signUp(request, page.context());
    await use(shop);
  },
  otherPerson: async ({ browser, problems, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL, extraHTTPHeaders: { "x-forwarded-for": nextAddress() } });
      contexts.push(context);
      const page = await context.newPage();
      watch(page, problems);
      return { page, context };
    });
    for (const context of contexts) await context.close();
  },
});

/** Opens a page and waits until the browser has taken it over, so that clicks and keys are heard. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}

export async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.hydrated === "true", undefined, { timeout: 15_000 });
}
