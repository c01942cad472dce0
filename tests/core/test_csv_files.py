"""CSV that no spreadsheet runs."""

import pytest

from core.csv_files import safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["Ana", "O'Neil", "3 = 3", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text
