// Every tool goes the whole way: it shows its board, gets its height, has its token renewed in time, and is explained when nothing comes.
import { addSigned, frames, renewed, type Signed, states, test, watchStates } from "../support/boards.ts";
import { expect, hydrated, open } from "../support/test.ts";
import type { Boards } from "../mock_boards/server.ts";
import type { Shop } from "../support/shop.ts";
import type { Page } from "@playwright/test";

interface Tool {
  /** What is pasted. */
  pasted: string;
  /** Whether we sign for it, and where the stand-in notes the tokens that it accepted. */
  signed?: string;
  /** Whether it tells its height; the others get a shape. */
  speaks?: boolean;
  /** What it draws where nobody has signed in with it. */
  state?: "sign-in";
  /** A part of what is said when nothing comes, when it refuses to be framed, and when its token is no longer taken. */
  timeout: RegExp;
  refused: RegExp;
  expired?: RegExp;
}

const network = /your network may block it/;
const server = /reachable only from your company's network or VPN/;
const tools: Record<string, Tool> = {
  "Looker Studio": { pasted: "looker_studio", timeout: network, refused: /Enable embedding/ },
  Looker: { pasted: "looker", state: "sign-in", timeout: network, refused: /Embedded domain allowlist/ },
  "Looker, signed": { pasted: "looker", signed: "looker", speaks: true, timeout: network, refused: /Embedded domain allowlist/, expired: /embed secret may have been reset/ },
  Tableau: { pasted: "tableau", state: "sign-in", timeout: network, refused: /turns on embedding/ },
  "Tableau, signed": { pasted: "tableau", signed: "tableau", timeout: network, refused: /connected app's domain allowlist/, expired: /connected app's secret may be disabled/ },
  "Tableau Public": { pasted: "tableau_public", timeout: network, refused: /the view's Share button/ },
  "Power BI, published": { pasted: "power_bi_public", timeout: network, refused: /Manage embed codes/ },
  "Power BI": { pasted: "power_bi_secure", state: "sign-in", timeout: /allow pop-ups/, refused: /the report still exists/ },
  "Power BI, app owns data": { pasted: "power_bi_secure", signed: "power_bi", timeout: network, refused: /the report still exists/, expired: /client secret may have ended/ },
  "Metabase, public": { pasted: "metabase_public", speaks: true, timeout: server, refused: /public sharing is still on/ },
  "Metabase, signed": { pasted: "metabase_signed", signed: "metabase", speaks: true, timeout: server, refused: /publishes it for static embedding/, expired: /secret key may have been regenerated/ },
  Superset: { pasted: "superset_embedded", signed: "superset", speaks: true, timeout: server, refused: /Allowed domains/, expired: /secret or audience may have changed/ },
  Lightdash: { pasted: "lightdash", signed: "lightdash", timeout: network, refused: /Embed configuration/, expired: /embed secret may have been regenerated/ },
  Grafana: { pasted: "grafana", timeout: server, refused: /allow_embedding/ },
  "Another page": { pasted: "generic", timeout: server, refused: /frame/ },
};

const shape = { kind: "ratio", width: 16, height: 9 };

async function add(shop: Shop, boards: Boards, { pasted, signed, speaks }: Tool): Promise<string> {
  const locked = pasted === "metabase_signed" ? [{ name: "store", value: { from: "fixed", text: "12" } }] : undefined;
  const more = { ...(speaks ? {} : { height: shape }), ...(locked && { locked }) };
  if (signed !== undefined) return `/boards/${await addSigned(shop, boards, pasted as Signed, more)}`;
  return `/boards/${(await shop.post<{ id: string }>("/api/v1/embeds", { paste: boards.addresses[pasted], title: pasted, ...more })).id}`;
}

/** Its frame, alone, with what the tool draws. */
async function drawn(page: Page, boards: Boards, state: string): Promise<void> {
  await expect(page.locator("tradepost-board")).toHaveAttribute("data-state", "shown");
  const stateOf = async (): Promise<string | null> => {
    const all = frames(page, boards);
    return all.length === 1 ? all[0]!.locator("main").getAttribute("data-state", { timeout: 1_000 }).catch(() => "gone") : `${all.length} frames`;
  };
  await expect.poll(stateOf).toBe(state);
}

/** Notes in `document.body.dataset.flashed` when there is a moment without a frame in sight. */
function watchFrames(board: Element): void {
  const look = (): void => {
    if (!board.querySelector(".board-box:not(.is-waiting) iframe")) document.body.dataset.flashed = "yes";
  };
  new MutationObserver(look).observe(board, { childList: true, subtree: true, attributes: true });
}

for (const [name, tool] of Object.entries(tools)) {
  test(`${name}: shown, as high as it should be${tool.signed ? ", and renewed without a flash" : ""}`, async ({ page, shop, boards }) => {
    await page.clock.install();
    boards.height = 1100;
    await open(page, await add(shop, boards, tool));
    await drawn(page, boards, tool.state ?? "shown");
    const element = page.locator("tradepost-board");
    const box = async (): Promise<{ width: number; height: number }> => (await element.boundingBox())!;
    if (tool.speaks) await expect.poll(async () => (await box()).height).toBeGreaterThan(1100);
    else await expect.poll(async () => (await box()).width / (await box()).height).toBeCloseTo(16 / 9, 1);
    const { width } = await box();
    await page.setViewportSize({ width: 900, height: 900 });
    await expect.poll(async () => (await box()).width).toBeLessThan(width);
    if (tool.speaks) await expect.poll(async () => (await box()).height).toBeGreaterThan(1100);
    else await expect.poll(async () => (await box()).width / (await box()).height).toBeCloseTo(16 / 9, 1);
    if (tool.signed !== undefined) {
      const accepted = boards.seen(tool.signed).length;
      await element.evaluate(watchStates);
      await element.evaluate(watchFrames);
      await renewed(page);
      await expect.poll(() => boards.seen(tool.signed!).length, "the tool has taken another token").toBeGreaterThan(accepted);
      await expect.poll(() => frames(page, boards).length).toBe(1);
      await drawn(page, boards, "shown");
      expect(await states(page), "the board in sight has always been one").toEqual([]);
      expect(await page.locator("body").getAttribute("data-flashed")).toBeNull();
    }
    expect(boards.refusals).toEqual([]);
  });

  test(`${name}: when nothing comes, its likely causes are said`, async ({ page, shop, boards }) => {
    const path = await add(shop, boards, tool);
    await page.route((url) => url.origin === boards.origin, () => undefined);
    await page.clock.install();
    await page.goto(path, { waitUntil: "commit" });
    await page.clock.runFor(1_000);
    await hydrated(page);
    await page.locator("tradepost-board[data-state=loading]").waitFor();
    await page.clock.fastForward(21_000);
    const panel = page.getByRole("alert");
    await expect(panel).toContainText("The board has not answered");
    await expect(panel).toContainText(tool.timeout);
    await expect(panel.getByRole("link", { name: /Open in the tool/ })).toHaveCount(tool.signed === undefined ? 1 : 0);
    const causes = page.locator(".board-foot details");
    await causes.getByText(/A grey box, an error or a sign-in page/).click();
    await expect(causes.getByRole("listitem").first()).toContainText(tool.refused);
    await expect(causes.getByText(/third-party cookies|keeps the tool's cookies/)).toHaveCount(tool.signed === undefined ? 1 : 0);
  });

  const { expired } = tool;
  if (expired === undefined) continue;
  test(`${name}: a token that ends without another is said, and the board stays in sight`, async ({ page, shop, boards, problems }) => {
    await page.clock.install();
    await open(page, await add(shop, boards, tool));
    await drawn(page, boards, "shown");
    await page.route(/\/api\/fn\/embeds\//, (route) => route.abort());
    await page.clock.fastForward(9 * 60_000);
    await page.clock.fastForward(3 * 60_000);
    const doubt = page.getByRole("status").filter({ hasText: expired });
    await expect(doubt).toBeVisible();
    await drawn(page, boards, "shown");
    // The way is open again: the next question mends it, and nothing needs a click.
    await page.unroute(/\/api\/fn\/embeds\//);
    // The longest pause between two questions is two minutes.
    await page.clock.fastForward(121_000);
    await expect(doubt).toHaveCount(0);
    await drawn(page, boards, "shown");
    problems.splice(0, problems.length, ...problems.filter((problem) => !/ERR_FAILED/.test(problem)));
  });
}
