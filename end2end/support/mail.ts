// Mail as the product sends it by default: files in the data folder.
import { expect } from "@playwright/test";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const folder = join(process.env.TRADEPOST_E2E_DATA!, "data", "mail");

/** The text of the newest mail to an address, once it is there. */
export async function mailTo(address: string): Promise<string> {
  let found: string | undefined;
  await expect
    .poll(async () => (found = await newestTo(address)) !== undefined, { message: `a mail to ${address}` })
    .toBe(true);
  return found!;
}

async function newestTo(address: string): Promise<string | undefined> {
  const names = (await readdir(folder).catch(() => [] as string[])).filter((name) => name.endsWith(".eml")).sort();
  for (const name of names.reverse()) {
    const text = await readFile(join(folder, name), "utf8");
    if (text.includes(address)) return decoded(text);
  }
  return undefined;
}

/** Quoted-printable's soft line breaks and escapes, and base64 bodies, undone. */
function decoded(mail: string): string {
  const [head = "", ...rest] = mail.replaceAll("\r\n", "\n").split("\n\n");
  const body = rest.join("\n\n");
  if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(body, "base64").toString("utf8");
  return body.replaceAll("=\n", "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** The first link of a mail to one of the product's pages. */
export function linkIn(mail: string, path: string): string {
  const link = mail.match(new RegExp(`https?://\\S*${path}\\?token=[\\w.~-]+`))?.[0];
  expect(link, `a link to ${path} in: ${mail}`).toBeDefined();
  return link!;
}
