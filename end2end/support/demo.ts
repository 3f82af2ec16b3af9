// The demo shop, which the first start makes beside everything else.
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Whether it is made: then its owner's password lies in the data folder. */
export function demoIsThere(): boolean {
  return existsSync(join(process.env.TRADEPOST_E2E_DATA!, "data", "demo-owner.txt"));
}
