"""Records what reference readers make of the workbooks of xlsx-calamine: a digest of each sheet's cells as text.

Run it where the readers are (`pip install openpyxl xlrd pyxlsb odfpy pandas`), with the folder of workbooks; it prints `expected.json`.
Cells are normalised as the test does it: numbers to fifteen significant digits, dates as 2011-12-09, blank rows and columns around the
table left out. What a reader cannot open is recorded with its own words.
"""

import datetime
import decimal
import hashlib
import importlib.metadata
import json
import multiprocessing
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")


def number(value):
    value = float(f"{float(value):.14e}")
    text = format(decimal.Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def span(seconds):
    seconds = int(seconds + 0.5)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def text(value):
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return "" if value != value else number(value)
    if isinstance(value, datetime.datetime):
        moment = value.replace(tzinfo=None)
        return f"{moment:%Y-%m-%d}" if moment.time() == datetime.time() else f"{moment:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, datetime.date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, datetime.time):
        return span(value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6)
    if isinstance(value, datetime.timedelta):
        return span(value.total_seconds())
    return str(value).replace("\r\n", "\n")


def table(rows):
    rows = [[text(cell) for cell in row] for row in rows]
    while rows and not any(rows[0]):
        rows.pop(0)
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    used = [column for column in range(width) if any(row[column] for row in rows)]
    if not used:
        return []
    return [row[used[0] : used[-1] + 1] for row in rows]


def digest(rows):
    rows = table(rows)
    joined = "\n".join("\x1f".join(row) for row in rows)
    return {"rows": len(rows), "columns": len(rows[0]) if rows else 0, "digest": hashlib.sha256(joined.encode()).hexdigest()[:16]}


def by_openpyxl(path):
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in sheets}


def by_xlrd(path):
    import xlrd

    book = xlrd.open_workbook(path, formatting_info=False, logfile=sys.stderr)

    def value(cell):
        if cell.ctype == xlrd.XL_CELL_DATE:
            if cell.value < 1:
                return datetime.timedelta(days=cell.value)
            return xlrd.xldate.xldate_as_datetime(cell.value, book.datemode)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code[cell.value]
        return cell.value

    sheets = [sheet for sheet in book.sheets() if sheet.visibility == 0]
    return {sheet.name: [[value(cell) for cell in sheet.row(row)] for row in range(sheet.nrows)] for sheet in sheets}


def by_pyxlsb(path):
    import pyxlsb

    with pyxlsb.open_workbook(str(path)) as book:
        return {name: [[cell.v for cell in row] for row in book.get_sheet(name).rows()] for name in book.sheets}


def by_odfpy(path):
    import pandas

    frames = pandas.read_excel(path, engine="odf", sheet_name=None, header=None, dtype=object, na_filter=False)
    return {name: [[cell.to_pydatetime() if hasattr(cell, "to_pydatetime") else cell for cell in row] for row in frame.values.tolist()] for name, frame in frames.items()}


PATIENCE_SECONDS = 40
READERS = {".xlsx": by_openpyxl, ".xlsm": by_openpyxl, ".xls": by_xlrd, ".xlsb": by_pyxlsb, ".ods": by_odfpy}


def record(path):
    """One workbook, as its reader sees it: in a process of its own, because readers hang on some."""
    try:
        return {"sheets": {name: digest(rows) for name, rows in READERS[path.suffix](path).items()}}
    except BaseException as problem:  # whatever a reader does on a broken file
        return {"refused": f"{type(problem).__name__}: {problem}"[:160]}


def main(folder, only=None):
    if only:
        sheets = READERS[pathlib.Path(only).suffix](pathlib.Path(folder) / only)
        return print(json.dumps({name: table(rows)[:40] for name, rows in sheets.items()}, ensure_ascii=False, indent=1))
    books = {}
    for path in sorted(path for path in pathlib.Path(folder).iterdir() if path.suffix in READERS):
        with multiprocessing.Pool(1) as pool:
            try:
                books[path.name] = pool.apply_async(record, (path,)).get(PATIENCE_SECONDS)
            except multiprocessing.TimeoutError:
                books[path.name] = {"refused": f"it took more than {PATIENCE_SECONDS} seconds"}
        print(path.name, books[path.name].get("refused", ""), file=sys.stderr)
    readers = {name: importlib.metadata.version(name) for name in ("openpyxl", "xlrd", "pyxlsb", "odfpy", "pandas")}
    print(json.dumps({"readers": readers, "books": books}, indent=1, ensure_ascii=False, sort_keys=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
