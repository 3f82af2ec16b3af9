"""Segments, cohorts, classes, slow movers, pairs and new customers of UCI's online retail file, by pandas.

An independent computation to hold the program's analyses against: it shares no code and no SQL with them.

    python3 analyses.py …/uci-online-retail/online_retail.csv.gz > analyses.json

`analyses.json` beside this file is what it wrote, with the versions that wrote it.
"""

import json
import platform
import sys

import numpy
import pandas

# What this file sells that is no product: postage, samples, fees, notes of the book-keeper.
ASIDE = {"POST", "DOT", "M", "C2", "D", "S", "B", "BANK CHARGES", "AMAZONFEE", "CRUK"}


def pence(row):
    """Price times quantity in pence, half away from zero, in whole numbers."""
    text = row.UnitPrice
    sign = -1 if text.startswith("-") else 1
    whole, _, fraction = text.lstrip("-").partition(".")
    exact = (int(whole) * 10_000 + int((fraction + "0000")[:4])) * int(row.Quantity) * sign
    return (abs(exact) + 50) // 100 * (1 if exact >= 0 else -1)


def read(path):
    lines = pandas.read_csv(path, dtype=str, keep_default_na=False)
    lines["amount"] = [pence(row) for row in lines.itertuples()]
    lines["customer"] = lines["CustomerID"].str.removesuffix(".0")
    lines["sku"] = lines["StockCode"].str.upper()
    lines["when"] = pandas.to_datetime(lines["InvoiceDate"])
    lines["day"] = lines["when"].dt.normalize()
    lines["month"] = lines["when"].dt.strftime("%Y-%m")
    return lines


def orders_of(lines):
    """One row an order of a known customer."""
    known = lines[lines["customer"] != ""]
    orders = known.groupby("InvoiceNo").agg(
        customer=("customer", "first"), day=("day", "min"), month=("month", "min"), net=("amount", "sum"), best=("amount", "max")
    )
    orders["sale"] = orders["best"] > 0
    return orders


def fifths(values):
    """1 + 5 × (how many are less) / (how many there are), rounded down."""
    return (values.rank(method="min").astype(int) - 1) * 5 // len(values) + 1


TABLE = [  # recency 1 to 5 by frequency 1 to 5
    ["hibernating", "hibernating", "at_risk", "at_risk", "cannot_lose"],
    ["hibernating", "hibernating", "at_risk", "at_risk", "cannot_lose"],
    ["about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal"],
    ["promising", "potential_loyalists", "potential_loyalists", "loyal", "loyal"],
    ["new", "potential_loyalists", "potential_loyalists", "champions", "champions"],
]


def rfm(orders, as_of):
    seen = orders[orders["day"] <= as_of]
    sales = seen[seen["sale"]].groupby("customer").agg(last=("day", "max"), orders=("day", "size"))
    sales["net"] = seen.groupby("customer")["net"].sum().reindex(sales.index)
    sales["r"], sales["f"], sales["m"] = fifths(sales["last"]), fifths(sales["orders"]), fifths(sales["net"])
    sales["segment"] = [TABLE[r - 1][f - 1] for r, f in zip(sales["r"], sales["f"])]
    cells = sales.groupby(["r", "f", "m"]).agg(customers=("net", "size"), orders=("orders", "sum"), net=("net", "sum"))
    segments = sales.groupby("segment").agg(customers=("net", "size"), net=("net", "sum"))
    return {
        "as_of": as_of.strftime("%Y-%m-%d"),
        "cells": [[int(number) for number in (*key, *row)] for key, row in zip(cells.index, cells.itertuples(index=False))],
        "segments": {name: [int(row.customers), int(row.net)] for name, row in zip(segments.index, segments.itertuples())},
    }


def months_of(orders):
    """One row a customer and month, with the month of the first order."""
    months = orders.groupby(["customer", "month"]).agg(orders=("sale", "sum"), net=("net", "sum")).reset_index()
    first = orders[orders["sale"]].groupby("customer")["month"].min()
    months["cohort"] = months["customer"].map(first)
    return months[months["cohort"].notna() & (months["month"] >= months["cohort"])]


def cohorts(orders):
    months = months_of(orders)
    months = months.assign(active=months["orders"] > 0)
    cells = months.groupby(["cohort", "month"]).agg(active=("active", "sum"), orders=("orders", "sum"), net=("net", "sum"))
    return [[*key, *(int(number) for number in row)] for key, row in zip(cells.index, cells.itertuples(index=False))]


def new_and_returning(orders):
    months = months_of(orders)
    is_new = months["month"] == months["cohort"]
    rows = []
    for month in sorted(months["month"].unique()):
        here = months["month"] == month
        counts = [int((here & kind & (months["orders"] > 0)).sum()) for kind in (is_new, ~is_new)]
        sums = [int(months.loc[here & kind, "net"].sum()) for kind in (is_new, ~is_new)]
        rows.append([month, *counts, *sums])
    return rows


def products_of(lines):
    return lines[~lines["sku"].isin(ASIDE)]


def abc(lines, first, last):
    within = products_of(lines[(lines["day"] >= first) & (lines["day"] <= last)])
    net = within.groupby("sku")["amount"].sum().sort_values(ascending=False)
    positive = net.clip(lower=0)
    before = {value: int(positive[net > value].sum()) for value in net.unique()}
    whole = int(positive.sum())

    def letter(value):
        if value <= 0:
            return "C"
        return "A" if before[value] * 100 < whole * 80 else "B" if before[value] * 100 < whole * 95 else "C"

    classes = net.map(letter)
    return {
        "whole": whole,
        "classes": {name: [int((classes == name).sum()), int(net[classes == name].sum())] for name in "ABC"},
        "largest": [[sku, int(value), classes[sku]] for sku, value in net.head(20).items()],
    }


def slow_movers(lines, as_of, idle):
    seen = products_of(lines[lines["day"] <= as_of])
    sold = seen[seen["amount"] > 0].groupby("sku")["day"].max()
    still = sold[sold <= as_of - pandas.Timedelta(days=idle)]
    net = seen.groupby("sku")["amount"].sum()
    largest = sorted(((int(net[sku]), sku) for sku in still.index), reverse=True)[:20]
    return {
        "idle": idle,
        "products": len(still),
        "largest": [[sku, value, (as_of - sold[sku]).days] for value, sku in largest],
    }


def baskets(lines, first, last, counted, listed):
    within = products_of(lines[(lines["day"] >= first) & (lines["day"] <= last) & (lines["amount"] > 0)])
    pairs = within[["InvoiceNo", "sku"]].drop_duplicates()
    # Textbook support and confidence: every transaction counts, also one of a single item.
    count = int(pairs["InvoiceNo"].nunique())
    often = pairs["sku"].value_counts()
    # Which products are looked at is told by the baskets in which a pair can be.
    sizes = pairs.groupby("InvoiceNo")["sku"].transform("size")
    several = pairs[sizes > 1]["sku"].value_counts()
    ranked = several.sort_values(ascending=False)
    least = 3 if len(ranked) <= counted else max(3, int(ranked.iloc[counted]) + 1)
    kept = sorted(several[several >= least].index)
    # Orders by products, as ones and zeros: the product with itself counts pairs.
    kept_pairs = pairs[pairs["sku"].isin(kept)]
    matrix = pandas.crosstab(kept_pairs["InvoiceNo"], kept_pairs["sku"]).clip(upper=1)[kept].to_numpy(dtype=numpy.float32)
    together = numpy.rint(matrix.T @ matrix).astype(int)
    found = []
    for i, a in enumerate(kept):
        for j in range(i + 1, len(kept)):
            if together[i, j] >= least:
                found.append((int(together[i, j]), a, kept[j]))
    found.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    rows = []
    for orders, a, b in found[:listed]:
        first_sku, second_sku = sorted((a, b), key=lambda sku: (int(often[sku]), sku))
        x, y = int(often[first_sku]), int(often[second_sku])
        rows.append([first_sku, second_sku, orders, x, y, orders / count, orders / x, orders * count / (x * y)])
    return {"baskets": count, "products": len(kept), "min_orders": least, "found": len(found), "pairs": rows}


def main():
    lines = read(sys.argv[1])
    orders = orders_of(lines)
    first, last = lines["day"].min(), lines["day"].max()
    summer = pandas.Timestamp("2011-06-30")
    result = {
        "made_with": {"python": platform.python_version(), "pandas": pandas.__version__, "numpy": numpy.__version__},
        "rfm": [rfm(orders, last), rfm(orders, summer)],
        "cohorts": cohorts(orders),
        "new_and_returning": new_and_returning(orders),
        "abc": abc(lines, first, last),
        "slow_movers": [slow_movers(lines, last, 90), slow_movers(lines, summer, 30)],
        "baskets": baskets(lines, first, last, 300, 100),
    }
    json.dump(result, sys.stdout, indent=None, separators=(",", ":"))
    sys.stdout.write("\n")


main()
