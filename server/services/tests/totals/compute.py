"""Computes what real files sum up to, by pandas and SQLite, without anything of this project; prints `totals.json`.

Run it with the folder of test data where pandas is installed: `python compute.py /path/to/data > totals.json`.
"""

import json
import pathlib
import re
import sqlite3
import sys
from decimal import ROUND_HALF_UP, Decimal

import pandas

DATA = pathlib.Path(sys.argv[1])


def cents(amount):
    return int((Decimal(amount) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def superstore():
    rows = pandas.read_csv(DATA / "superstore/superstore.csv", dtype=str, encoding="utf-8-sig")
    return {
        "rows": len(rows),
        "orders": rows["Order ID"].nunique(),
        # A few orders name two customers; an order is its first row's.
        "customers": rows.groupby("Order ID", sort=False)["Customer ID"].first().nunique(),
        "units": int(rows["Quantity"].astype(int).sum()),
        "net_minor": int(rows["Sales"].map(cents).sum()),
        "exact": str(sum(map(Decimal, rows["Sales"]), Decimal(0))),
    }


def northwind():
    script = (DATA / "northwind/create.sql").read_text(encoding="utf-8-sig")
    database = sqlite3.connect(":memory:")
    database.executescript(re.sub(r"^SELECT .*;$", "", script, flags=re.M))
    lines = pandas.read_sql_query(
        "SELECT d.OrderID, CAST(d.UnitPrice AS TEXT) AS price, d.Quantity AS quantity, CAST(d.Discount AS TEXT) AS discount FROM [Order Details] d JOIN Orders o USING (OrderID)",
        database,
    )
    gross = [Decimal(price) * int(quantity) for price, quantity in zip(lines["price"], lines["quantity"])]
    discounts = [Decimal(discount) for discount in lines["discount"]]
    return {
        "rows": len(lines),
        "orders": int(lines["OrderID"].nunique()),
        "units": int(lines["quantity"].sum()),
        "net_minor": sum(map(cents, gross)),
        "net_minor_less_shares": sum(cents(amount * (1 - share)) for amount, share in zip(gross, discounts)),
        "net_minor_less_amounts": sum(cents(amount) - cents(off) for amount, off in zip(gross, discounts)),
        "by_country": dict(
            database.execute(
                "SELECT ShipCountry, CAST(SUM(ROUND(d.UnitPrice * d.Quantity * 100)) AS INTEGER) FROM [Order Details] d JOIN Orders o USING (OrderID) GROUP BY 1"
            ).fetchall()
        ),
    }


def products(path, sku, price, encoding="utf-8-sig"):
    rows = pandas.read_csv(DATA / path, dtype=str, encoding=encoding)
    priced = rows[rows[price].notna()]
    return {"rows": len(rows), "priced": len(priced), "price_minor": int(priced[price].map(cents).sum()), "codes": int(rows[sku].nunique())}


print(
    json.dumps(
        {
            "pandas": pandas.__version__,
            "superstore": superstore(),
            "northwind": northwind(),
            "woocommerce": products("woocommerce/v7.9.0/sample-data/sample_products.csv", "SKU", "Regular price"),
            "shopify": {
                name: products(f"shopify-products/{name}.csv", "Variant SKU", "Variant Price")
                for name in ("apparel", "home-and-garden", "jewelery")
            },
        },
        indent=1,
        ensure_ascii=False,
    )
)
