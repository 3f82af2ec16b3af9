"""The same work in pandas and SQLAlchemy: read, check, split into orders and lines, store, index, and give the months' gross sales. As with
us, the file may come again: what is known keeps its number, and what stands there is replaced."""

import json
import resource
import sys
import time

import pandas as pd
from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, SmallInteger, String, Table, create_engine, select, text
from sqlalchemy.dialects.sqlite import insert

source, database = sys.argv[1], sys.argv[2]
started = time.perf_counter()

frame = pd.read_csv(source, dtype={"InvoiceNo": str, "StockCode": str, "CustomerID": str}, encoding="utf-8-sig")
frame["at"] = pd.to_datetime(frame["InvoiceDate"], errors="coerce")
frame["quantity"] = pd.to_numeric(frame["Quantity"], errors="coerce")
frame["price"] = pd.to_numeric(frame["UnitPrice"], errors="coerce")
good = frame[frame["at"].notna() & frame["quantity"].notna() & frame["price"].notna() & frame["InvoiceNo"].notna()].copy()
good["amount"] = (good["quantity"] * good["price"] * 100).round().astype("int64")
good["day"] = (good["at"].astype("int64") // 86_400_000_000_000).astype("int64")
good["month"] = good["at"].dt.year * 100 + good["at"].dt.month
good["line"] = good.groupby("InvoiceNo").cumcount()

metadata = MetaData()
products = Table("products", metadata, Column("id", Integer, primary_key=True), Column("sku", String, unique=True), Column("title", String))
customers = Table("customers", metadata, Column("id", Integer, primary_key=True), Column("external_id", String, unique=True))
orders = Table(
    "orders", metadata,
    Column("id", Integer, primary_key=True), Column("external_id", String, unique=True), Column("at", BigInteger), Column("day", Integer),
    Column("month", Integer), Column("hour", SmallInteger), Column("country", String), Column("customer_id", Integer),
    Column("net", BigInteger), Column("gross", BigInteger), Column("units", BigInteger), Index("orders_by_day", "day"),
)
lines = Table(
    "order_lines", metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True), Column("line", Integer, primary_key=True), Column("day", Integer),
    Column("month", Integer), Column("product_id", Integer), Column("quantity", BigInteger), Column("price", BigInteger), Column("amount", BigInteger),
    Index("lines_by_day", "day"),
)


def numbered(connection, table, key, values):
    """The numbers of these keys: those that are known, and new ones for the rest."""
    known = dict(connection.execute(select(table.c[key], table.c.id)).all())
    new = [value for value in pd.unique(values.dropna()) if value not in known]
    first = max(known.values(), default=0) + 1
    return {**known, **dict(zip(new, range(first, first + len(new))))}


def store(connection, table, keys, rows):
    statement = insert(table)
    others = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=others), rows)


engine = create_engine(f"sqlite:///{database}")
with engine.begin() as connection:
    connection.execute(text("PRAGMA journal_mode = WAL"))
with engine.begin() as connection:
    metadata.create_all(connection)
    good["product_id"] = good["StockCode"].map(numbered(connection, products, "sku", good["StockCode"]))
    good["customer_id"] = good["CustomerID"].map(numbered(connection, customers, "external_id", good["CustomerID"])).astype("Int64")
    good["order_id"] = good["InvoiceNo"].map(numbered(connection, orders, "external_id", good["InvoiceNo"]))
    good["positive"] = good["amount"].clip(lower=0)
    grouped = good.groupby("order_id", sort=False).agg(
        external_id=("InvoiceNo", "first"), at=("at", "first"), day=("day", "first"), month=("month", "first"), country=("Country", "first"),
        customer_id=("customer_id", "first"), net=("amount", "sum"), gross=("positive", "sum"), units=("quantity", "sum"),
    ).reset_index().rename(columns={"order_id": "id"})
    grouped["hour"] = grouped["at"].dt.hour
    grouped["at"] = grouped["at"].astype("int64") // 1_000_000
    grouped["customer_id"] = grouped["customer_id"].astype(object).where(grouped["customer_id"].notna(), None)
    good["price"] = (good["price"] * 100).round().astype("int64")

    rows = good.drop_duplicates("product_id")[["product_id", "StockCode", "Description"]]
    rows = rows.rename(columns={"product_id": "id", "StockCode": "sku", "Description": "title"})
    store(connection, products, ["sku"], rows.where(rows.notna(), None).to_dict("records"))
    people = good[good["customer_id"].notna()].drop_duplicates("customer_id")[["customer_id", "CustomerID"]]
    store(connection, customers, ["external_id"], people.rename(columns={"customer_id": "id", "CustomerID": "external_id"}).to_dict("records"))
    store(connection, orders, ["external_id"], grouped.to_dict("records"))
    kept = good[["order_id", "line", "day", "month", "product_id", "quantity", "price", "amount"]]
    store(connection, lines, ["order_id", "line"], kept.to_dict("records"))
    months = connection.execute(text("SELECT month, SUM(gross) FROM orders GROUP BY month ORDER BY month")).all()
    total = connection.execute(text("SELECT SUM(gross), SUM(net) FROM orders")).one()

seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"seconds": seconds, "peak": peak, "rows": len(frame), "gross": total[0], "net": total[1], "months": [list(month) for month in months]}))
