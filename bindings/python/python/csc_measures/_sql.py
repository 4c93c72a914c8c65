"""Tables as a database has them: read by any connection of DB-API 2, SQLAlchemy, ADBC or DuckDB, never written."""

from __future__ import annotations

import importlib.util
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from . import _native, _progress
from .errors import BadTableError, BadValueError, UnreadableError

__all__ = ["add_all"]

PART = re.compile(r"#{0,2}[A-Za-z_][A-Za-z0-9_$]{0,127}")
MOST_PARTS = 3
ABSENT_STATES = ("42P01", "42S02")
ABSENT_WORDS = ("no such table", "does not exist", "invalid object name")
SSD = "ssd_"
NAME = "csc_measures"
"""The name of the cursor, and of the savepoint, in PostgreSQL."""


class _Place(NamedTuple):
    """Where a table may be."""

    table: str
    """The library's name of the table."""
    name: str
    """The name by which the library takes it: that of the Standard Safeguarding Dataset if it is one of it."""
    at: str
    """Its name in the database, which is safe in a statement."""


class _Found(NamedTuple):
    """A table that is there."""

    place: _Place
    columns: list[str]
    """The names of all its columns."""


def add_all(
    builder: _native.DatasetBuilder,
    connection: Any,
    schema: Any,
    tables: Any,
    prefix: str,
    batch_rows: int,
    progress: Any,
) -> None:
    """Adds the tables of a database to a builder: of those that are there the columns that the library knows."""
    if batch_rows < 1:
        raise BadValueError("`batch_rows` must be at least 1")
    places = _places(schema, tables, prefix)
    report = _progress.of(progress)
    with _plain(connection) as plain:
        found, absent = _look(plain, places)
        if not found:
            _refuse(absent)
        if absent:
            warnings.warn(f"tables that are not in the database are not read: {_list(absent)}", stacklevel=2)
        rows = []
        for done, one in enumerate(found):
            if report is not None:
                report(one.place.table, done, len(found))
            rows.append(_add(builder, plain, one, batch_rows))
            if report is not None:
                report(one.place.table, done + 1, len(found))
        for one, read in zip(found, rows):
            now = _count(plain, one.place)
            if now != read:
                warnings.warn(
                    f"table_changed:{one.place.table}: {read} rows were read and `{one.place.at}` now has {now}; "
                    "it is being filled, so read again when that is done",
                    stacklevel=2,
                )


def _places(schema: Any, tables: Any, prefix: str) -> list[_Place]:
    """Where to look for each table: under the caller's own name for it, or else under that of the dataset."""
    before = "" if schema is None else _checked(schema, "schema", MOST_PARTS - 1) + "."
    own = _own(tables)
    places = []
    for known in json.loads(_native.tables_json()):
        table, of_ssd = known["table"], known["ssd"]
        if table in own:
            key, at = own[table]
            if at is None:
                continue
            at = _checked(at, f"tables['{key}']", MOST_PARTS)
            is_ssd = key != table or _last(at).startswith(SSD)
        elif of_ssd is not None:
            at, is_ssd = _checked(prefix + of_ssd.removeprefix(SSD), "prefix", MOST_PARTS), True
        else:
            continue
        # A temporary table of SQL Server is in no schema.
        full = at if "." in at or at.startswith("#") else before + at
        places.append(_Place(table, of_ssd if is_ssd and of_ssd is not None else table, full))
    return places


def _own(tables: Any) -> dict[str, tuple[str, Any]]:
    """By table the caller's name for it, and where it is."""
    if tables is None:
        return {}
    if not isinstance(tables, Mapping):
        raise TypeError(
            "`tables` must be a dict of names in the database by table, such as {'persons': 'ssd_person_v2'}, "
            f"not {type(tables).__qualname__}"
        )
    own: dict[str, tuple[str, Any]] = {}
    for key, at in tables.items():
        if not isinstance(key, str):
            raise TypeError(f"the name of a table must be text, not {type(key).__qualname__}")
        table = _native.DatasetBuilder.table_name(key)
        if table in own:
            raise BadValueError(f"`tables` has table `{table}` twice")
        own[table] = (key, at)
    return own


def _checked(name: Any, what: str, most: int) -> str:
    """A name that is safe in a statement: nothing else is ever put into one."""
    if not isinstance(name, str):
        raise TypeError(f"`{what}` must be text, not {type(name).__qualname__}")
    parts = name.split(".")
    if len(parts) > most or not all(PART.fullmatch(part) for part in parts):
        raise BadValueError(
            f"`{what}`: a name in the database has at most {most} parts with a dot between them, each of letters, "
            "digits, `_` and `$`, in which # may come first; give a view if yours is another"
        )
    return name


def _last(name: str) -> str:
    """The last part of a name, without the # of a temporary table."""
    return name.rpartition(".")[2].lstrip("#").lower()


@contextmanager
def _plain(connection: Any) -> Iterator[Any]:
    """The connection below one of SQLAlchemy; one that an engine lends goes back to it."""
    if hasattr(connection, "raw_connection"):
        lent = connection.raw_connection()
        try:
            yield _of_driver(lent)
        finally:
            lent.close()
    elif hasattr(connection, "exec_driver_sql"):
        yield _of_driver(connection.connection)
    elif hasattr(connection, "cursor"):
        yield connection
    else:
        raise TypeError(
            "`connection` must be a connection of DB-API 2, SQLAlchemy, ADBC or DuckDB, or an engine of SQLAlchemy, "
            f"not {type(connection).__qualname__}"
        )


def _of_driver(lent: Any) -> Any:
    """The driver's own connection in one of a pool."""
    return getattr(lent, "dbapi_connection", None) or lent


def _is_psycopg(connection: Any) -> bool:
    """Whether it is of psycopg or psycopg2, whose usual cursor takes the whole answer before it gives a row."""
    return any(one.__module__.partition(".")[0] in ("psycopg", "psycopg2") for one in type(connection).__mro__)


def _is_duckdb(connection: Any) -> bool:
    """Whether it is a connection of DuckDB, which answers by itself: its cursor would not see temporary tables."""
    return hasattr(connection, "to_arrow_reader") or hasattr(connection, "fetch_record_batch")


@contextmanager
def _asked(connection: Any, statement: str, is_long: bool = False) -> Iterator[Any]:
    """The answer to a statement; the next may be asked when this one is closed. A long answer stays in the database
    until it is fetched."""
    if _is_duckdb(connection):
        answer = connection.execute(statement)
        try:
            yield answer
        finally:
            # It says no more before the answer is over.
            answer.fetchall()
        return
    if is_long and _is_psycopg(connection):
        # Outside a transaction a cursor of the server would be over at once, unless it is held.
        cursor = connection.cursor(NAME, withhold=bool(connection.autocommit))
    else:
        cursor = connection.cursor()
    try:
        cursor.execute(statement)
        yield cursor
    finally:
        cursor.close()


def _look(connection: Any, places: list[_Place]) -> tuple[list[_Found], list[tuple[_Place, str]]]:
    """The tables that are there with their columns, and those that are not, in the driver's words."""
    found, absent = [], []
    is_marked = _mark(connection)
    for place in places:
        try:
            with _asked(connection, f"SELECT * FROM {place.at} WHERE 1=0") as answer:
                columns = [str(column[0]) for column in answer.description]
        except Exception as error:
            said = _sentence(error)
            if is_marked:
                _say(connection, f"ROLLBACK TO SAVEPOINT {NAME}")
            if not _is_absent(error):
                raise UnreadableError(f"table `{place.table}` (`{place.at}`) cannot be read: {said}") from None
            absent.append((place, said))
            if not is_marked:
                _recover(connection)
        else:
            found.append(_Found(place, columns))
    if is_marked:
        _say(connection, f"RELEASE SAVEPOINT {NAME}")
    return found, absent


def _mark(connection: Any) -> bool:
    """Marks in a transaction of PostgreSQL how far it is, as after any error nothing more can be asked in it but to go
    back. What the caller did in it stays."""
    if not _is_psycopg(connection):
        return False
    try:
        _say(connection, f"SAVEPOINT {NAME}")
    except Exception:
        # Outside a transaction there is nothing to go back to; one that has failed already can only be ended.
        _recover(connection)
        return False
    return True


def _say(connection: Any, statement: str) -> None:
    """Has a statement done that gives no rows."""
    cursor = connection.cursor()
    try:
        cursor.execute(statement)
    finally:
        cursor.close()


def _recover(connection: Any) -> None:
    """Ends a transaction in which nothing more may be asked, as PostgreSQL has it after any error."""
    try:
        with _asked(connection, "SELECT 1") as answer:
            answer.fetchone()
    except Exception:
        connection.rollback()


def _is_absent(error: Exception) -> bool:
    states = [getattr(error, "sqlstate", None), getattr(error, "pgcode", None), *error.args[:1]]
    if any(state in ABSENT_STATES for state in states if isinstance(state, str)):
        return True
    words = _sentence(error).lower()
    return any(known in words for known in ABSENT_WORDS)


def _sentence(error: Exception) -> str:
    """What the driver says, in one line."""
    said: Any = error.args[-1] if error.args else ""
    if isinstance(said, bytes):
        said = said.decode("utf-8", "replace")
    lines = (said if isinstance(said, str) else str(error)).strip().splitlines()
    return lines[0].strip() if lines else type(error).__name__


def _list(absent: list[tuple[_Place, str]]) -> str:
    return "; ".join(f"`{place.table}` ({said})" for place, said in absent)


def _refuse(absent: list[tuple[_Place, str]]) -> None:
    """Raises what is said where no table is there."""
    if not absent:
        raise UnreadableError("no table is to be read: `tables` has None for each")
    place, said = absent[0]
    raise UnreadableError(
        f"none of the tables is in the database, such as `{place.at}` ({said}); "
        "`schema`, `prefix` and `tables` say where they are"
    )


def _add(builder: _native.DatasetBuilder, connection: Any, found: _Found, batch_rows: int) -> int:
    """Adds a table, and says how many rows there were."""
    place, names = found
    reads = builder.reads(place.name, names)
    known = [at for at, is_read in enumerate(reads) if is_read]
    if not known:
        return builder.add_batches(place.name, names, [])
    asked = [names[at] for at in known]
    if len({name.lower() for name in asked}) < len(asked):
        # Which of two of one name is meant can be said only by their places.
        return builder.add_batches(place.name, names, _batches(connection, place, "*", batch_rows, known))
    for name in asked:
        if not PART.fullmatch(name) or name.startswith("#"):
            raise BadTableError(
                f"table `{place.table}`: column `{name}` has a name that cannot be asked for; give a view in which it "
                "has another"
            )
    return builder.add_batches(place.name, names, _batches(connection, place, ", ".join(asked), batch_rows, None))


def _batches(
    connection: Any, place: _Place, columns: str, batch_rows: int, known: list[int] | None
) -> Iterator[Any]:
    """A table's rows in batches: of Arrow where the driver has it, else rows of values."""
    statement = f"SELECT {columns} FROM {place.at}"
    try:
        if _is_duckdb(connection) and _has_arrow():
            # By this way it makes no copy.
            relation = connection.sql(statement)
            read = getattr(relation, "to_arrow_reader", None) or relation.fetch_arrow_reader
            yield from _columns(read(batch_rows), known)
            return
        with _asked(connection, statement, is_long=True) as answer:
            if not _is_duckdb(connection) and hasattr(answer, "fetch_record_batch") and _has_arrow():
                yield from _columns(answer.fetch_record_batch(), known)
                return
            while rows := answer.fetchmany(batch_rows):
                yield rows if known is None else _of(rows, known)
                # Not to be held while the next are fetched.
                del rows
    except Exception as error:
        # What it says may repeat a value.
        raise UnreadableError(
            f"table `{place.table}` (`{place.at}`) cannot be read to its end: {type(error).__name__}"
        ) from None


def _columns(reader: Any, known: list[int] | None) -> Iterator[tuple[Any, ...]]:
    """The batches of Arrow, each as a tuple of its columns."""
    for batch in reader:
        yield tuple(batch.columns if known is None else (batch.column(at) for at in known))
        # Not to be held while the next is made.
        del batch


def _of(rows: Any, known: list[int]) -> list[list[Any]]:
    """The columns at those places."""
    return [[row[at] for at in known] for row in rows]


def _has_arrow() -> bool:
    """Whether pyarrow is there, of which drivers make what they give as Arrow."""
    return importlib.util.find_spec("pyarrow") is not None


def _count(connection: Any, place: _Place) -> int:
    """How many rows a table has by now."""
    try:
        with _asked(connection, f"SELECT COUNT(*) FROM {place.at}") as answer:
            row = answer.fetchone()
            return int(next(iter(row.values())) if isinstance(row, Mapping) else row[0])
    except Exception as error:
        raise UnreadableError(
            f"table `{place.table}` (`{place.at}`) cannot be counted: {type(error).__name__}"
        ) from None
