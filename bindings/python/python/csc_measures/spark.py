"""A scorecard of tables that Spark holds: executors work the parts of the persons out, and the driver puts them together.

It needs PySpark 4 and pyarrow, on the driver and on the executors, and this package on both::

    from csc_measures import spark

    card = spark.scorecard({"cp_plans": plans, "cp_visits": visits}, "2016-04", "2017-03")
    cards = spark.scorecard(tables, "2016-04", "2017-03", by_authority=True)

All rows of a person go to one part, by a digest of ``person_id``; ``cla_reviews`` go with the person of their period of
care. ``workers``, ``involvements``, ``care_proceedings`` and ``final_order_applications`` go to every part, where they are
looked up, and one part counts them; the other tables without a person go to one part. Results, groups and columns are those
of one process with all rows, byte for byte. Issues of the data have the numbers of the rows in their part.
"""

# PySpark is there only where it is wanted.
# pyright: reportMissingImports=false, reportAttributeAccessIssue=false

from __future__ import annotations

import io
import json
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, cast, overload

from . import Dataset, Part, Scorecard, _native
from . import errors as _errors
from .errors import BadTableError, BadValueError, CscMeasuresError

__all__ = ["scorecard"]

LOOKED_UP = ("workers", "involvements", "care_proceedings", "final_order_applications")
"""Tables that every part looks up."""

FIRST = 0
"""The part that counts what does not belong to a person."""

SKEWED = 4
"""How many times the rows of a part of equal size are worth a warning."""

FEW_ROWS = 10_000
"""With fewer rows a part is done at once, however much larger than the others it is."""

PERSON = "_csc_measures_person"
"""The column that says whose a review of care is."""

PACKED = "authority string, part int, name string, place bigint, rows binary"
"""Rows of one table for one part, as Arrow writes them, and where they lay."""

DONE = "authority string, part int, count bigint, made binary, error string, message string"
"""A part, or why there is none."""


@overload
def scorecard(
    tables: Mapping[str, Any],
    from_: str,
    to: str | None = None,
    *,
    parts: int | None = None,
    by_authority: Literal[False] | None = None,
    dates: Any = None,
    columns: Mapping[str, Mapping[str, str]] | None = None,
    extract_day: Any = None,
    **options: Any,
) -> Scorecard: ...
@overload
def scorecard(
    tables: Mapping[str, Any],
    from_: str,
    to: str | None = None,
    *,
    parts: int | None = None,
    by_authority: Literal[True] | str,
    dates: Any = None,
    columns: Mapping[str, Mapping[str, str]] | None = None,
    extract_day: Any = None,
    **options: Any,
) -> dict[str, Scorecard]: ...
def scorecard(
    tables: Mapping[str, Any],
    from_: str,
    to: str | None = None,
    *,
    parts: int | None = None,
    by_authority: bool | str | None = None,
    dates: Any = None,
    columns: Mapping[str, Mapping[str, str]] | None = None,
    extract_day: Any = None,
    **options: Any,
) -> Scorecard | dict[str, Scorecard]:
    """The scorecard of Spark DataFrames by the names of their tables, for the months from ``from_`` to ``to``.

    ``parts`` is how many parts the persons are split into: as many as the cluster works on at once, unless given; with
    ``by_authority`` one for each authority. ``by_authority=True`` makes a scorecard for each value of the column
    ``authority``, which every table has (a text names another column), and gives a dict of them; rows of an authority go
    only where its parts are. The tables are given by the library's own names. ``dates``, ``columns`` and ``extract_day``
    are those of ``Dataset``, the others (``plan``, ``policy``, ``targets``, ``measures``, ``breakdown``, ``by``,
    ``closures``, ``signals``, ``chart``, ``baseline``, ``rebase``, ``publish``) those of ``Dataset.part``.

    Warns if one part has far more rows than the others. Raises PartsError if rows that belong together are apart, such as
    an assessment and the referral of another child, or two rows with one id; BadTableError if a table cannot be taken.
    """
    if not tables:
        raise BadValueError("`tables` is empty; give Spark DataFrames by the names of their tables")
    frames = {_own_name(name): frame for name, frame in tables.items()}
    authority = "authority" if by_authority is True else by_authority or None
    count = parts if parts is not None else (1 if authority else _workers(next(iter(frames.values()))))
    if count < 1:
        raise BadValueError(f"`parts` is {count}; at least one part is needed")
    for name, frame in frames.items():
        if authority is not None and authority not in frame.columns:
            raise BadTableError(f"table `{name}` has no column `{authority}`, which says whose a row is")
    split = _Split(frames, authority, count, columns or {}, extract_day)
    reading = {"dates": dates, "columns": columns, "extract_day": extract_day}
    work = _work(split.schemas, from_, to, reading, options)

    packed = split.packed()
    done = packed.groupBy("authority", "part").applyInArrow(work, DONE).collect()
    made: dict[str, list[tuple[int, int, Part]]] = {}
    for row in done:
        if row["error"] is not None:
            _refuse(row["error"], row["part"], row["message"])
        made.setdefault(row["authority"], []).append((row["part"], row["count"], Part(bytes(row["made"]))))
    if authority is None:
        if not made:
            # Not a single row: what is known is that there are none.
            made[""] = [(FIRST, 0, _part(_empty(split.schemas), (), from_, to, reading, options))]
        return _merged(made[""], count, "")
    return {name: _merged(found, count, f" of {name}") for name, found in sorted(made.items())}


def _own_name(name: str) -> str:
    own = _native.DatasetBuilder.table_name(name)
    if own != name:
        raise BadTableError(
            f"table `{name}` must be given as `{own}`, with the columns of that table: how those of the Standard Safeguarding "
            "Dataset are read is decided from all their rows, which no part has"
        )
    return own


def _refuse(error: str, part: int, message: str) -> None:
    """Raises on the driver what an executor found wrong."""
    kind = cast("type[CscMeasuresError]", getattr(_errors, error))
    raise kind(f"part {part}: {message}")


def _workers(frame: Any) -> int:
    """How many tasks run at once, if the session says it."""
    try:
        return max(1, int(frame.sparkSession.sparkContext.defaultParallelism))
    except Exception:  # Spark Connect has no context.
        return 8


def _merged(found: list[tuple[int, int, Part]], count: int, of: str) -> Scorecard:
    rows = sum(one for _, one, _ in found)
    number, most, _ = max(found, key=lambda one: one[1])
    if count > 1 and most > FEW_ROWS and most * count > SKEWED * rows:
        _tell_skew(number, most, rows, count, of)
    return Scorecard.merge([part for *_, part in sorted(found, key=lambda one: one[0])])


def _tell_skew(number: int, most: int, rows: int, count: int, of: str) -> None:
    warnings.warn(
        f"part {number} has {most:,} of the {rows:,} rows{of} in {count} parts; the others wait for it", stacklevel=4
    )


class _Split:
    """Which rows go to which part."""

    def __init__(
        self,
        frames: dict[str, Any],
        authority: str | None,
        parts: int,
        columns: Mapping[str, Mapping[str, str]],
        extract_day: Any,
    ) -> None:
        from pyspark.sql import functions
        from pyspark.sql.pandas.types import to_arrow_schema

        self.authority = authority
        self.parts = parts
        declared = {table["table"]: [one["name"] for one in table["columns"]] for table in json.loads(_native.tables_json())}
        builder = _native.DatasetBuilder(None, "ignore", columns, extract_day, None)
        self.frames: dict[str, Any] = {}
        self.persons: dict[str, str | None] = {}
        """By table the column that says whose a row is."""
        known: dict[str, dict[str, str]] = {}
        for name, frame in frames.items():
            given = [column for column in frame.columns if column != authority]
            places = builder.places(name, given)
            read = builder.reads(name, given)
            known[name] = {declared[name][place]: column for column, place in zip(given, places) if place is not None}
            wanted = [column for column, is_read in zip(given, read) if is_read]
            # Of a column that is not read only the name is reported.
            others = [column for column, is_read in zip(given, read) if not is_read]
            kept = ([] if authority is None else [functions.col(_quoted(authority))]) + [
                functions.col(_quoted(column)) for column in wanted
            ]
            self.frames[name] = frame.select(
                *kept, *(functions.lit(None).cast("string").alias(column) for column in others)
            )
            self.persons[name] = known[name].get("person_id")
        self._join_reviews(known)
        self.schemas = {
            name: to_arrow_schema(frame.drop(*([] if authority is None else [authority]), PERSON).schema)
            for name, frame in self.frames.items()
        }

    def _join_reviews(self, known: dict[str, dict[str, str]]) -> None:
        """Gives reviews of care the person of their period."""
        reviews, episodes = self.frames.get("cla_reviews"), self.frames.get("cla_episodes")
        if reviews is None or episodes is None:
            return
        ours, theirs = known["cla_reviews"].get("cla_id"), known["cla_episodes"].get("cla_id")
        person = self.persons["cla_episodes"]
        if ours is None or theirs is None or person is None:
            return
        from pyspark.sql import functions

        def plain(column: str) -> Any:
            text = functions.trim(functions.col(_quoted(column)).cast("string"))
            return functions.regexp_replace(text, r"^([0-9]+)\.0+$", "$1")

        of = [] if self.authority is None else [functions.col(_quoted(self.authority)).alias("_of")]
        periods = episodes.select(plain(theirs).alias("_cla"), plain(person).alias(PERSON), *of)
        periods = periods.groupBy("_cla", *(["_of"] if of else [])).agg(functions.min(PERSON).alias(PERSON))
        same = plain(ours) == periods["_cla"]
        if self.authority is not None:
            same = same & (reviews[_quoted(self.authority)] == periods["_of"])
        joined = reviews.join(periods, same, "left").drop("_cla", "_of")
        self.frames["cla_reviews"], self.persons["cla_reviews"] = joined, PERSON

    def packed(self) -> Any:
        """All rows of all tables, each packed with others for its part."""
        packed = None
        for name, frame in self.frames.items():
            rows = frame.mapInArrow(
                _packer(name, self.persons[name], self.parts, self.authority, frame.columns), PACKED
            )
            packed = rows if packed is None else packed.unionAll(rows)
        return packed


def _quoted(column: str) -> str:
    return "`" + column.replace("`", "``") + "`"


def _packer(
    name: str, person: str | None, parts: int, authority: str | None, columns: list[str]
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Packs the rows of a table for their parts."""

    def pack(batches: Iterable[Any]) -> Iterator[Any]:
        import pyarrow as pa
        from pyspark import TaskContext

        context = TaskContext.get()
        place = (context.partitionId() if context is not None else 0) << 32
        for batch in batches:
            out: dict[str, list[Any]] = {"authority": [], "part": [], "name": [], "place": [], "rows": []}
            for of, rows in _of_each(batch, authority):
                for part, wanted in _parts_of(rows, name, person, parts):
                    place += 1
                    for key, value in zip(out, (of, part, name, place, _bytes(wanted))):
                        out[key].append(value)
            yield pa.RecordBatch.from_pydict(
                out,
                schema=pa.schema(
                    [
                        ("authority", pa.string()),
                        ("part", pa.int32()),
                        ("name", pa.string()),
                        ("place", pa.int64()),
                        ("rows", pa.binary()),
                    ]
                ),
            )

    return pack


def _of_each(batch: Any, authority: str | None) -> Iterator[tuple[str, Any]]:
    """The rows of each authority."""
    import pyarrow.compute as pc

    if authority is None:
        yield "", batch
        return
    of = pc.cast(batch.column(authority), "string")
    rest = batch.select([column for column in batch.schema.names if column != authority])
    for value in of.unique().to_pylist():
        if value is None:
            raise BadValueError(f"a row has no `{authority}`, so nobody knows whose it is")
        yield value, rest.filter(pc.equal(of, value))


def _parts_of(rows: Any, name: str, person: str | None, parts: int) -> Iterator[tuple[int, Any]]:
    """The rows for each part. The first always has some, perhaps none of them a row, so that it counts what does not belong to a person."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kept = rows.select([column for column in rows.schema.names if column != PERSON])
    if name in LOOKED_UP:
        for part in range(parts):
            yield part, kept
        return
    if person is None or parts == 1:
        yield FIRST, kept
        return
    ids = pc.utf8_trim_whitespace(pc.cast(rows.column(person), "string"))
    ids = pc.replace_substring_regex(ids, r"^([0-9]+)\.0+$", r"\1").dictionary_encode()
    of_id = [zlib.crc32((text or "").encode()) % parts for text in ids.dictionary.to_pylist()]
    part_of = pa.array(of_id, pa.int32()).take(ids.indices) if of_id else pa.nulls(len(ids), pa.int32())
    part_of = pc.fill_null(part_of, FIRST)
    yield FIRST, kept.filter(pc.equal(part_of, FIRST))
    for part in part_of.unique().to_pylist():
        if part != FIRST:
            yield part, kept.filter(pc.equal(part_of, part))


def _bytes(batch: Any) -> bytes:
    import pyarrow as pa

    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return sink.getvalue()


def _empty(schemas: dict[str, Any]) -> dict[str, Any]:
    return {name: schema.empty_table() for name, schema in schemas.items()}


def _work(
    schemas: dict[str, Any], from_: str, to: str | None, reading: dict[str, Any], options: dict[str, Any]
) -> Callable[..., Any]:
    """Makes a part of packed rows."""

    def work(key: Any, packed: Any) -> Any:
        import pyarrow as pa

        authority, part = (value.as_py() for value in key)
        batches: dict[str, list[Any]] = {name: [] for name in schemas}
        count = 0
        for row in sorted(packed.to_pylist(), key=lambda row: (row["name"], row["place"])):
            with pa.ipc.open_stream(row["rows"]) as stream:
                for batch in stream:
                    batches[row["name"]].append(batch)
                    count += batch.num_rows
        tables = _empty(schemas)
        tables.update({name: pa.Table.from_batches(found) for name, found in batches.items() if found})
        made, error, message = None, None, None
        try:
            looked_up = () if part == FIRST else tuple(name for name in LOOKED_UP if name in schemas)
            made = bytes(_part(tables, looked_up, from_, to, reading, options))
        except CscMeasuresError as failure:
            error, message = type(failure).__name__, str(failure)
        return pa.table(
            {
                "authority": pa.array([authority], pa.string()),
                "part": pa.array([part], pa.int32()),
                "count": pa.array([count], pa.int64()),
                "made": pa.array([made], pa.binary()),
                "error": pa.array([error], pa.string()),
                "message": pa.array([message], pa.string()),
            }
        )

    return work


def _part(
    tables: dict[str, Any],
    looked_up: tuple[str, ...],
    from_: str,
    to: str | None,
    reading: dict[str, Any],
    options: dict[str, Any],
) -> Part:
    dataset = Dataset(tables, look_up=list(looked_up), unknown_columns="ignore", **reading)
    return dataset.part(from_, to, **options)
