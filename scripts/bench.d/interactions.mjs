// How soon boards answer to a hand: clicks and keys in a browser, by its own Event Timing. The browser is the suite's, where it is there.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** Collects what each interaction took until the next picture: the longest of its events, as INP counts them. */
function watch() {
  window.interactions = new Map();
  const note = ({ interactionId, duration, name }) => {
    if (!interactionId) return;
    const known = window.interactions.get(interactionId);
    if (!known || known.duration < duration) window.interactions.set(interactionId, { duration, name });
  };
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: "event", durationThreshold: 16, buffered: true });
}

/** What a hand does on a board, a few times over. */
async function use(page) {
  const choose = async (menu, choice) => {
    await page.locator(`[popovertarget="${menu}"]`).click();
    await page.locator(`#${menu} .picker-choice`, { hasText: choice }).first().click();
    await page.waitForTimeout(150);
  };
  for (let turn = 0; turn < 4; turn += 1) {
    for (const tool of (await page.locator(".chart-tools [aria-pressed]").all()).slice(0, 4)) {
      await tool.click();
      await tool.click();
    }
    for (const menu of (await page.locator(".chart-tools [popovertarget]").all()).slice(0, 2)) {
      await menu.click();
      await page.keyboard.press("Escape");
    }
    for (let key = 0; key < 8; key += 1) await page.keyboard.press("Tab");
    await choose("comparison-menu", turn % 2 === 0 ? "Year before" : "Previous period");
    await choose("range-menu", turn % 2 === 0 ? "Last 30 days" : "All data");
    const places = page.locator(".map-place[tabindex='0']");
    if (await places.count()) {
      await places.first().focus();
      for (let step = 0; step < 6; step += 1) await page.keyboard.press("ArrowRight");
    }
  }
}

/** Measures the boards of a server that holds data, and reports the worst interaction and the 98th percentile of all. */
export async function interactions(url, token, note) {
  const wanted = "interactions on boards (goal: within 100 ms)";
  let playwright;
  try {
    playwright = createRequire(resolve("end2end/package.json"))("@playwright/test");
  } catch {
    note(wanted, "not measured: run scripts/setup test first");
    return;
  }
  let browser;
  try {
    browser = await playwright.chromium.launch({ executablePath: process.env.TRADEPOST_CHROMIUM ?? chromium, args: ["--no-sandbox"] });
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await context.addCookies([{ name: "tradepost_access", value: token, url }]);
    const all = [];
    for (const board of ["overview", "selling", "geography"]) {
      const page = await context.newPage();
      await page.addInitScript(watch);
      await page.goto(`${url}/dashboards/${board}`, { waitUntil: "networkidle" });
      await use(page);
      await page.waitForTimeout(300);
      all.push(...(await page.evaluate(() => [...window.interactions.values()])).map((one) => ({ ...one, board })));
      await page.close();
    }
    all.sort((a, b) => a.duration - b.duration);
    const p98 = all[Math.min(all.length - 1, Math.floor(all.length * 0.98))];
    const worst = all.at(-1);
    // What took less than a frame the browser does not tell one by one.
    note(wanted, worst ? `p98 ${p98.duration} ms, worst ${worst.duration} ms (${worst.name}, ${worst.board}), ${all.length} of 16 ms or more` : "all within 16 ms");
  } catch (error) {
    note(wanted, `not measured: ${error.message.split("\n")[0]}`);
  } finally {
    await browser?.close();
  }
}
