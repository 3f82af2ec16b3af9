// Boards set up through the JSON API, and what a page shows of them.
import type { Frame, Page } from "@playwright/test";
import { type Boards, startBoards } from "../mock_boards/server.ts";
import { expect, test as base } from "./test.ts";
import type { Shop } from "./shop.ts";

/** The test with a stand-in for the tools, on the port at which the server asks for Power BI's tokens. */
export const test = base.extend<{ boards: Boards }>({
  boards: async ({ page, problems }, use) => {
    const boards = await startBoards(Number(process.env.TRADEPOST_E2E_BOARDS_PORT));
    await use(boards);
    // Frames that go on speaking would find nobody there.
    for (const one of page.context().browser()!.contexts().flatMap((context) => context.pages())) await one.goto("about:blank");
    await boards.close();
    // What a tool refuses within its own frame is its answer, not our page's error; what was refused is in `boards.refusals`.
    const others = problems.filter((problem) => !problem.startsWith("the console says: Failed to load resource") || !problem.includes(boards.origin));
    problems.splice(0, problems.length, ...others);
  },
});

export type Signed = Parameters<Boards["secretOf"]>[0];

/** Adds a board with the tool's secret. */
export async function addSigned(shop: Shop, boards: Boards, tool: Signed, more: object = {}): Promise<string> {
  const input = { paste: boards.addresses[tool], title: `A board of ${tool}`, secret: boards.secretOf(tool), ...more };
  return (await shop.post<{ id: string }>("/api/v1/embeds", input)).id;
}

export const frames = (page: Page, boards: Boards): Frame[] => page.frames().filter((frame) => frame.url().startsWith(boards.origin));

/** The tool's frame, once its board is drawn in it. */
export async function shown(page: Page, boards: Boards): Promise<Frame> {
  await expect(page.locator("tradepost-board")).toHaveAttribute("data-state", "shown");
  const drawn = async (): Promise<boolean> => {
    const all = frames(page, boards);
    return all.length === 1 && (await all[0]!.locator("main").getAttribute("data-state", { timeout: 1_000 }).catch(() => "gone")) === "shown";
  };
  await expect.poll(drawn, "one frame, with its board in it").toBe(true);
  return frames(page, boards)[0]!;
}

/** Lets the page's clock pass the time at which a token is renewed. */
export async function renewed(page: Page): Promise<void> {
  // Tokens tell their age in whole seconds: the next one is to be of another.
  await new Promise((after) => setTimeout(after, 1_020 - (Date.now() % 1_000)));
  const asked = page.waitForResponse((response) => response.url().includes("/embeds/") && response.request().method() === "POST");
  await page.clock.fastForward(9 * 60_000 * 0.85);
  await asked;
}

/** Remembers every state that the board goes through, in `window.states`. */
export function watchStates(board: Element): void {
  const states: string[] = [];
  Object.assign(window, { states });
  board.addEventListener("board-state", (event) => states.push((event as CustomEvent<{ state: string }>).detail.state));
}

export const states = (page: Page): Promise<string[]> => page.evaluate(() => (window as unknown as { states: string[] }).states);
