"""What the tests share: the sample authority, in whatever make is asked for."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import csc_measures
import databases
import pytest

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "examples" / "data" / "sample-authority"
PACKAGE = ROOT / "bindings" / "python" / "python" / "csc_measures"

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
    """A year of the scorecard."""
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


@pytest.fixture(scope="session", params=databases.SYSTEMS)
def ssd(request: pytest.FixtureRequest) -> databases.Ssd:
    """The dataset of each case system, for databases."""
    return databases.Ssd(request.param)


@pytest.fixture()
def source(tmp_path: Path) -> Path:
    """The package as it is in the source, in a folder of its own, without what a build may have left there."""
    package = tmp_path / "csc_measures"
    built = shutil.ignore_patterns("__pycache__", "_native.*[!i]")
    shutil.copytree(PACKAGE, package, ignore=built)
    assert (package / "_native.pyi").is_file()
    return package


def refusal(package: Path) -> str:
    """What Python says last, where it imports the package in that folder."""
    program = f"import sys; sys.path.insert(0, {str(package.parent)!r}); import csc_measures"
    run = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 1 and run.stdout == ""
    return run.stderr.splitlines()[-1]
