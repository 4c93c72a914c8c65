"""Databases for the tests: datasets as the scripts of case systems fill them, in the types that each system has."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import re
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest
from csc_measures import Dataset, Plan

SYSTEMS = ("systemc", "mosaic", "eclipse")

# A run that is full has every driver and server, and then nothing is skipped for want of one.
IS_FULL = os.environ.get("CSC_DATABASES") == "all"

# What a column holds, by the pattern of all its values, and its type in the database of each system.
KINDS: dict[str, str] = {
    "moment": r"\d{4}-\d\d-\d\d 00:00:00(\.000)?",
    "day": r"\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}",
    "whole": r"0|[1-9]\d{0,17}",
    "number": r"(0|[1-9]\d{0,12})(\.\d{1,4})?",
    "letter": r"[YN] ?",
    "truth": r"true|false",
}
TYPES: dict[str, dict[str, str]] = {
    "systemc": {"moment": "TIMESTAMP", "day": "TIMESTAMP", "whole": "INTEGER", "number": "DOUBLE PRECISION"},
    "mosaic": {"moment": "TIMESTAMP", "day": "TIMESTAMP", "whole": "NUMERIC(18)", "number": "DECIMAL(18,4)"},
    "eclipse": {"moment": "TIMESTAMP", "day": "DATE", "whole": "BIGINT", "number": "DOUBLE PRECISION"},
}
COMMON = {"letter": "CHAR(4)", "truth": "BOOLEAN", "text": "VARCHAR(4000)"}
ID = "VARCHAR(48)"


def lacking(what: str) -> NoReturn:
    """Skips a test for want of a driver or server; in a full run it fails."""
    if IS_FULL:
        pytest.fail(f"{what} is not there, and this run is to have every database")
    pytest.skip(f"{what} is not there; `cargo xtask test python --full` has it")


def driver(name: str) -> Any:
    """A driver, if it is installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        lacking(name)


class Stored(NamedTuple):
    """A table of a dataset, as it is put into a database."""

    name: str
    types: dict[str, str]
    """By column its type."""
    rows: list[list[str | None]]

    def made(self, name: str) -> str:
        """The statement that makes it under a name, for the session alone if that begins with `tmp_`."""
        columns = ", ".join(f"{column} {kind}" for column, kind in self.types.items())
        return f"CREATE {'TEMPORARY ' * name.startswith('tmp_')}TABLE {name} ({columns})"

    def text(self) -> str:
        """Its rows as CSV, under a header."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([self.types, *self.rows])
        return text.getvalue()


def kind_of(values: set[str]) -> str:
    """What a column holds: of one with no value it is not to be seen."""
    for kind, pattern in KINDS.items():
        if values and all(re.fullmatch(pattern, value) for value in values):
            return kind
    return "text"


def folder_of(system: str) -> Path:
    """The dataset of a system as files, which `cargo xtask test python` writes."""
    if "CSC_SSD" not in os.environ:
        lacking("the folder of datasets that `CSC_SSD` names")
    return Path(os.environ["CSC_SSD"]) / system


def stored(system: str) -> list[Stored]:
    """The tables of the dataset of a system."""
    types = {**COMMON, **TYPES[system]}
    tables = []
    for file in sorted(folder_of(system).glob("*.csv")):
        with file.open(newline="", encoding="utf-8") as text:
            header, *lines = csv.reader(text)
        rows: list[list[str | None]] = [[value or None for value in line] for line in lines]
        kinds = {}
        for at, column in enumerate(header):
            kind = kind_of({value for row in rows if (value := row[at]) is not None})
            is_id_of_systemc = system == "systemc" and kind == "whole" and column.endswith("_id")
            kinds[column] = ID if is_id_of_systemc else types[kind]
            if kind == "day":
                for row in rows:
                    row[at] = row[at] and "-".join(reversed(str(row[at]).split("/")))
        tables.append(Stored(file.stem, kinds, rows))
    assert tables
    return tables


def fill_sqlite(connection: sqlite3.Connection, tables: list[Stored], named: str) -> None:
    """Makes the tables in SQLite, whose types are but hints: dates stay text there, and flags are 0 and 1."""
    flags = {"true": "1", "false": "0"}
    for table in tables:
        connection.execute(table.made(named.format(table.name)))
        places = ", ".join("?" * len(table.types))
        rows = [[flags.get(value or "", value) for value in row] for row in table.rows]
        connection.executemany(f"INSERT INTO {named.format(table.name)} VALUES ({places})", rows)


def fill_duckdb(connection: Any, tables: list[Stored], named: str) -> None:
    """Makes the tables in DuckDB."""
    read = "read_csv(?, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"')"
    for table in tables:
        connection.execute(table.made(named.format(table.name)))
        with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
            file.write(table.text())
            file.flush()
            connection.execute(f"INSERT INTO {named.format(table.name)} SELECT * FROM {read}", [file.name])


def fill_postgresql(connection: Any, tables: list[Stored], named: str) -> None:
    """Makes the tables in PostgreSQL, by a connection of psycopg."""
    for table in tables:
        connection.execute(table.made(named.format(table.name)))
        with connection.cursor().copy(f"COPY {named.format(table.name)} FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(table.text())


def own_tables(tables: list[Stored], named: str = "{}") -> dict[str, str | None]:
    """Where the tables are that are not of the Standard Safeguarding Dataset."""
    return {table.name: named.format(table.name) for table in tables if not table.name.startswith("ssd_")}


@contextmanager
def any_warning() -> Iterator[None]:
    """Where what is warned of is of no matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def read(connection: Any, **options: Any) -> Dataset:
    """What a connection has."""
    with any_warning():
        return Dataset.from_sql(connection, **options)


def answers(data: Dataset) -> dict[str, str]:
    """What a dataset answers: each answer a text of JSON, to be compared byte for byte."""
    with any_warning():
        issues = sorted(json.dumps(issue, sort_keys=True) for issue in json.loads(data.issues.to_json()))
        return {
            "scorecard": data.scorecard("2015-04", "2019-12", plan=Plan.all_measures()).to_json(),
            "due": data.due_list("2019-12-31").to_json(),
            "issues": json.dumps(issues),
            "persons": str(data.person_count),
        }


def of_files(system: str) -> Dataset:
    """The dataset of a system, read from its files, one of which has its dates day first."""
    with any_warning():
        return Dataset.read(folder_of(system), dates="uk")


class Ssd:
    """The dataset of a system: its tables, and what it answers from its files."""

    def __init__(self, system: str) -> None:
        self.system = system
        self.tables = stored(system)
        self.expected = answers(of_files(system))
