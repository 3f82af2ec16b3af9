// Invented sales, and the figures that a second, plain reading of them gives. All amounts are in minor units.

export interface Line {
  order: string;
  at: string;
  sku: string;
  product: string;
  quantity: number;
  price: number;
  customer: string;
  country: string;
}

const products = ["Walnut bowl", "Linen towel", "Brass hook", "Beeswax candle", "Oak spoon", "Wool blanket", "Clay mug", "Rope basket"];
const countries = ["United Kingdom", "United Kingdom", "United Kingdom", "Germany", "France", "Norway"];

/** A small generator of random numbers, so that a seed always gives the same file. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Orders from January to June 2024, some of them returns. */
export function inventedSales(seed = 1, orders = 300): Line[] {
  const random = numbers(seed);
  const lines: Line[] = [];
  for (let order = 0; order < orders; order += 1) {
    const day = new Date(Date.UTC(2024, 0, 2 + Math.floor((order * 178) / orders), 8 + random(10), random(60)));
    const at = day.toISOString().slice(0, 19).replace("T", " ");
    const country = countries[random(countries.length)]!;
    const customer = random(8) === 0 ? "" : String(12000 + random(60));
    const isReturn = random(12) === 0;
    for (let line = 0; line <= random(4); line += 1) {
      const product = random(products.length);
      const quantity = (1 + random(9)) * (isReturn ? -1 : 1);
      const price = 99 + random(40) * 50;
      lines.push({ order: `${isReturn ? "C" : ""}${700000 + order}`, at, sku: `SKU${product}`, product: products[product]!, quantity, price, customer, country });
    }
  }
  return lines;
}

const amount = (minor: number): string => `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, "0")}`;

/** With headers that are recognised without help. */
export function recognisedCsv(lines: Line[]): string {
  const header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
  const rows = lines.map((l) => [l.order, l.sku, l.product, l.quantity, l.at, amount(l.price), l.customer, l.country].join(","));
  return `${[header, ...rows].join("\n")}\n`;
}

/** With headers that say nothing, so that a person must say what they mean. */
export function unrecognisedCsv(lines: Line[]): string {
  const rows = lines.map((l) => [l.order, l.at, l.product, l.quantity, amount(l.price)].join(","));
  return `${["Kol A,Kol B,Kol C,Kol D,Kol E", ...rows].join("\n")}\n`;
}

export interface Figures {
  net: number;
  gross: number;
  returns: number;
  orders: number;
  average: number;
  units: number;
  customers: number;
}

/** The definitions of the sales dashboard, worked out in the plainest way. */
export function figuresOf(lines: Line[]): Figures {
  const value = (line: Line): number => line.quantity * line.price;
  const sum = (all: number[]): number => all.reduce((total, one) => total + one, 0);
  const sold = lines.filter((line) => value(line) > 0);
  const gross = sum(sold.map(value));
  const net = sum(lines.map(value));
  const orders = new Set(sold.map((line) => line.order)).size;
  return {
    net,
    gross,
    returns: gross - net,
    orders,
    average: Math.round(gross / orders),
    units: sum(lines.map((line) => line.quantity)),
    customers: new Set(sold.map((line) => line.customer).filter((customer) => customer !== "")).size,
  };
}

/** As the product prints pounds: `£1,234.50`, `−£3.00`. */
export function pounds(minor: number): string {
  const text = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2 }).format(Math.abs(minor) / 100);
  return `${minor < 0 ? "−" : ""}£${text}`;
}

/** As the product prints counts: `541,909`. */
export function count(value: number): string {
  return `${value < 0 ? "−" : ""}${new Intl.NumberFormat("en-GB").format(Math.abs(value))}`;
}
