"""Writes the Parquet files beside it, by pandas and pyarrow: `python make.py` where both are installed."""

import datetime
import decimal

import pandas
import pyarrow
import pyarrow.parquet

orders = pandas.DataFrame(
    {
        "Order ID": [1001, 1001, 1002],
        "Order Date": pandas.to_datetime(["2026-01-05 23:30", "2026-01-05 23:30", "2026-01-06 09:00"]).tz_localize("Europe/Istanbul"),
        "SKU": pandas.Categorical(["007", "B", "007"]),
        "Product": ["Tea, green", "Pot", "Tea, green"],
        "Quantity": [2.0, 1.0, 0.5],
        "Price": [decimal.Decimal("2.50"), decimal.Decimal("1234.50"), decimal.Decimal("3.00")],
        "Gift": [True, False, None],
        "Day": [datetime.date(2026, 1, 5), datetime.date(2026, 1, 5), None],
    }
)
orders.to_parquet("orders.parquet", index=False)
items = [[{"sku": "007", "quantity": 2}], [{"sku": "B", "quantity": 1}]]
nested = pyarrow.table({"Order ID": ["1", "2"], "Order Date": ["2026-01-05", "2026-01-06"], "Line items": items})
pyarrow.parquet.write_table(nested, "nested.parquet", compression="zstd")
