import { defineConfig } from "@playwright/test";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

// scripts/e2e sets both; the workers get what the first reading of this file settled.
const port = (process.env.TRADEPOST_E2E_PORT ??= "3987");
// Where the stand-in for other tools listens (mock_boards/server.ts): the server asks it for Power BI's tokens.
const boardsPort = (process.env.TRADEPOST_E2E_BOARDS_PORT ??= String(Number(port) + 1));
// Where another site shows public links of ours (support/other_site.ts).
const otherSitePort = (process.env.TRADEPOST_E2E_OTHER_SITE_PORT ??= String(Number(port) + 2));
const data = (process.env.TRADEPOST_E2E_DATA ??= mkdtempSync(join(tmpdir(), "tradepost-e2e-")));
const baseURL = `http://127.0.0.1:${port}`;
const root = resolve(import.meta.dirname, "..");
const binary = process.env.TRADEPOST_BINARY ?? join(root, "target/debug/tradepost");
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const phoneSpecs = /phone\.spec\.ts/;
const pictures = { name: "pictures", testMatch: /screenshots\.ts/, use: { viewport: { width: 1440, height: 900 } } };

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // Two cores: one for the server, one for the browser.
  workers: 1,
  fullyParallel: false,
  forbidOnly: !!process.env.CI,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    baseURL,
    locale: "en-GB",
    timezoneId: "Europe/London",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.TRADEPOST_CHROMIUM ?? chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: process.env.TRADEPOST_SCREENSHOTS ? [pictures] : [
    { name: "desktop", testIgnore: phoneSpecs, use: { viewport: { width: 1280, height: 900 } } },
    {
      name: "phone",
      testMatch: phoneSpecs,
      use: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
    },
  ],
  webServer: {
    command: `${binary} serve`,
    cwd: data,
    url: `${baseURL}/readyz`,
    timeout: 60_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
    stderr: process.env.TRADEPOST_E2E_LOG ? "pipe" : "ignore",
    env: {
      ...process.env,
      TRADEPOST_ADDRESS: `127.0.0.1:${port}`,
      TRADEPOST_PUBLIC_URL: baseURL,
      TRADEPOST_DATA_DIR: join(data, "data"),
      TRADEPOST_SITE_DIR: process.env.TRADEPOST_SITE_DIR ?? join(root, "target/site"),
      // Every test comes from an address of its own, so that limits per address do not meet.
      TRADEPOST_TRUST_PROXY: "on",
      TRADEPOST_LOG: process.env.TRADEPOST_E2E_LOG ?? "warn",
      DATABASE_URL: process.env.TRADEPOST_E2E_DATABASE_URL ?? "",
      REDIS_URL: process.env.TRADEPOST_E2E_REDIS_URL ?? "",
      SMTP_URL: "",
      // Named by its number only: by its name, the same machine is a site that was not named.
      TRADEPOST_EMBED_ORIGINS: `http://127.0.0.1:${otherSitePort}`,
      TRADEPOST_POWER_BI_LOGIN_URL: `http://127.0.0.1:${boardsPort}`,
      TRADEPOST_POWER_BI_API_URL: `http://127.0.0.1:${boardsPort}`,
    },
  },
});
