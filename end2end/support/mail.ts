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

/** The parts of a mail, each as it was before it was encoded for the way. */
function decoded(mail: string): string {
  const text = mail.replaceAll("\r\n", "\n");
  const boundary = text.match(/boundary="?([^"\n]+)"?/)?.[1];
  return (boundary === undefined ? [text] : text.split(`--${boundary}`)).map(partOf).join("\n");
}

function partOf(part: string): string {
  const [head = "", ...rest] = part.trimStart().split("\n\n");
  const body = rest.join("\n\n");
  const encoding = head.match(/content-transfer-encoding: *(\S+)/i)?.[1]?.toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body;
  return body.replaceAll("=\n", "").replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** The first link of a mail to one of the product's pages. */
export function linkIn(mail: string, path: string): string {
  const link = mail.match(new RegExp(`https?://\\S*${path}\\?token=[\\w.~-]+`))?.[0];
  expect(link, `a link to ${path} in: ${mail}`).toBeDefined();
  return link!;
}
