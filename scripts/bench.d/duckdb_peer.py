"""Asks DuckDB the same questions over the same Parquet files: prints each answer and its best time as JSON."""

import json
import sys
import time

import duckdb

folder, runs = sys.argv[1], int(sys.argv[2])
manifest = json.load(open(f"{folder}/manifest.json"))
connection = duckdb.connect(config={"threads": 2})
for table in {file["table"] for file in manifest["files"]}:
    files = [f"{folder}/{file['name']}" for file in manifest["files"] if file["table"] == table]
    connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({files!r})")

answers = []
for question in json.load(sys.stdin):
    best, rows = float("inf"), []
    for _ in range(runs):
        started = time.perf_counter()
        rows = connection.execute(question["duckdb"]).fetchall()
        best = min(best, time.perf_counter() - started)
    plain = [[cell if cell is None or isinstance(cell, (str, float)) else int(cell) for cell in row] for row in rows]
    answers.append({"rows": plain, "ms": best * 1000})
json.dump(answers, sys.stdout)
