// Twenty questions, as the product is asked and as somebody who knows the files would ask DuckDB.
const number = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / 86_400_000);
const [from, to] = ["2024-01-01", "2024-12-31"];
const year = `day BETWEEN ${number(from)} AND ${number(to)}`;
const month = (column) => `printf('%04d-%02d-01', ${column} // 100, ${column} % 100)`;
const first = "SELECT customer_id, MIN(day) AS first_day, MAX(day) AS last_day, MIN(month) AS first_month, COUNT(*) AS bought FROM orders WHERE is_sale GROUP BY 1";
const lines = "FROM order_lines l JOIN products p ON p.id = l.product_id";

export const QUESTIONS = [
  {
    name: "net sales",
    ask: { measures: ["net_sales"] },
    duckdb: "SELECT SUM(net_minor) FROM orders",
  },
  {
    name: "a year in three figures",
    ask: { measures: ["net_sales", "orders", "customers"], time: { from, to } },
    duckdb: `SELECT SUM(net_minor), COUNT(*) FILTER (is_sale), COUNT(DISTINCT customer_id) FILTER (is_sale) FROM orders WHERE ${year}`,
  },
  {
    name: "net sales by month",
    ask: { measures: ["net_sales"], time: { grain: "month" } },
    duckdb: `SELECT ${month("m")}, s FROM (SELECT month AS m, SUM(net_minor) AS s FROM orders GROUP BY 1) ORDER BY 1`,
  },
  {
    name: "sales and orders by day, a year",
    ask: { measures: ["net_sales", "orders"], time: { from, to, grain: "day" } },
    duckdb: `SELECT CAST(DATE '1970-01-01' + day AS VARCHAR), s, n FROM
      (SELECT day, SUM(net_minor) AS s, COUNT(*) FILTER (is_sale) AS n FROM orders WHERE ${year} GROUP BY 1) ORDER BY 1`,
  },
  {
    name: "orders and customers by month",
    ask: { measures: ["orders", "customers"], time: { grain: "month" } },
    duckdb: `SELECT ${month("m")}, n, c FROM (SELECT month AS m, COUNT(*) FILTER (is_sale) AS n,
      COUNT(DISTINCT customer_id) FILTER (is_sale) AS c FROM orders GROUP BY 1) ORDER BY 1`,
  },
  {
    name: "net sales by country",
    ask: { measures: ["net_sales"], dimensions: ["country"] },
    duckdb: "SELECT country, SUM(net_minor) AS s FROM orders GROUP BY 1 ORDER BY s DESC, country",
  },
  {
    name: "net sales by month and country",
    ask: { measures: ["net_sales"], dimensions: ["country"], time: { grain: "month" } },
    duckdb: `SELECT ${month("m")}, country, s FROM (SELECT month AS m, country, SUM(net_minor) AS s FROM orders GROUP BY 1, 2) ORDER BY 1, s DESC, country`,
  },
  {
    name: "ten best products",
    ask: { measures: ["net_sales", "units"], dimensions: ["product"], limit: 10 },
    duckdb: `SELECT p.title, SUM(amount_minor) AS s, SUM(quantity_milli) // 1000 ${lines} GROUP BY 1 ORDER BY s DESC, 1 LIMIT 10`,
  },
  {
    name: "what one country buys",
    ask: { measures: ["units"], dimensions: ["product"], filters: [{ dimension: "country", op: "in", values: ["GB"] }], limit: 20 },
    duckdb: `SELECT p.title, SUM(quantity_milli) // 1000 AS u ${lines} WHERE country = 'GB' GROUP BY 1 ORDER BY u DESC, 1 LIMIT 20`,
  },
  {
    name: "net sales by weekday and hour",
    ask: { measures: ["net_sales"], dimensions: ["weekday", "hour"] },
    duckdb: "SELECT (day + 3) % 7 + 1 AS w, hour, SUM(net_minor) AS s FROM orders GROUP BY 1, 2 ORDER BY s DESC, w, hour",
  },
  {
    name: "average order value by month",
    ask: { measures: ["average_order_value"], time: { grain: "month" } },
    duckdb: `SELECT ${month("m")}, (2 * g + n) // (2 * n) FROM (SELECT month AS m, SUM(gross_minor) AS g, COUNT(*) FILTER (is_sale) AS n
      FROM orders GROUP BY 1) ORDER BY 1`,
  },
  {
    name: "new and all customers by month",
    ask: { measures: ["customers", "new_customers"], time: { grain: "month" } },
    duckdb: `SELECT ${month("m")}, c, n FROM (SELECT month AS m, COUNT(DISTINCT o.customer_id) FILTER (is_sale) AS c,
      COUNT(DISTINCT o.customer_id) FILTER (is_sale AND day = first_day) AS n FROM orders o LEFT JOIN (${first}) f USING (customer_id) GROUP BY 1) ORDER BY 1`,
  },
  {
    name: "cohorts by quarter",
    ask: { measures: ["net_sales"], dimensions: ["cohort"], time: { grain: "quarter" } },
    duckdb: `SELECT ${month("q")}, printf('%04d-%02d', c // 100, c % 100) AS k, s FROM (SELECT month // 100 * 100 + (month % 100 - 1) // 3 * 3 + 1 AS q,
      first_month AS c, SUM(net_minor) AS s FROM orders o LEFT JOIN (${first}) f USING (customer_id) GROUP BY 1, 2) ORDER BY 1, s DESC, c`,
  },
  {
    name: "repeat rate by country",
    ask: { measures: ["repeat_rate"], dimensions: ["country"] },
    duckdb: `SELECT country, COUNT(*) FILTER (n > 1)::DOUBLE / COUNT(*) AS r FROM (SELECT country, customer_id, COUNT(*) AS n FROM orders
      WHERE is_sale AND customer_id IS NOT NULL GROUP BY 1, 2) GROUP BY 1 ORDER BY r DESC, country`,
  },
  {
    name: "segments of customers",
    ask: { measures: ["net_sales", "customers"], dimensions: ["customer_segment"] },
    duckdb: `SELECT CASE WHEN last_day IS NULL THEN NULL WHEN bought = 1 THEN CASE WHEN ago <= 90 THEN 'new' ELSE 'one-time' END
      WHEN ago <= 90 THEN CASE WHEN bought >= 4 THEN 'loyal' ELSE 'active' END WHEN ago <= 180 THEN 'at risk' ELSE 'lost' END AS k,
      SUM(net_minor) AS s, COUNT(DISTINCT o.customer_id) FILTER (is_sale) FROM orders o
      LEFT JOIN (SELECT *, (SELECT MAX(day) FROM orders) - last_day AS ago FROM (${first})) f USING (customer_id) GROUP BY 1 ORDER BY s DESC, k`,
  },
  {
    name: "what comes back most",
    ask: { measures: ["returns", "return_rate"], dimensions: ["product"], order: [{ by: "returns", desc: true }], limit: 20 },
    duckdb: `SELECT title, g - n AS r, CASE WHEN g > 0 THEN (g - n)::DOUBLE / g END FROM (SELECT p.title, SUM(CASE WHEN amount_minor > 0 THEN amount_minor ELSE 0 END) AS g,
      SUM(amount_minor) AS n ${lines} GROUP BY 1) ORDER BY r DESC, title LIMIT 20`,
  },
  {
    name: "products with a word, by month",
    ask: { measures: ["net_sales"], time: { grain: "month" }, filters: [{ dimension: "product", op: "contains", values: ["Number 12"] }] },
    duckdb: `SELECT ${month("m")}, s FROM (SELECT month AS m, SUM(amount_minor) AS s ${lines} WHERE contains(lower(p.title), 'number 12') GROUP BY 1) ORDER BY 1`,
  },
  {
    name: "customers of products",
    ask: { measures: ["customers"], dimensions: ["product"], limit: 25 },
    duckdb: `SELECT p.title, COUNT(DISTINCT customer_id) FILTER (amount_minor > 0) AS c ${lines} GROUP BY 1 ORDER BY c DESC, 1 LIMIT 25`,
  },
  {
    name: "orders of products, a year",
    ask: { measures: ["orders"], dimensions: ["sku"], time: { from, to }, limit: 25 },
    duckdb: `SELECT p.sku, COUNT(DISTINCT order_id) FILTER (amount_minor > 0) AS n ${lines} WHERE l.${year} GROUP BY 1 ORDER BY n DESC, 1 LIMIT 25`,
  },
  {
    name: "best customers",
    ask: { measures: ["net_sales", "orders"], dimensions: ["customer"], limit: 25 },
    duckdb: `SELECT c.external_id, SUM(net_minor) AS s, COUNT(*) FILTER (is_sale) FROM orders o JOIN customers c ON c.id = o.customer_id
      GROUP BY 1 ORDER BY s DESC, 1 LIMIT 25`,
  },
];
