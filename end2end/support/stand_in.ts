// A stand-in for another tool, answered within the browser: its pages are at their real addresses, and nothing leaves the machine.
import type { BrowserContext, Page } from "@playwright/test";

/** What a tool's page looks like to the person in front of it. */
const figures = `<style>body{margin:0;padding:24px;font:16px system-ui;color:#234;background:#fff}h1{font-size:22px;margin:0 0 16px}
  .row{display:flex;gap:16px;margin-bottom:16px}.row b{flex:1;padding:16px;border:1px solid #cde;border-radius:8px;font-size:24px}
  i{display:inline-block;width:9%;margin-right:2%;background:#2a7ab8;vertical-align:bottom}</style>
  <h1>Weekly marketing</h1><div class="row"><b>£ 12,480</b><b>3.1 %</b><b>418</b></div>
  <div style="height:300px">${[40, 62, 55, 80, 71, 90, 64].map((height) => `<i style="height:${height * 3}px"></i>`).join("")}</div>`;

/** iframe-resizer's inner half, as Metabase's pages carry it. */
const resizer = `<script>addEventListener("message", ({ data, source }) => {
    if (typeof data !== "string" || !data.startsWith("[iFrameSizer]")) return;
    const id = data.slice(13).split(":")[0];
    source.postMessage("[iFrameSizer]" + id + ":" + document.documentElement.offsetHeight + ":800:init", "*");
  });</script>`;

/** Answers for a tool's host. Says which addresses were asked for. */
export async function standIn(where: Page | BrowserContext, host: string, body = figures + resizer): Promise<string[]> {
  const asked: string[] = [];
  await where.route(
    (url) => url.host === host,
    (route) => {
      asked.push(route.request().url());
      return route.fulfill({ contentType: "text/html; charset=utf-8", body: `<!DOCTYPE html><html lang="en"><title>A board</title><body>${body}</body></html>` });
    },
  );
  return asked;
}

/** A tool that never answers. */
export async function silence(where: Page | BrowserContext, host: string): Promise<void> {
  await where.route((url) => url.host === host, () => undefined);
}
