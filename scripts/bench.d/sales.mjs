// Writes a file of invented sales: so many order lines over three years, the same on every machine.
import { createWriteStream } from "node:fs";
import { once } from "node:events";

const COUNTRIES = ["GB", "DE", "FR", "ES", "NL", "IE", "BE", "IT", "SE", "US"];

export async function writeSales(path, lines) {
  let state = 20_261_121n;
  const below = (bound) => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & 0xffff_ffff_ffff_ffffn;
    return Number((state >> 33n) % BigInt(bound));
  };
  const out = createWriteStream(path);
  out.write("Order ID,Order Date,SKU,Product,Quantity,Price,Currency,Customer ID,Country\n");
  let [written, order, text] = [0, 0, ""];
  while (written < lines) {
    order += 1;
    const [date, customer, country] = [new Date(Date.UTC(2023, 0, 1) + below(1095 * 1440) * 60_000), below(40_000), below(COUNTRIES.length)];
    const stamp = date.toISOString().slice(0, 16).replace("T", " ");
    for (let count = 1 + below(12); count > 0 && written < lines; count -= 1, written += 1) {
      const product = Math.floor((below(4_000) * below(4_000)) / 4_000);
      const quantity = below(40) === 0 ? -1 : 1 + below(6);
      text += `N${order},${stamp},SKU${product},Product number ${product},${quantity},${1 + (product % 90)}.${String(product % 100).padStart(2, "0")},GBP,C${customer},${COUNTRIES[country]}\n`;
    }
    if (text.length > 1 << 20) {
      if (!out.write(text)) await once(out, "drain");
      text = "";
    }
  }
  out.end(text);
  await once(out, "finish");
}
