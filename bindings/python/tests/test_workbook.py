"""Workbooks of Excel: the same file as from the library's other languages, as bytes or as a file."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import csc_measures as cm
import pytest

from conftest import SAMPLE

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Book:
    """A workbook as another program reads it: the cells of each sheet by row."""

    def __init__(self, content: bytes) -> None:
        archive = zipfile.ZipFile(io.BytesIO(content))
        shared = self._parsed(archive, "xl/sharedStrings.xml")
        texts = ["".join(part.text or "" for part in one.iter(f"{SPACE}t")) for one in shared.iter(f"{SPACE}si")]
        sheets = [str(one.get("name")) for one in self._parsed(archive, "xl/workbook.xml").iter(f"{SPACE}sheet")]
        self.sheets: dict[str, list[dict[str, Any]]] = {}
        for number, name in enumerate(sheets, 1):
            rows = []
            for row in self._parsed(archive, f"xl/worksheets/sheet{number}.xml").iter(f"{SPACE}row"):
                cells: dict[str, Any] = {}
                for cell in row.iter(f"{SPACE}c"):
                    value = cell.findtext(f"{SPACE}v")
                    if value is not None:
                        column = re.sub(r"\d", "", str(cell.get("r")))
                        cells[column] = texts[int(value)] if cell.get("t") == "s" else float(value)
                rows.append(cells)
            self.sheets[name] = rows

    @staticmethod
    def _parsed(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
        return ElementTree.fromstring(archive.read(part))

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        """The rows below the head, by the heads of their columns."""
        head, *rows = self.sheets[sheet]
        return [{head[column]: value for column, value in row.items()} for row in rows]


def day(serial: float) -> datetime.date:
    return datetime.date(1899, 12, 30) + datetime.timedelta(days=serial)


@pytest.fixture(scope="module")
def data() -> cm.Dataset:
    return cm.Dataset.read(SAMPLE)


@pytest.fixture(scope="module")
def card(data: cm.Dataset) -> cm.Scorecard:
    return data.scorecard("2017-01", "2017-03")


def test_a_workbook_is_bytes_or_a_file(card: cm.Scorecard, tmp_path: Path) -> None:
    content = card.to_excel(authority="Fenshire")
    for path in (tmp_path / "measures.xlsx", str(tmp_path / "other.xlsx")):
        assert card.to_excel(path, authority="Fenshire") is None
        assert Path(path).read_bytes() == content
    book = Book(content)
    assert "Fenshire" in book.sheets["About"][1].values() or any(
        "Fenshire" in row.values() for row in book.sheets["About"]
    )
    rows = book.rows("Results")
    results = card.results.to_dicts()
    assert len(rows) == len(results)
    for row, result in zip(rows, results):
        assert row["Measure"] == result["measure"]
        assert row.get("Value") == result["value"]
        assert f"{day(row['Month']):%Y-%m}" == result["month"]


def test_the_lists_can_be_left_out(card: cm.Scorecard) -> None:
    whole, without = Book(card.to_excel()), Book(card.to_excel(lists=False))
    assert {"Cases", "Due", "Issues"} <= set(whole.sheets)
    assert not {"Cases", "Due", "Due by worker", "Issues"} & set(without.sheets)
    children = {row["Child"] for row in whole.rows("Due")}
    assert children
    for rows in without.sheets.values():
        assert not children & {value for row in rows for value in row.values()}


def test_things_are_due_as_at_the_day_that_is_asked(data: cm.Dataset, card: cm.Scorecard) -> None:
    of_card = Book(card.to_excel(due_as_at="2017-03-10")).rows("Due")
    assert of_card == Book(data.due_list("2017-03-10").to_excel()).rows("Due")
    assert of_card != Book(card.to_excel()).rows("Due")


def test_a_due_list_is_a_workbook(data: cm.Dataset, tmp_path: Path) -> None:
    due = data.due_list("2017-03-31", within=10)
    path = tmp_path / "due.xlsx"
    assert due.to_excel(path) is None
    book = Book(path.read_bytes())
    assert list(book.sheets) == ["About", "Due", "Due by team", "Due by worker"]
    rows = book.rows("Due")
    assert 0 < len(rows) <= len(due)
    assert rows[0]["Kind"] == "child to be seen"
    assert list(Book(due.to_excel(lists=False)).sheets) == ["About", "Due by team"]


def test_what_is_published_is_made_from_published_figures(card: cm.Scorecard) -> None:
    published = card.published()
    book = Book(published.to_excel(authority="Fenshire"))
    assert list(book.sheets) == ["About", "Results", "By month"]
    for row, result in zip(book.rows("Results"), published.results.to_dicts(), strict=True):
        assert row.get("Value") == ("c" if result["status"] == "suppressed" else result["value"])


def test_what_cannot_be_written_is_an_error_that_names_the_file(card: cm.Scorecard, tmp_path: Path) -> None:
    missing = tmp_path / "no" / "measures.xlsx"
    with pytest.raises(FileNotFoundError) as caught:
        card.to_excel(missing)
    assert Path(caught.value.filename) == missing
    anything: Any = "yesterday"
    with pytest.raises(ValueError, match="due_as_at"):
        card.to_excel(due_as_at=anything)
