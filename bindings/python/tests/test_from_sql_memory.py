"""A million visits are read a batch at a time, by every driver that can give them so."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import databases
import postgresql
import pytest
from databases import driver
from postgresql import OWNER, Server

if sys.platform != "linux":
    pytest.skip("what memory a process has had is read as Linux writes it", allow_module_level=True)

MIB = 1 << 20
VISITS, PLANS = 1_000_000, 10_000

# What a batch of 50,000 rows of visits may take, as the values of Python and again as columns, with the driver's own.
BATCH = 64 * MIB
# What a row may take that is held until all tables are in, as those of the dataset's own names are.
HELD = 64 * VISITS

OWN = {"persons": "children", "cp_plans": "plans", "cp_visits": "visits"}
SSD: dict[str, str] = {}

# The numbers from 0 to below another: the statements below are of all three databases.
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {} - 1) "
DAY = {
    "sqlite": "datetime('{}', ({}) || ' days')",
    "duckdb": "TIMESTAMP '{}' + INTERVAL 1 DAY * ({})",
    "postgresql": "TIMESTAMP '{}' + INTERVAL '1 day' * ({})",
}


def statements(database: str) -> Iterator[str]:
    """Makes the tables: under the names of the dataset, with notes beside that nobody asks for, and as views of own
    names. Each plan has a visit a day for a hundred days, which every other plan had before June."""
    yield "CREATE TABLE ssd_person (pers_person_id INT, pers_dob DATE)"
    yield (
        "CREATE TABLE ssd_cp_plans (cppl_cp_plan_id INT, cppl_person_id INT, cppl_cp_plan_start_date TIMESTAMP, "
        "cppl_cp_plan_end_date TIMESTAMP)"
    )
    yield (
        "CREATE TABLE ssd_cp_visits (cppv_cp_visit_id INT, cppv_person_id INT, cppv_cp_plan_id INT, "
        "cppv_cp_visit_date TIMESTAMP, cppv_cp_visit_seen CHAR(1), cppv_cp_visit_seen_alone CHAR(1), notes_json TEXT)"
    )
    day = DAY[database].format
    yield f"INSERT INTO ssd_person {NUMBERS.format(PLANS)} SELECT i, {day('2008-01-01', 'i % 1000')} FROM n"
    yield f"INSERT INTO ssd_cp_plans {NUMBERS.format(PLANS)} SELECT i, i, {day('2016-01-01', 'i % 100')}, NULL FROM n"
    yield (
        f"INSERT INTO ssd_cp_visits {NUMBERS.format(VISITS)} SELECT i, i % {PLANS}, i % {PLANS}, "
        f"{day('2016-06-01', f'(i - i % {PLANS}) / {PLANS} - 100 * (i % 2)')}, 'Y', CASE WHEN i % 3 = 0 THEN 'Y' ELSE 'N' END, "
        "'a note that nobody asks for' FROM n"
    )
    yield "CREATE VIEW children AS SELECT pers_person_id AS person_id, pers_dob AS date_of_birth FROM ssd_person"
    yield (
        "CREATE VIEW plans AS SELECT cppl_cp_plan_id AS cp_plan_id, cppl_person_id AS person_id, "
        "cppl_cp_plan_start_date AS start_date, cppl_cp_plan_end_date AS end_date FROM ssd_cp_plans"
    )
    yield (
        "CREATE VIEW visits AS SELECT cppv_cp_visit_id AS cp_visit_id, cppv_person_id AS person_id, "
        "cppv_cp_visit_date AS date, cppv_cp_visit_seen AS seen, cppv_cp_visit_seen_alone AS seen_alone "
        "FROM ssd_cp_visits"
    )


def check(tables: dict[str, str], module: str, function: str, *arguments: Any) -> None:
    """Reads the tables in a process of their own, which may need but so much above the finished dataset."""
    program = Path(__file__).with_name("reading.py")
    words = [module, function, json.dumps(arguments), json.dumps(tables)]
    run = subprocess.run([sys.executable, program, *words], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    print(module, function, told["own"] / MIB, told["above"] / MIB)
    assert told["visits"] == VISITS and told["in_time"] == [PLANS / 2, PLANS]
    bound = BATCH + (HELD if tables is SSD else 0)
    assert told["above"] < bound, f"{told['above'] / MIB:.0f} MiB above a dataset of {told['own'] / MIB:.0f} MiB"
    assert told["own"] < HELD


full = pytest.mark.skipif(not databases.IS_FULL, reason="`cargo xtask test python --full` measures every driver")
names = pytest.mark.parametrize("tables", [OWN, SSD], ids=["own names", "names of the dataset"])


@pytest.fixture(scope="module")
def in_sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("sqlite") / "ssd.db")
    connection = sqlite3.connect(path)
    for statement in statements("sqlite"):
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


@names
def test_sqlite(tables: dict[str, str], in_sqlite: str) -> None:
    check(tables, "sqlite3", "connect", in_sqlite)


@full
@names
def test_adbc(tables: dict[str, str], in_sqlite: str) -> None:
    driver("adbc_driver_sqlite")
    check(tables, "adbc_driver_sqlite.dbapi", "connect", in_sqlite)


@full
@names
def test_duckdb(tables: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = str(tmp_path_factory.mktemp("duckdb") / "ssd.duckdb")
    connection = driver("duckdb").connect(path)
    for statement in statements("duckdb"):
        connection.execute(statement)
    connection.close()
    check(tables, "duckdb", "connect", path)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    if not databases.IS_FULL:
        pytest.skip("a server is started by `cargo xtask test python --full` alone")
    with postgresql.server() as started:
        with started.connect() as connection:
            for statement in statements("postgresql"):
                connection.execute(statement)
        yield started


@names
@pytest.mark.parametrize("module", ["psycopg", "psycopg2"])
def test_psycopg(module: str, tables: dict[str, str], server: Server) -> None:
    driver(module)
    check(tables, module, "connect", server.words(OWNER))


@names
def test_sqlalchemy(tables: dict[str, str], server: Server) -> None:
    driver("sqlalchemy")
    check(tables, "sqlalchemy", "create_engine", server.url(OWNER, "postgresql+psycopg"))


@names
def test_adbc_of_postgresql(tables: dict[str, str], server: Server) -> None:
    driver("adbc_driver_postgresql")
    check(tables, "adbc_driver_postgresql.dbapi", "connect", server.url(OWNER))


@names
def test_pyodbc(tables: dict[str, str], server: Server) -> None:
    driver("pyodbc")
    check(tables, "pyodbc", "connect", server.odbc(OWNER))
