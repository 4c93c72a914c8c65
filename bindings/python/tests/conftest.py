"""What the tests share: the sample authority, in whatever make is asked for."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import csc_measures
import pytest

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "examples" / "data" / "sample-authority"

Columns = dict[str, list[str]]


@pytest.fixture(scope="session")
def sample() -> csc_measures.Dataset:
    """The sample authority, read from its files."""
    return csc_measures.Dataset.read(SAMPLE)


@pytest.fixture(scope="session")
def clean_sample(
    tmp_path_factory: pytest.TempPathFactory, sample_columns: dict[str, Columns]
) -> csc_measures.Dataset:
    """The same without the row that has a field too few, which no frame could have."""
    folder = tmp_path_factory.mktemp("sample")
    for name, columns in sample_columns.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([columns, *zip(*columns.values())])
    return csc_measures.Dataset.read(folder)


@pytest.fixture(scope="session")
def card(sample: csc_measures.Dataset) -> csc_measures.Scorecard:
    """A year of it."""
    targets = {"O3.M4": {"better": "higher", "target": 90, "tolerance": 5}}
    return sample.scorecard("2016-04", "2017-03", targets=targets)


@pytest.fixture(scope="session")
def sample_columns() -> dict[str, Columns]:
    """The texts of its files: by table and column."""
    tables = {}
    for path in sorted(SAMPLE.glob("*.csv")):
        with path.open(newline="", encoding="utf-8-sig") as file:
            header, *rows = list(csv.reader(file))
        rows = [row for row in rows if len(row) == len(header)]
        tables[path.stem] = {name: [row[place] for row in rows] for place, name in enumerate(header)}
    return tables


@pytest.fixture(scope="session")
def date_columns() -> dict[str, set[str]]:
    """The columns of each table that hold dates."""
    tables = json.loads(csc_measures.tables_json())
    return {
        one["table"]: {column["name"] for column in one["columns"] if column["kind"] == "date"} for one in tables
    }
