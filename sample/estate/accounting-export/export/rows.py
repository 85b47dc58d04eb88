"""Rows in the form that accounting's system reads: semicolons, comma decimals, Latin-1."""

import csv
import os
from io import StringIO

LEDGER = os.environ.get("LEDGER_URL", "http://ledger:8080")


def amount(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02d}"


def rows_of_day(day: str | None = None) -> list[tuple[str, int]]:
    return []


def write_csv(rows: list[tuple[str, int]] = ()) -> str:
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    for account, cents in rows:
        writer.writerow([account, amount(cents)])
    return out.getvalue()
