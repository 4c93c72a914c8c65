"""The dataset of each case system answers from a database what it answers from its files, byte for byte."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from typing import Any

import databases
import pytest
from csc_measures import UnreadableError
from databases import Ssd, answers, driver, own_tables, read


def test_the_columns_have_the_types_of_a_database(ssd: Ssd) -> None:
    types = Counter(kind for table in ssd.tables for kind in table.types.values())
    assert types["TIMESTAMP"] + types["DATE"] > 45 and types["CHAR(4)"] > 10 and types["BOOLEAN"] > 5
    ids = {"systemc": "VARCHAR(48)", "mosaic": "NUMERIC(18)", "eclipse": "BIGINT"}
    assert types[ids[ssd.system]] > 60
    person = next(table for table in ssd.tables if table.name == "ssd_person")
    of_birth = {"systemc": "TIMESTAMP", "mosaic": "TIMESTAMP", "eclipse": "DATE"}
    assert (person.types["pers_person_id"], person.types["pers_dob"]) == (ids[ssd.system], of_birth[ssd.system])


def test_there_is_something_to_answer(ssd: Ssd) -> None:
    results = json.loads(ssd.expected["scorecard"])["results"]
    assert sum(result["status"] == "ok" for result in results) > 1000
    # A system may have visits of people who have no row.
    assert int(ssd.expected["persons"]) >= 300


def test_sqlite(ssd: Ssd) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("ATTACH ':memory:' AS ssd_development")
    databases.fill_sqlite(connection, ssd.tables, "ssd_development.{}")
    connection.commit()
    # This is not the one to be read.
    connection.execute("CREATE TABLE ssd_person (pers_person_id, pers_dob)")
    data = read(connection, schema="ssd_development", tables=own_tables(ssd.tables), batch_rows=100)
    assert answers(data) == ssd.expected
    connection.close()


def test_temporary_tables_of_sqlite(ssd: Ssd) -> None:
    connection = sqlite3.connect(":memory:")
    databases.fill_sqlite(connection, ssd.tables, "tmp_{}")
    data = read(connection, prefix="tmp_ssd_", tables=own_tables(ssd.tables, "tmp_{}"))
    assert answers(data) == ssd.expected
    # Not committed, and neither committed nor undone by the reading.
    assert connection.in_transaction
    connection.close()


@pytest.mark.parametrize("has_arrow", [True, False])
def test_duckdb(ssd: Ssd, has_arrow: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = driver("duckdb").connect()
    connection.execute("CREATE SCHEMA ssd_development")
    databases.fill_duckdb(connection, ssd.tables, "ssd_development.{}")
    if not has_arrow:
        monkeypatch.setattr("csc_measures._sql._has_arrow", lambda: False)
    data = read(connection, schema="ssd_development", tables=own_tables(ssd.tables), batch_rows=100)
    assert answers(data) == ssd.expected
    full = read(connection, schema="memory.ssd_development", tables=own_tables(ssd.tables))
    assert answers(full) == ssd.expected


def test_temporary_tables_of_duckdb(ssd: Ssd) -> None:
    connection = driver("duckdb").connect()
    databases.fill_duckdb(connection, ssd.tables, "tmp_{}")
    data = read(connection, prefix="tmp_ssd_", tables=own_tables(ssd.tables, "tmp_{}"))
    assert answers(data) == ssd.expected


class Busy(Exception):
    """An error of the connection below."""


class OneAtATime:
    """A connection that is as one to SQL Server by ODBC: one statement at a time, temporary tables after ##, flags of
    a fixed width. What it has lies in DuckDB, which gives dates, decimals and bits as such."""

    def __init__(self, duckdb: Any) -> None:
        self.duckdb = duckdb
        self.is_open = False

    def cursor(self) -> OneAtATime:
        if self.is_open:
            raise Busy("HY000", "[HY000] Connection is busy with results for another command (0)")
        self.is_open = True
        return self

    def execute(self, statement: str) -> None:
        try:
            self.duckdb.execute(statement.replace("##", "tmp_"))
        except driver("duckdb").CatalogException:
            name = statement.split(" FROM ")[1].split()[0]
            raise Busy("42S02", f"[42S02] Invalid object name '{name}'. (208)") from None

    @property
    def description(self) -> Any:
        return self.duckdb.description

    def fetchone(self) -> Any:
        return self.duckdb.fetchone()

    def fetchmany(self, size: int) -> list[list[Any]]:
        rows = self.duckdb.fetchmany(size)
        return [[value.ljust(4) if value in ("Y", "N") else value for value in row] for row in rows]

    def close(self) -> None:
        self.is_open = False


def test_temporary_tables_of_all_sessions(ssd: Ssd) -> None:
    """The names that the older scripts of SystemC and those of Mosaic fill."""
    duckdb = driver("duckdb").connect()
    databases.fill_duckdb(duckdb, ssd.tables, "tmp_{}")
    connection = OneAtATime(duckdb)
    # No schema comes before such a name.
    own = own_tables(ssd.tables, "##{}")
    data = read(connection, schema="HDM_Local.dbo", prefix="##ssd_", tables=own, batch_rows=100)
    assert answers(data) == ssd.expected
    assert not connection.is_open
    with pytest.raises(UnreadableError, match=r"`##ssd_live_person` \(.*Invalid object name '##ssd_live_person'"):
        read(connection, prefix="##ssd_live_")


def test_sqlalchemy(ssd: Ssd) -> None:
    sqlalchemy = driver("sqlalchemy")
    with sqlalchemy.create_engine("sqlite://").connect() as connection:
        databases.fill_sqlite(connection.connection.dbapi_connection, ssd.tables, "tmp_{}")
        data = read(connection, prefix="tmp_ssd_", tables=own_tables(ssd.tables, "tmp_{}"))
        assert answers(data) == ssd.expected


def test_adbc(ssd: Ssd, tmp_path: Any) -> None:
    adbc = driver("adbc_driver_sqlite.dbapi")
    connection = sqlite3.connect(tmp_path / "ssd.db")
    databases.fill_sqlite(connection, ssd.tables, "{}")
    connection.commit()
    connection.close()
    with adbc.connect(str(tmp_path / "ssd.db")) as connection:
        assert answers(read(connection, tables=own_tables(ssd.tables))) == ssd.expected


def test_a_schema_that_is_not_there() -> None:
    """In the words of each database, with what says where the tables are."""
    connections = [sqlite3.connect(":memory:"), driver("duckdb").connect()]
    for connection in connections:
        with pytest.raises(UnreadableError) as caught:
            read(connection, schema="ssd_live")
        said = str(caught.value)
        assert said.startswith("none of the tables is in the database, such as `ssd_live.ssd_person` (")
        assert said.endswith("; `schema`, `prefix` and `tables` say where they are") and "\n" not in said
