// Every page of the product: each is looked at in light, in dark and on a phone, and by axe.
import type { Page } from "@playwright/test";

export interface PageUnderTest {
  name: string;
  path: string;
  isSignedIn: boolean;
}

export const pages: PageUnderTest[] = [
  { name: "welcome", path: "/", isSignedIn: false },
  { name: "sign up", path: "/sign-up", isSignedIn: false },
  { name: "sign in", path: "/sign-in", isSignedIn: false },
  { name: "forgotten password", path: "/forgot-password", isSignedIn: false },
  { name: "new password", path: "/reset-password?token=not-a-token", isSignedIn: false },
  { name: "invitation", path: "/invitation?token=not-a-token", isSignedIn: false },
  { name: "sales", path: "/sales", isSignedIn: true },
  { name: "boards", path: "/boards", isSignedIn: true },
  { name: "what changed", path: "/changes/net_sales", isSignedIn: true },
  { name: "overview board", path: "/dashboards/overview", isSignedIn: true },
  { name: "The customers of a segment", path: "/dashboards/segment-hibernating", isSignedIn: true },
  { name: "X-ray of a country", path: "/dashboards/xray-country?country=GB", isSignedIn: true },
  { name: "geography board", path: "/dashboards/geography", isSignedIn: true },
  { name: "rows of a card", path: "/dashboards/overview/cards/0/rows", isSignedIn: true },
  { name: "sharing", path: "/dashboards/overview/sharing?range=30d&country=GB", isSignedIn: true },
  { name: "screen", path: "/dashboards/overview/tv", isSignedIn: true },
  { name: "new board", path: "/dashboards/new", isSignedIn: true },
  { name: "add data", path: "/data/add", isSignedIn: true },
  { name: "uploads", path: "/data/uploads", isSignedIn: true },
  { name: "shop settings", path: "/settings/shop", isSignedIn: true },
  { name: "members", path: "/settings/members", isSignedIn: true },
  { name: "board settings", path: "/settings/boards", isSignedIn: true },
  { name: "add a board", path: "/settings/boards/add", isSignedIn: true },
  { name: "API keys", path: "/settings/api-keys", isSignedIn: true },
  { name: "security", path: "/settings/security", isSignedIn: true },
  { name: "audit log", path: "/settings/audit", isSignedIn: true },
  { name: "jobs", path: "/settings/jobs", isSignedIn: true },
];

/** A page is as wide as its window: nothing makes it scroll sideways. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
