// The demo shop, which the first start makes beside everything else.
import type { APIRequestContext } from "@playwright/test";

/** Whether visitors may look around in it: then it is filled. */
export async function demoIsOpen(request: APIRequestContext): Promise<boolean> {
  const response = await request.get("/api/fn/accounts/demo-is-open");
  return response.ok() && (await response.json()) === true;
}
