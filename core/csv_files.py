"""CSV files as they are sent: readable to every spreadsheet, and no formula to any."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula: a quote mark goes before it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def plain_cell(text: str) -> str:
    """Return what `safe_cell` was given, from a file that comes back."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def csv_file(name: str, rows: Iterable[Sequence[str]]) -> Response:
    """Answer a CSV file; it starts with a byte order mark, or spreadsheets would misread names."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return Response(
        "\ufeff" + out.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
