"""The tables of a database give the same answers as those of files, and nothing is asked of it but what is read."""

from __future__ import annotations

import csv
import datetime
import json
import re
import sqlite3
import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import csc_measures
import pytest
from conftest import Columns
from csc_measures import BadTableError, BadValueError, Dataset, Plan, UnknownNameError, UnreadableError
from databases import Stored, driver, fill_duckdb

SSD = {one["table"]: one["ssd"] for one in json.loads(csc_measures.tables_json())}
ANYTHING: Any = 5

Names = dict[str, Columns]


@pytest.fixture(scope="session")
def stored(sample_columns: dict[str, Columns]) -> Names:
    """The sample authority by the names that its tables have in a database, each with two columns not to be read."""
    rows = {name: len(next(iter(columns.values()))) for name, columns in sample_columns.items()}
    return {
        SSD[name] or name: {**columns, "nhs_number": ["999"] * rows[name], "x_json": ["{}"] * rows[name]}
        for name, columns in sample_columns.items()
    }


@pytest.fixture(scope="session")
def own(stored: Names) -> dict[str, str | None]:
    """Where the tables are that are not of the Standard Safeguarding Dataset."""
    return {name: name for name in stored if not name.startswith("ssd_")}


@pytest.fixture(scope="session")
def of_files(stored: Names, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The same tables, read from files."""
    folder = tmp_path_factory.mktemp("stored")
    for name, columns in stored.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([columns, *zip(*columns.values())])
    return Dataset.read(folder)


def fill(connection: sqlite3.Connection, stored: Names) -> None:
    """Makes the tables in a database."""
    cursor = connection.cursor()
    for name, columns in stored.items():
        cursor.execute(f"CREATE TABLE {name} ({', '.join(f'{column} VARCHAR(400)' for column in columns)})")
        values = [[value or None for value in row] for row in zip(*columns.values())]
        if values:
            cursor.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", values)
    connection.commit()


@pytest.fixture(scope="session")
def database(stored: Names, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of SQLite."""
    path = tmp_path_factory.mktemp("database") / "ssd.db"
    connection = sqlite3.connect(path)
    fill(connection, stored)
    connection.close()
    return path


@pytest.fixture()
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection to it."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    yield connection
    connection.close()


def read(connection: Any, own: dict[str, str | None], **options: Any) -> Dataset:
    """What a connection has: of the sample all but two tables."""
    with pytest.warns(UserWarning, match="`departments`.*`disabilities`") as caught:
        data = Dataset.from_sql(connection, tables=own, **options)
    assert len(caught) == 1
    return data


def answers(data: Dataset) -> dict[str, Any]:
    """What a dataset answers, for all measures; not what its tables and columns are."""
    card = json.loads(data.scorecard("2016-04", "2017-03", plan=Plan.all_measures()).to_json())
    due = json.loads(data.due_list("2017-03-31").to_json())
    issues = sorted(json.dumps(issue, sort_keys=True) for issue in json.loads(data.issues.to_json()))
    return {"results": card["results"], "due": due, "issues": issues, "persons": data.person_count}


def test_sqlite_gives_what_files_give(
    connection: sqlite3.Connection, own: dict[str, str | None], of_files: Dataset
) -> None:
    expected = answers(of_files)
    assert len(expected["results"]) > 600
    assert answers(read(connection, own)) == expected
    assert answers(read(connection, own, batch_rows=7)) == expected


def test_duckdb_gives_what_files_give(
    stored: Names, own: dict[str, str | None], of_files: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = driver("duckdb").connect()
    connection.begin()
    tables = [
        Stored(name, dict.fromkeys(columns, "VARCHAR(400)"), [list(row) for row in zip(*columns.values())])
        for name, columns in stored.items()
    ]
    fill_duckdb(connection, tables, "{}")
    connection.commit()
    # What is temporary, or not committed, is seen too.
    connection.execute("ALTER TABLE ssd_person RENAME TO person_before")
    connection.execute("CREATE TEMP TABLE ssd_person AS SELECT * FROM person_before")
    assert answers(read(connection, own, batch_rows=100)) == answers(of_files)
    monkeypatch.setattr("csc_measures._sql._has_arrow", lambda: False)
    assert answers(read(connection, own, batch_rows=100)) == answers(of_files)


def test_sqlalchemy_gives_what_files_give(
    database: Path, own: dict[str, str | None], of_files: Dataset
) -> None:
    sqlalchemy = driver("sqlalchemy")
    engine = sqlalchemy.create_engine(f"sqlite:///{database}")
    assert answers(read(engine, own)) == answers(of_files)
    assert engine.pool.checkedout() == 0
    with engine.connect() as connection:
        assert answers(read(connection, own)) == answers(of_files)
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def test_adbc_gives_what_files_give(database: Path, own: dict[str, str | None], of_files: Dataset) -> None:
    adbc = driver("adbc_driver_sqlite.dbapi")
    with adbc.connect(str(database)) as connection:
        assert answers(read(connection, own)) == answers(of_files)


def statements(connection: sqlite3.Connection, own: dict[str, str | None]) -> list[str]:
    """What is asked of a connection."""
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    read(connection, own)
    return asked


def test_only_known_columns_are_asked_for_and_nothing_is_written(
    connection: sqlite3.Connection, own: dict[str, str | None]
) -> None:
    before = connection.total_changes
    asked = statements(connection, own)
    assert asked and all(one.startswith("SELECT ") for one in asked)
    plain = r"SELECT (\* FROM \w+ WHERE 1=0|1|COUNT\(\*\) FROM \w+|[a-z_0-9]+(, [a-z_0-9]+)* FROM \w+)"
    assert all(re.fullmatch(plain, one) for one in asked)
    assert not any("nhs_number" in one or "json" in one for one in asked)
    assert connection.total_changes == before and not connection.in_transaction
    assert connection.execute("SELECT COUNT(*) FROM ssd_person").fetchone()[0] > 0


def test_a_table_is_read_where_the_caller_says(connection: sqlite3.Connection) -> None:
    every: dict[str, str | None] = dict.fromkeys(SSD)
    data = Dataset.from_sql(connection, tables={**every, "persons": "main.ssd_person"})
    assert [one["table"] for one in data.tables] == ["persons"]
    data = Dataset.from_sql(connection, "main", {"ssd_person": "ssd_person", **dict.fromkeys(SSD.keys() - {"persons"})})
    assert data.person_count > 0
    with pytest.raises(UnreadableError, match="no table is to be read"):
        Dataset.from_sql(connection, tables=every)


def test_progress_is_told(connection: sqlite3.Connection, own: dict[str, str | None]) -> None:
    told: list[tuple[str, int, int]] = []
    data = read(connection, own, progress=lambda *step: told.append(step))
    count = len(data.tables)
    assert told[0] == ("persons", 0, count) and told[-1][1:] == (count, count)


@pytest.mark.parametrize(
    "name", ["a b", "a;b", "a--", 'a"b', "[a]", "a.b.c.d", "", "a.", "1a", "###a", "a\n", "ä", "x" * 129]
)
def test_a_name_that_is_not_plain_is_refused(name: str, connection: sqlite3.Connection) -> None:
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    for arguments in ({"schema": name}, {"tables": {"persons": name}}, {"prefix": f"{name};"}):
        with pytest.raises(BadValueError, match="a name in the database has at most") as caught:
            Dataset.from_sql(connection, **arguments)
        assert isinstance(caught.value, ValueError)
    assert asked == []


def test_what_makes_no_sense_is_refused(connection: sqlite3.Connection) -> None:
    with pytest.raises(UnknownNameError, match="unknown table `personz`"):
        Dataset.from_sql(connection, tables={"personz": "x"})
    with pytest.raises(BadValueError, match="table `persons` twice"):
        Dataset.from_sql(connection, tables={"persons": "x", "ssd_person": "y"})
    with pytest.raises(BadValueError, match="at least 1"):
        Dataset.from_sql(connection, batch_rows=0)
    for arguments in ({"schema": 5}, {"tables": 5}, {"tables": {5: "x"}}, {"tables": {"persons": 5}}, {"prefix": 5}):
        with pytest.raises(TypeError):
            Dataset.from_sql(connection, **arguments)
    with pytest.raises(TypeError, match="not int"):
        Dataset.from_sql(ANYTHING)
    with pytest.raises(UnreadableError, match=r"none of the tables.*`ssd_live_person` \(no such table"):
        Dataset.from_sql(connection, prefix="ssd_live_")


class Refused(Exception):
    """An error of the driver of the fake."""


class FakeCursor:
    """A cursor over tables that are in memory."""

    def __init__(self, of: Fake) -> None:
        self.of = of
        self.description: list[tuple[Any, ...]] | None = None
        self.rows: list[tuple[Any, ...]] = []
        self.name = ""

    def execute(self, statement: str) -> None:
        self.of.asked.append(statement)
        if self.of.aborted:
            raise Refused("25P02", "current transaction is aborted")
        if statement == "SELECT 1":
            self.rows = [(1,)]
            return
        asked = re.fullmatch(r"SELECT (.*) FROM (\S+)( WHERE 1=0)?", statement)
        assert asked is not None
        what, self.name, none = asked.groups()
        if self.name in self.of.refused:
            raise Refused("42000", f"[42000] The SELECT permission was denied on the object '{self.name}'. (229)")
        if self.name not in self.of.tables:
            self.of.aborted = self.of.aborts
            raise Refused("42S02", f"[42S02] Invalid object name '{self.name}'. (208)")
        names, rows = self.of.tables[self.name]
        if what == "COUNT(*)":
            self.rows = [(len(rows) + self.of.since.get(self.name, 0),)]
            return
        chosen = list(range(len(names))) if what == "*" else [names.index(name) for name in what.split(", ")]
        self.description = [(names[at], None, None, None, None, None, None) for at in chosen]
        self.rows = [] if none else [tuple(row[at] for at in chosen) for row in rows]

    def fetchone(self) -> tuple[Any, ...] | None:
        return self.rows.pop(0) if self.rows else None

    def fetchmany(self, size: int) -> list[tuple[Any, ...]]:
        if self.name in self.of.torn:
            raise Refused("22018", "cannot convert the value 'P1 Smith'")
        rows, self.rows = self.rows[:size], self.rows[size:]
        return rows

    def close(self) -> None:
        assert self in self.of.open
        self.of.open.remove(self)


class Fake:
    """A connection of DB-API 2 that has one cursor at a time, as SQL Server without MARS."""

    def __init__(self, aborts: bool = False) -> None:
        moment = datetime.datetime
        self.tables: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {
            "hdm.ssd_live.ssd_person": (
                ["pers_person_id", "pers_dob", "pers_forename"],
                [(Decimal("1"), moment(2010, 5, 1, 0, 0), "Ann"), (Decimal("2.0"), moment(2011, 1, 2, 3, 4), "Bob")],
            ),
            "hdm.ssd_live.ssd_cp_plans": (
                ["cppl_cp_plan_id", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"],
                [("C1   ", "1     ", moment(2016, 6, 1), None), ("C2", "2", moment(2016, 7, 1), moment(2016, 12, 1))],
            ),
        }
        self.refused: set[str] = set()
        self.torn: set[str] = set()
        self.since: dict[str, int] = {}
        self.asked: list[str] = []
        self.open: list[FakeCursor] = []
        self.aborts, self.aborted, self.rollbacks = aborts, False, 0

    def cursor(self) -> FakeCursor:
        if self.open:
            raise Refused("HY000", "Connection is busy with results for another command")
        self.open.append(FakeCursor(self))
        return self.open[0]

    def rollback(self) -> None:
        self.aborted, self.rollbacks = False, self.rollbacks + 1

    def commit(self) -> None:
        raise AssertionError("a commit")

    def close(self) -> None:
        raise AssertionError("the connection is the caller's")


@pytest.mark.parametrize("aborts", [False, True])
def test_a_connection_of_one_cursor(aborts: bool) -> None:
    fake = Fake(aborts)
    with pytest.warns(UserWarning, match=r"`referrals` \(\[42S02\] Invalid object name 'hdm.ssd_live.ssd_cin_epi"):
        data = Dataset.from_sql(fake, schema="hdm.ssd_live", batch_rows=1)
    assert fake.open == [] and fake.rollbacks == (len([name for name in SSD.values() if name]) - 2) * aborts
    columns: dict[str, Any] = {
        "ssd_person": {"pers_person_id": ["1", "2"], "pers_dob": ["2010-05-01", "2011-01-02"]},
        "ssd_cp_plans": {
            "cppl_cp_plan_id": ["C1", "C2"],
            "cppl_person_id": ["1", "2"],
            "cppl_cp_plan_start_date": ["2016-06-01", "2016-07-01"],
            "cppl_cp_plan_end_date": [None, "2016-12-01"],
        },
    }
    assert len(data.issues) == 0
    assert answers(data) == answers(Dataset(columns))
    assert not any("forename" in one for one in fake.asked)


def read_fake(fake: Fake) -> Dataset:
    """Reads the two tables that a fake has."""
    others: dict[str, str | None] = {
        name: None for name, of_ssd in SSD.items() if of_ssd not in ("ssd_person", "ssd_cp_plans")
    }
    return Dataset.from_sql(fake, "hdm.ssd_live", others)


def test_no_warning_without_a_cause() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_fake(Fake()).person_count == 2


def test_a_table_that_is_being_filled() -> None:
    fake = Fake()
    fake.since["hdm.ssd_live.ssd_cp_plans"] = 3
    with pytest.warns(UserWarning, match="^table_changed:cp_plans: 2 rows were read and .* now has 5"):
        read_fake(fake)


@pytest.mark.parametrize(
    ("at_first", "since", "said"),
    [(0, 2, "0 rows were read and `ssd_cp_plans` now has 2"), (2, -2, "2 rows were read and `ssd_cp_plans` now has 0")],
    ids=["filled", "emptied"],
)
def test_a_table_that_is_emptied_and_filled_anew(at_first: int, since: int, said: str) -> None:
    """The nightly job of a council truncates each table before it fills it."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE ssd_person (pers_person_id INTEGER, pers_dob DATE)")
    columns = "cppl_cp_plan_id INTEGER, cppl_person_id INTEGER, cppl_cp_plan_start_date DATE"
    connection.execute(f"CREATE TABLE ssd_cp_plans ({columns})")

    def change(count: int) -> None:
        connection.execute("DELETE FROM ssd_cp_plans")
        plans = [[plan] for plan in range(count)]
        connection.executemany("INSERT INTO ssd_cp_plans VALUES (?, 1, '2016-06-01')", plans)

    def job(table: str, done: int, of: int) -> None:
        if done == of:
            change(at_first + since)

    change(at_first)
    with pytest.warns(UserWarning) as caught:
        Dataset.from_sql(connection, progress=job)
    changed = [str(one.message) for one in caught if str(one.message).startswith("table_changed:")]
    assert len(changed) == 1 and changed[0].startswith(f"table_changed:cp_plans: {said}; ")
    connection.close()


def test_a_table_that_may_not_be_read() -> None:
    fake = Fake()
    fake.refused.add("hdm.ssd_live.ssd_cp_plans")
    with pytest.raises(UnreadableError, match="table `cp_plans` .*permission was denied") as caught:
        read_fake(fake)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
    assert fake.open == []


def test_an_error_in_the_midst_repeats_no_value() -> None:
    fake = Fake()
    fake.torn.add("hdm.ssd_live.ssd_person")
    with pytest.raises(UnreadableError, match="table `persons` .*: Refused$") as caught:
        read_fake(fake)
    assert "Smith" not in str(caught.value) and caught.value.__suppress_context__


def test_a_temporary_table_is_in_no_schema() -> None:
    fake = Fake()
    fake.tables = {name.replace("hdm.ssd_live.", "##"): table for name, table in fake.tables.items()}
    with pytest.warns(UserWarning, match="not in the database"):
        assert Dataset.from_sql(fake, "hdm.ssd_live", prefix="##ssd_").person_count == 2


def test_a_column_that_cannot_be_asked_for_by_name() -> None:
    fake = Fake()
    names, rows = fake.tables["hdm.ssd_live.ssd_person"]
    fake.tables["hdm.ssd_live.ssd_person"] = (["pers person id", *names[1:]], rows)
    with pytest.raises(BadTableError, match="column `pers person id`"):
        read_fake(fake)


def test_a_column_that_is_there_twice() -> None:
    fake = Fake()
    names, rows = fake.tables["hdm.ssd_live.ssd_person"]
    fake.tables["hdm.ssd_live.ssd_person"] = ([*names, "pers_dob"], [(*row, row[1]) for row in rows])
    try:
        assert read_fake(fake).person_count == 2
    except BadTableError as error:
        assert "twice" in str(error)
    else:
        assert "SELECT * FROM hdm.ssd_live.ssd_person" in fake.asked
