"""What LibreOffice read of workbooks, beside what the program says in CSV. It is run by `cargo xtask test office`."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sheets(folder: Path) -> dict[str, Path]:
    """The sheets that LibreOffice wrote, by name."""
    return {path.stem.removeprefix("book-"): path for path in folder.glob("book-*.csv")}


def number(text: str) -> str:
    """A number in one form."""
    try:
        return str(float(text))
    except ValueError:
        return text


def same(sheet: str, told: Rows, expected: Rows, columns: dict[str, str]) -> None:
    """Whether the rows of a sheet are those of the program, in the columns that both have."""
    assert len(told) == len(expected), f"{sheet}: {len(told)} rows, and {len(expected)} expected"
    for place, (one, other) in enumerate(zip(told, expected), 2):
        for head, name in columns.items():
            left, right = number(one[head]), number(other[name])
            assert left == right, f"{sheet}, row {place}, {head}: `{left}`, and `{right}` expected"


def check(folder: Path) -> None:
    found = sheets(folder)
    figures = read(folder / "figures.csv")
    assert "About" in found, f"{folder.name}: LibreOffice wrote {sorted(found)}"
    for name, path in found.items():
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            for fault in ("Err:5", "#NAME?", "#VALUE!", "#REF!", "#DIV/0!"):
                assert fault not in line, f"{folder.name}, sheet {name}: {fault}"
    if "Results" in found:
        # With a breakdown, rows of groups follow each result.
        results = [row for row in figures if not row.get("dimension")]
        columns = {"Measure": "measure", "Title": "title", "Numerator": "numerator", "Denominator": "denominator"}
        same("Results", read(found["Results"]), results, columns | {"Value": "value", "Unit": "unit"})
        groups = [row for row in figures if row.get("dimension")]
        if groups:
            columns = {"Measure": "measure", "Numerator": "numerator", "Value": "value"}
            same("Groups", read(found["Groups"]), groups, columns)
        months = {row["month"] for row in results}
        assert len(read(found["By month"])) == len({row["measure"] for row in results})
        heads = found["By month"].read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        assert len(heads) == 7 + len(months), heads
    else:
        columns = {"Child": "person", "To be done": "title", "Days overdue": "days_overdue", "Team": "team"}
        same("Due", read(found["Due"]), figures, columns)
    print(f"{folder.name}: {len(found)} sheets, {len(figures)} rows compared")


for argument in sys.argv[1:]:
    check(Path(argument))
