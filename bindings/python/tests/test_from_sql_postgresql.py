"""The datasets of the case systems in PostgreSQL, by each of its drivers. Only a full run has the server."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import databases
import postgresql
import pytest
from csc_measures import Dataset, UnreadableError
from databases import Ssd, answers, driver, own_tables, read
from postgresql import OWNER, READER, Server

if not databases.IS_FULL:
    pytest.skip("a server is started by `cargo xtask test python --full` alone", allow_module_level=True)


class Open(NamedTuple):
    """A connection that is open."""

    connection: Any
    """What `from_sql` is given."""
    do: Callable[[str], Any]
    """Has a statement done in the same session, and gives its rows."""
    commit: Callable[[], Any]


def asked(connection: Any) -> Callable[[str], Any]:
    """How a statement is done by a connection of DB-API 2."""

    def do(statement: str) -> Any:
        cursor = connection.cursor()
        try:
            cursor.execute(statement)
            return cursor.fetchall() if statement.startswith("SELECT") else None
        finally:
            cursor.close()

    return do


@contextmanager
def plain(connection: Any) -> Iterator[Open]:
    """A connection of DB-API 2."""
    try:
        yield Open(connection, asked(connection), connection.commit)
    finally:
        connection.close()


def psycopg(server: Server, user: str, **options: Any) -> Any:
    return plain(driver("psycopg").connect(server.words(user), **options))


def psycopg_of_dicts(server: Server, user: str) -> Any:
    return psycopg(server, user, row_factory=driver("psycopg.rows").dict_row)


def psycopg_that_commits(server: Server, user: str) -> Any:
    return psycopg(server, user, autocommit=True)


def psycopg2(server: Server, user: str) -> Any:
    return plain(driver("psycopg2").connect(server.words(user)))


def psycopg2_that_commits(server: Server, user: str) -> Any:
    connection = driver("psycopg2").connect(server.words(user))
    connection.autocommit = True
    return plain(connection)


@contextmanager
def sqlalchemy(server: Server, user: str, scheme: str = "postgresql+psycopg") -> Iterator[Open]:
    engine = driver("sqlalchemy").create_engine(server.url(user, scheme))
    with engine.connect() as connection:
        yield Open(connection, asked(connection.connection.dbapi_connection), connection.commit)
    engine.dispose()


def sqlalchemy_over_psycopg2(server: Server, user: str) -> Any:
    return sqlalchemy(server, user, "postgresql+psycopg2")


@contextmanager
def engine(server: Server, user: str) -> Iterator[Open]:
    """An engine, all of whose connections are one."""
    made = driver("sqlalchemy").create_engine(server.url(user, "postgresql+psycopg"), pool_size=1, max_overflow=0)

    def do(statement: str) -> Any:
        with made.begin() as connection:
            return asked(connection.connection.dbapi_connection)(statement)

    yield Open(made, do, lambda: None)
    assert made.pool.checkedout() == 0
    made.dispose()


def adbc(server: Server, user: str) -> Any:
    return plain(driver("adbc_driver_postgresql.dbapi").connect(server.url(user)))


def pyodbc(server: Server, user: str) -> Any:
    odbc = driver("pyodbc")
    if "PostgreSQL Unicode" not in odbc.drivers():
        databases.lacking("the ODBC driver of PostgreSQL")
    return plain(odbc.connect(server.odbc(user)))


DRIVERS = [
    psycopg,
    psycopg_of_dicts,
    psycopg_that_commits,
    psycopg2,
    psycopg2_that_commits,
    sqlalchemy,
    sqlalchemy_over_psycopg2,
    engine,
    adbc,
    pyodbc,
]
# Those in whose transaction what was done before is there after a table that is missing.
KEPT = [psycopg, psycopg2, sqlalchemy, sqlalchemy_over_psycopg2, pyodbc]

drivers = pytest.mark.parametrize("opened", DRIVERS, ids=lambda one: one.__name__)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server, with a user who may read what the other makes and nothing more."""
    with postgresql.server() as started:
        with started.connect() as connection:
            connection.execute(f"CREATE ROLE {READER} LOGIN")
            connection.execute(f"ALTER ROLE {READER} SET default_transaction_read_only = on")
            connection.execute(f"ALTER ROLE {READER} SET log_statement = 'all'")
        yield started


def filled(server: Server, ssd: Ssd) -> str:
    """The schema of a system's dataset; it is made when it is first asked for."""
    schema = f"ssd_{ssd.system}"
    with server.connect() as connection:
        if not connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema]).fetchone():
            connection.execute(f"CREATE SCHEMA {schema}")
            databases.fill_postgresql(connection, ssd.tables, f"{schema}.{{}}")
            connection.execute(f"GRANT USAGE ON SCHEMA {schema} TO {READER}")
            connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {READER}")
    return schema


@drivers
def test_a_schema(opened: Any, server: Server, ssd: Ssd) -> None:
    schema = filled(server, ssd)
    with opened(server, READER) as it:
        data = read(it.connection, schema=schema, tables=own_tables(ssd.tables), batch_rows=100)
        assert answers(data) == ssd.expected
        # The connection is still there for its owner.
        assert len(it.do(f"SELECT pers_person_id FROM {schema}.ssd_person")) == 300


@drivers
def test_temporary_tables(opened: Any, server: Server, ssd: Ssd) -> None:
    schema = filled(server, ssd)
    with opened(server, OWNER) as it:
        for table in ssd.tables:
            it.do(f"CREATE TEMPORARY TABLE tmp_{table.name} AS SELECT * FROM {schema}.{table.name}")
        it.commit()
        data = read(it.connection, prefix="tmp_ssd_", tables=own_tables(ssd.tables, "tmp_{}"))
        assert answers(data) == ssd.expected


@pytest.mark.parametrize("opened", KEPT, ids=lambda one: one.__name__)
def test_what_was_not_committed_is_read_and_stays(opened: Any, server: Server) -> None:
    with opened(server, OWNER) as it:
        it.do("CREATE TEMPORARY TABLE ssd_person (pers_person_id INT, pers_dob DATE)")
        it.do("INSERT INTO ssd_person VALUES (1, '2010-05-01'), (2, '2011-05-01')")
        # All other tables are missing, and after each PostgreSQL answers nothing until one goes back.
        assert read(it.connection).person_count == 2
        assert len(it.do("SELECT * FROM ssd_person")) == 2
    with server.connect() as connection:
        assert connection.execute("SELECT to_regclass('ssd_person')").fetchone() == (None,)


def test_in_a_transaction_of_psycopg(server: Server) -> None:
    for commits in (False, True):
        with psycopg(server, OWNER, autocommit=commits) as it, it.connection.transaction():
            it.do("CREATE TEMPORARY TABLE ssd_person (pers_person_id INT, pers_dob DATE)")
            it.do("INSERT INTO ssd_person VALUES (1, '2010-05-01')")
            assert read(it.connection).person_count == 1
            assert len(it.do("SELECT * FROM ssd_person")) == 1


def test_in_a_transaction_that_has_failed(server: Server, ssd: Ssd) -> None:
    schema = filled(server, ssd)
    for opened in (psycopg, psycopg2, sqlalchemy):
        with opened(server, READER) as it:
            with pytest.raises(Exception, match="nowhere"):
                it.do("SELECT * FROM nowhere")
            assert read(it.connection, schema=schema).person_count == 300


@drivers
def test_a_schema_that_is_not_there(opened: Any, server: Server) -> None:
    with opened(server, READER) as it:
        with pytest.raises(UnreadableError) as caught:
            read(it.connection, schema="ssd_live")
        said = str(caught.value)
        assert said.startswith("none of the tables is in the database, such as `ssd_live.ssd_person` (")
        assert 'relation "ssd_live.ssd_person" does not exist' in said and "\n" not in said
        assert len(it.do("SELECT 1")) == 1


@drivers
def test_a_schema_that_may_not_be_read(opened: Any, server: Server) -> None:
    with server.connect() as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS shut")
    with opened(server, READER) as it:
        with pytest.raises(UnreadableError, match="table `.*` .*permission denied for schema shut"):
            read(it.connection, schema="shut")


@drivers
def test_a_table_that_may_not_be_read(opened: Any, server: Server) -> None:
    with server.connect() as connection:
        if not connection.execute("SELECT to_regclass('half.ssd_person')::text").fetchone()[0]:
            connection.execute("CREATE SCHEMA half")
            connection.execute("CREATE TABLE half.ssd_person (pers_person_id INT, pers_dob DATE)")
            connection.execute("CREATE TABLE half.ssd_cp_plans (cppl_cp_plan_id INT)")
            connection.execute(f"GRANT USAGE ON SCHEMA half TO {READER}")
            connection.execute(f"GRANT SELECT ON half.ssd_person TO {READER}")
    with opened(server, READER) as it:
        with pytest.raises(UnreadableError, match="table `cp_plans` .*permission denied for table ssd_cp_plans"):
            read(it.connection, schema="half")


@drivers
def test_only_known_columns_are_asked_for_and_nothing_is_written(opened: Any, server: Server, ssd: Ssd) -> None:
    schema = filled(server, ssd)
    before = len(server.said())
    with opened(server, READER) as it:
        read(it.connection, schema=schema, tables=own_tables(ssd.tables))
    said = server.said()[before:]
    statements = re.findall(r"LOG:  (?:statement|execute [^:]*): (.*)", said)
    # What a driver asks of its own is of the server's own tables.
    of_tables = [one for one in statements if schema in one]
    known = r"(\*|COUNT\(\*\)|[a-z_0-9]+(, [a-z_0-9]+)*)"
    select = re.compile(rf"SELECT {known} FROM {schema}\.\w+( WHERE 1=0)?", re.IGNORECASE)
    assert len(of_tables) >= 3 * len(ssd.tables)
    assert all(select.search(one) for one in of_tables), of_tables
    for one in statements:
        assert not re.search(r"\b(INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|TRUNCATE|LOCK)\b", one, re.IGNORECASE), one
    for column in ("forename", "surname", "upn", "unique_id", "postcode", "nationality"):
        assert not any(column in one for one in of_tables)
    # Every column only where no row is.
    assert all("WHERE 1=0" in one for one in of_tables if "*" in one and "COUNT" not in one)


@pytest.fixture()
def growing(server: Server) -> Iterator[Callable[..., None]]:
    """A table that another puts rows into while the next is read."""
    with server.connect() as other:
        other.execute("CREATE SCHEMA growing")
        other.execute("CREATE TABLE growing.ssd_person (pers_person_id INT, pers_dob DATE)")
        other.execute("INSERT INTO growing.ssd_person VALUES (1, '2010-05-01')")
        other.execute(f"GRANT USAGE ON SCHEMA growing TO {READER}")
        other.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA growing TO {READER}")
        other.commit()

        def grow(table: str, done: int, of: int) -> None:
            if (table, done) == ("persons", of):
                other.execute("INSERT INTO growing.ssd_person VALUES (2, '2011-05-01'), (3, '2012-05-01')")
                other.commit()

        yield grow
        other.execute("DROP SCHEMA growing CASCADE")


def changes(connection: Any, grow: Callable[..., None]) -> list[str]:
    """What is warned of tables that change."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        data = Dataset.from_sql(connection, schema="growing", progress=grow)
    assert data.person_count == 1
    return [str(one.message) for one in caught if str(one.message).startswith("table_changed:")]


@drivers
def test_a_table_that_is_being_filled(opened: Any, server: Server, growing: Callable[..., None]) -> None:
    with opened(server, READER) as it:
        (said,) = changes(it.connection, growing)
        assert said.startswith("table_changed:persons: 1 rows were read and `growing.ssd_person` now has 3; ")
        it.commit()


def test_one_moment_of_all_tables_is_the_callers_to_ask_for(server: Server, growing: Callable[..., None]) -> None:
    connection = driver("psycopg").connect(server.words(READER))
    connection.isolation_level = driver("psycopg").IsolationLevel.REPEATABLE_READ
    assert changes(connection, growing) == []
    connection.close()
