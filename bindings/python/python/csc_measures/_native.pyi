"""The native half. Everything that is public is in ``csc_measures``."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from typing import Any, Literal, final, overload

import numpy
import pandas
import polars
import pyarrow

from ._typing import (
    Chart,
    Clocks,
    Closures,
    Date,
    Dates,
    Frame,
    Month,
    PersonId,
    Policy,
    Progress,
    Rag as RagWord,
    SectionBy,
    Source,
    Target,
    Targets,
    UnknownColumns,
)
from .plan import Plan
from .rag import Rag
from .section import Section

__all__ = [
    "_break_an_invariant",
    "Answers",
    "AsAt",
    "Calendar",
    "Clock",
    "ClockStatus",
    "Dataset",
    "DatasetBuilder",
    "DueList",
    "OPTIMISED",
    "Part",
    "Person",
    "Published",
    "Quality",
    "Scorecard",
    "Table",
    "__version__",
    "clocks_json",
    "measure_rag",
    "measures_json",
    "plan_json",
    "tables_json",
]

__version__: str
OPTIMISED: bool

def _break_an_invariant(on_another_thread: bool) -> None:
    """Breaks an invariant of the core, on the calling thread or on another: tests see by it what a defect comes to."""

def plan_json(plan: str) -> tuple[str, str]:
    """A plan and its rows as JSON, by the id of a built-in plan or from the JSON of another, which is checked."""

def measures_json() -> str:
    """The catalogue of measures as JSON: the same text as from the library's other languages."""

def clocks_json() -> str:
    """Every clock as JSON, the same text as from the library's other languages."""

def tables_json() -> str:
    """The input tables and their columns as JSON."""

def measure_rag(measure: str, target: Target, numerator: int, denominator: int) -> str:
    """The colour of a figure of a measure against a target, from exact thousandths."""


@final
class Calendar:
    """The working days of a nation, 1995 to 2050: not Saturday, Sunday, a bank holiday or a council's closure.

    A function that takes a date takes a column of dates too, and answers with a column of the same type: a
    pandas or Polars Series, a pyarrow or numpy array, a list.

    >>> calendar = Calendar.england_and_wales(closures=["2017-04-12"])
    >>> calendar.working_days_between("2017-04-11", "2017-04-18")
    2

    A date outside these years raises OutsideCalendarError.
    """

    @staticmethod
    def england_and_wales(*, closures: Closures | None = None) -> Calendar:
        """England and Wales, with a council's closures or bank holidays that were announced since."""

    @staticmethod
    def scotland(*, closures: Closures | None = None) -> Calendar:
        """Scotland."""

    @staticmethod
    def northern_ireland(*, closures: Closures | None = None) -> Calendar:
        """Northern Ireland."""

    @property
    def nation(self) -> str:
        """The nation, as outputs name it: ``"england-and-wales"``."""

    @property
    def first(self) -> datetime.date:
        """The first day."""

    @property
    def last(self) -> datetime.date:
        """The last day."""

    @property
    def published_until(self) -> datetime.date:
        """The last day for which the bank holidays are announced; later ones are worked out by the rules."""

    @property
    def holidays(self) -> list[tuple[datetime.date, str]]:
        """The bank holidays in order, each with its name."""

    @property
    def closures(self) -> list[datetime.date]:
        """The further days that were added, in order."""

    @overload
    def is_working_day(self, day: Date) -> bool: ...
    @overload
    def is_working_day(self, day: Any) -> Any:
        """Whether a day, or each of a column, is a working day; null for null."""

    @overload
    def next_working_day(self, day: Date) -> datetime.date: ...
    @overload
    def next_working_day(self, day: Any) -> Any:
        """The first working day after a day, or after each of a column; null for null."""

    @overload
    def previous_working_day(self, day: Date) -> datetime.date: ...
    @overload
    def previous_working_day(self, day: Any) -> Any:
        """The last working day before a day, or before each of a column; null for null."""

    @overload
    def working_days_between(self, start: Date, end: Date) -> int: ...
    @overload
    def working_days_between(self, start: Any, end: Any) -> Any:
        """The working days after ``start``, up to and including ``end``; 0 if ``end`` is not after ``start``.

        Either may be a column; a single date is used for every row, and null gives null.
        """

    @overload
    def add_working_days(self, start: Date, working_days: int) -> datetime.date: ...
    @overload
    def add_working_days(self, start: Any, working_days: int) -> Any:
        """The last day in time of a limit that started on a day: the first day by which so many working days
        have passed.

        Days off straight after it are still in time: test the count, not this date.
        """

    def _is_working_day(self, days: Any) -> Answers: ...
    def _working_days_between(self, starts: Any, ends: Any) -> Answers: ...
    def _add_working_days(self, starts: Any, working_days: int) -> Answers: ...
    def _next_working_day(self, days: Any) -> Answers: ...
    def _previous_working_day(self, days: Any) -> Answers: ...

@final
class Clock:
    """A timescale: how long there is from a start, what is counted, and the source of the limit.

    A council's own terms are given by name: ``Clock("cp_visit", working_days=10, amber=3)``. The limit is that of the
    clock's last version, or of the version in force ``on`` a day: ``Clock("cla_first_review", on="2010-05-01")``.

    >>> Clock("assessment").due("2017-03-01", Calendar.england_and_wales())
    datetime.date(2017, 5, 8)

    An id that no clock has raises UnknownNameError with the nearest.
    """

    def __new__(
        cls,
        id: str,
        *,
        on: Date | None = None,
        working_days: int | None = None,
        days: int | None = None,
        months: int | None = None,
        count_start_day: bool = False,
        amber: int | None = None,
    ) -> Clock: ...
    @staticmethod
    def all() -> list[Clock]:
        """Every clock, in the order of a child's journey."""

    def versions(self) -> list[Clock]:
        """Every version of the clock, by date."""

    def at(self, on: Date) -> Clock:
        """The version in force on a day, with that version's own limit.

        A day on which no version is in force raises BadValueError.
        """

    @property
    def id(self) -> str:
        """The clock's id, such as ``"cp_visit"``."""

    @property
    def title(self) -> str:
        """What is due, and from when."""

    @property
    def limit(self) -> int | None:
        """How long there is; None if the law sets no number of days, so that nothing is due on a date."""

    @property
    def unit(self) -> str | None:
        """What the limit counts: ``working_days``, ``days`` or ``months``; None without a limit."""

    @property
    def as_written(self) -> str:
        """The limit of the version as the law or the guidance writes it, such as ``6 weeks``."""

    @property
    def version(self) -> int:
        """The number of the version: 1 for the first."""

    @property
    def in_force_from(self) -> datetime.date:
        """The first day on which the version is in force."""

    @property
    def in_force_to(self) -> datetime.date | None:
        """The last day on which the version is in force; None if it is still in force."""

    @property
    def relaxed(self) -> str | None:
        """What the law put in place of the limit, if it suspended the limit in these days."""

    @property
    def standing(self) -> str:
        """Who set it: ``national``, ``local``, ``context`` (a statistic) or ``not_commenced``."""

    @property
    def limit_certainty(self) -> str:
        """How sure the library is of the limit: ``verified``, ``second-hand`` or ``from-knowledge``."""

    @property
    def dates_certainty(self) -> str:
        """How sure the library is of the days on which it is in force."""

    @property
    def counts_start_day(self) -> bool:
        """Whether the day it starts on is day 1."""

    @property
    def amber(self) -> int:
        """How long before the due date it turns amber: in working days for such a limit, else days."""

    @property
    def measures(self) -> list[str]:
        """The measures that use it."""

    @property
    def note(self) -> str:
        """What else there is to know about the limit; may be empty."""

    @property
    def source(self) -> str:
        """The regulation or guidance."""

    @overload
    def due(self, start: Date, calendar: Calendar | None = None) -> datetime.date: ...
    @overload
    def due(self, start: Any, calendar: Calendar | None = None) -> Any:
        """The due date, of one start or of each of a column: for a clock of working days the last working day in time.

        Without a calendar, that of England and Wales is used.
        """

    @overload
    def in_time(self, start: Date, done: Date, calendar: Calendar | None = None) -> bool: ...
    @overload
    def in_time(self, start: Any, done: Any, calendar: Calendar | None = None) -> Any:
        """Whether what started on one day and was done on another was done in time; either may be a column."""

    def _due(self, starts: Any, calendar: Calendar | None) -> Answers: ...
    def _in_time(self, starts: Any, done: Any, calendar: Calendar | None) -> Answers: ...
    def _status(self, starts: Any, done: Any, as_at: Date, calendar: Calendar | None) -> Table: ...
    @overload
    def status(
        self,
        start: Date,
        done: Date | None = None,
        as_at: Date | None = None,
        calendar: Calendar | None = None,
    ) -> ClockStatus: ...
    @overload
    def status(
        self,
        start: Any,
        done: Any = None,
        as_at: Date | None = None,
        calendar: Calendar | None = None,
    ) -> Any:
        """How an obligation stood at the end of the day ``as_at``, which must be given.

        What was done after ``as_at`` had not happened yet. ``start`` and ``done`` may be columns: then there is a row of
        ``outcome``, ``due``, ``first_late_day``, ``days_left``, ``days_over`` and ``rag`` for each start, as a frame of the
        library that the column is of, else as a Table. A start that is null has a row of nulls; where ``done`` is null it
        is not done.
        """

    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def _repr_html_(self) -> str: ...

@final
class ClockStatus:
    """How an obligation under a clock stood at the end of a day."""

    @property
    def outcome(self) -> str:
        """``met``, ``late``, ``not_yet_due`` or ``overdue``."""

    @property
    def rag(self) -> Rag:
        """Green if done in time or due later than the warning window, amber if due within it, red if late or overdue."""

    @property
    def due(self) -> datetime.date:
        """The due date."""

    @property
    def first_late_day(self) -> datetime.date:
        """The first day on which it is late."""

    @property
    def days_left(self) -> int | None:
        """If not done and in time, the clock's units to the due date, and 0 from the due date on."""

    @property
    def days_over(self) -> int | None:
        """If done late or overdue, by how many of the clock's units."""

    def to_json(self) -> str:
        """The status as JSON: the same text as from the library's other languages."""

    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Answers:
    """A column of answers, one for each row asked about: dates, counts or booleans, with nulls.

    Any library with the Arrow protocol takes it as it is.
    """

    @staticmethod
    def _of_days(days: bytes) -> Answers: ...
    def _plain(self) -> tuple[str, bytes, bytes | None]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, row: int, /) -> Any: ...
    def to_list(self) -> list[Any]:
        """The values as Python objects, ``None`` for null."""

    def to_numpy(self) -> numpy.ndarray[Any, Any]:
        """``datetime64[D]`` with NaT, ``int32`` or ``bool``; with nulls ``float64`` with NaN, or objects."""

    def to_pandas(self) -> pandas.Series:
        """A Series: ``datetime64[s]``, or ``int32`` and ``bool``, nullable if there are nulls."""

    def to_polars(self) -> polars.Series:
        """A Polars Series."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...

@final
class Table:
    """A table of answers. pandas, Polars, pyarrow, DuckDB, narwhals and others take it by the Arrow protocol.

    ``table[0]`` is a row as a dict, ``table["due"]`` a column as a list, ``table[:10]`` a table of the first rows. Tables
    with the same columns and rows are equal. ``print(table)`` shows the first rows.
    """

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""

    @property
    def _kinds(self) -> list[tuple[str, str, bool]]: ...
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, key: int, /) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, key: str, /) -> list[Any]: ...
    @overload
    def __getitem__(self, key: slice, /) -> Table: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __iter__(self) -> Iterator[dict[str, Any]]: ...
    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows, each a dict; dates are ``datetime.date``."""

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns, each a list."""

    def to_json(self) -> str:
        """The table as JSON: the same text as from the library's other languages, numbers exact.

        The JSON of cases and of signals is not one of rows, and a slice of them has none: it raises BadValueError.
        """

    @overload
    def to_csv(self, path: None = None, *, raw: bool = False) -> str: ...
    @overload
    def to_csv(self, path: str | PathLike[str], *, raw: bool = False) -> None:
        """The table as CSV, for spreadsheets: lists are texts with ``;`` between their items, and what is null is empty.

        With a ``path`` it is written there as UTF-8, and else given back as text. A text that a spreadsheet would run as a
        formula has a ``'`` before it; ``raw=True`` writes texts as they are, for programs that read them back.

        Raises OSError if the file cannot be written.
        """

    def to_parquet(self, path: str | PathLike[str]) -> None:
        """Writes the table as a Parquet file: lists are texts with ``;`` between their items, dates are dates.

        Raises OSError if the file cannot be written.
        """

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame: dates are ``datetime64``, counts integers (nullable if there are nulls)."""

    def to_polars(self) -> polars.DataFrame:
        """A Polars data frame."""

    def to_arrow(self) -> pyarrow.Table:
        """A pyarrow table."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __arrow_c_schema__(self) -> Any: ...
    def __narwhals_dataframe__(self) -> Any: ...
    def _repr_html_(self) -> str: ...

@final
class DatasetBuilder:
    """Takes tables. Use it as ``Dataset({...})``."""

    def __new__(
        cls,
        dates: Dates | None,
        unknown_columns: UnknownColumns | None,
        columns: Mapping[str, Mapping[str, str]] | None,
        extract_day: Date | None,
        look_up: Iterable[str] | str | None,
    ) -> DatasetBuilder: ...
    def places(self, table: str, names: list[str]) -> list[int | None]: ...
    def reads(self, table: str, names: list[str]) -> list[bool]: ...
    @staticmethod
    def table_name(name: str) -> str: ...
    def declare_others(self) -> None: ...
    def add_batches(self, table: str, names: list[str], batches: Iterable[Any]) -> int: ...
    def add_arrow(self, table: str, frame: Any) -> bool: ...
    def add_columns(self, table: str, columns: dict[str, Any]) -> None: ...
    def add_rows(self, table: str, rows: Any) -> None: ...
    def build(self) -> Dataset: ...

@final
class Dataset:
    """An authority's tables, read and checked. It never changes, and any number of threads may ask it at once.

    ``Dataset({"cp_plans": frame, "cp_visits": frame})`` takes frames by the names of the tables: anything with the
    Arrow protocol, dicts of columns, lists of dicts. Column names may be in capitals or small letters, with or without
    ``_``; ``columns={"cp_plans": {"PersonID": "person_id"}}`` gives yours. Columns that the library does not know are
    not read. ``unknown_columns`` is ``"warn"`` (a warning, if the name is nearly that of an absent column),
    ``"error"`` or ``"ignore"``. ``dates`` is ``"uk"`` for texts such as 31/03/2017, or says so by table
    (``{"cp_visits": "uk"}``). ``extract_day`` is the day on which tables of the Standard Safeguarding Dataset were
    extracted, else the latest on which anything was recorded. ``look_up`` names tables that are there only to be looked
    up, because another part of the authority counts them: ``workers``, ``involvements``, ``care_proceedings``,
    ``final_order_applications``. With ``declare_others`` every table that is not named is supplied and empty, for all
    that a system knows of one child: a child with a plan and no row of visits is then owed a visit. A row that makes no sense is left out and listed in
    ``issues``; a table that cannot be taken raises BadTableError.
    """

    def __new__(
        cls,
        tables: Mapping[str, Frame],
        *,
        dates: Dates | None = None,
        unknown_columns: UnknownColumns | None = None,
        columns: Mapping[str, Mapping[str, str]] | None = None,
        extract_day: Date | None = None,
        look_up: Iterable[str] | str | None = None,
        declare_others: bool = False,
        progress: Progress | None = None,
    ) -> Dataset: ...
    @staticmethod
    def read(
        paths: str | PathLike[str] | Sequence[str | PathLike[str]],
        *,
        dates: Dates | None = None,
        choose: Mapping[str, Source] | None = None,
        as_at: Date | None = None,
        unknown_columns: UnknownColumns | None = None,
        columns: Mapping[str, Mapping[str, str]] | None = None,
        extract_day: Date | None = None,
        memory_limit: int | None = None,
        progress: Progress | None = None,
    ) -> Dataset:
        """Reads files and folders: tables, each a CSV or Parquet file, and returns as councils send them.

        A folder has tables or returns: SSDA903 (CSV), the children in need census (XML), Annex A (Excel), the
        children's social care API (JSON), the social work workforce census (XML). ``choose={"persons": "cin_census"}``
        says which source a table is taken from if several have it; ``as_at`` is the day of an Annex A workbook, else the
        latest on which anything in it happened. ``tables`` says where each table came from.

        A file that looks like a table and is not one, such as ``cp_plan.csv``, raises a warning; ``dates``, ``unknown_columns``,
        ``columns`` and ``extract_day`` are as for frames. What is read may be held in ``memory_limit`` bytes, about 4 GiB
        unless told; more is an error that names the file.
        """

    @staticmethod
    def from_sql(
        connection: Any,
        schema: str | None = None,
        tables: Mapping[str, str | None] | None = None,
        prefix: str = "ssd_",
        columns: Mapping[str, Mapping[str, str]] | None = None,
        batch_rows: int | None = None,
        *,
        dates: Dates | None = None,
        unknown_columns: UnknownColumns | None = None,
        extract_day: Date | None = None,
        progress: Progress | None = None,
    ) -> Dataset:
        """The tables of a database, by a connection of DB-API 2, SQLAlchemy (or an engine of it), ADBC or DuckDB.

        Of the tables of the Standard Safeguarding Dataset, with ``prefix`` before their names and in ``schema``, those
        that are there are read, and of them no column but those that the library knows; nothing is written, and the
        connection stays open. ``tables={"persons": "ssd_person_v2"}`` says where a table is that has another name, or
        by None that it is not to be read; ``columns``, ``dates``, ``unknown_columns`` and ``extract_day`` are as for frames. Rows
        come ``batch_rows`` at a time, 50,000 unless told, as Arrow where the driver has it.

        One warning lists the tables that are not there, in the driver's words. Another, ``table_changed:<table>``, says
        that a table does not have at the end the number of rows that were read: it is being filled, so read again. A
        table that may not be read is an UnreadableError, and so is a database with none of the tables.
        """

    @property
    def issues(self) -> Table:
        """What is wrong with the data, a row an issue: table, row (1 = the first), record, code, message, column."""

    @property
    def tables(self) -> Table:
        """The tables that were given, with their rows and how many of them are used."""

    @property
    def sources(self) -> list[dict[str, Any]]:
        """What ``Dataset.read`` found, a source a dictionary: its kind, files and tables, the day that it is as at, the years of
        a return of several years, each by the calendar year in which it ends, and what is to be told of them.
        """

    @property
    def columns(self) -> Table:
        """Every column of the tables that were given: whether it was read, is absent or unknown, its name in the data, how
        many rows are null or not understood, and the nearest name.
        """

    @property
    def person_count(self) -> int:
        """The number of persons that any table names."""

    def scorecard(
        self,
        first: Month,
        last: Month | None = None,
        *,
        plan: Plan | str | Mapping[str, Any] | None = None,
        policy: Policy | None = None,
        targets: Targets | None = None,
        measures: Iterable[str] | str | None = None,
        breakdown: Iterable[str] | str | None = None,
        by: SectionBy | None = None,
        closures: Closures | None = None,
        signals: bool | None = None,
        chart: Mapping[str, Chart] | None = None,
        baseline: int | Mapping[str, int] | None = None,
        rebase: Mapping[str, Iterable[str]] | None = None,
        threads: int | None = None,
    ) -> Scorecard:
        """The measures for a run of months, both ends included; without ``last``, for one month.

        ``breakdown`` names dimensions, such as ``["sex", "age", "team"]``: ``groups`` of the scorecard has the results of
        each group. ``by`` adds the results' sections to the JSON, and ``signals=True`` the signals. ``chart`` has control charts by
        row, ``baseline`` how many points limits are taken from (a number, or one by row), ``rebase`` by row the months
        from which its chart starts anew. The answer does not depend on ``threads``.
        """

    def with_person(
        self,
        tables: Mapping[str, Frame],
        *,
        dates: Dates | None = None,
        columns: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Dataset:
        """Another dataset, in which one child has the rows of ``tables`` in place of those before.

        A child who was not there is added. It costs no more in a dataset of many children: everything but the child's
        rows is shared, and this dataset stays as it is. ``tables`` are all rows of the child, of every table that is kept
        by person, with the ``cla_reviews`` of the child's periods of care: what is not given is not there any more. They
        have the columns that the dataset has. ``workers``, ``care_proceedings`` and the other tables that are no child's
        stay, and so does what all rows together decide: the counts of tables and columns, and their first and last dates.

        Rows of several persons, or that hang together with another person's, are a BadValueError, other tables or columns
        a BadTableError. Of such a dataset there are no parts, and no quality. ``dates`` and ``columns`` are as for frames.
        """

    def without_person(self, person_id: PersonId) -> Dataset:
        """Another dataset without one child, which shares everything else with this one."""

    def person(
        self,
        person_id: PersonId,
        as_at: Date,
        *,
        plan: Plan | str | Mapping[str, Any] | None = None,
        policy: Policy | None = None,
        measures: Iterable[str] | str | None = None,
        closures: Closures | None = None,
    ) -> Person:
        """One child as at the end of a day: the cohorts, and everything open, soonest first."""

    def due_list(
        self,
        as_at: Date,
        *,
        within: int | None = None,
        rag: Iterable[RagWord | Rag] | RagWord | Rag | None = None,
        clocks: Clocks | Clock | None = None,
        teams: Iterable[str] | str | None = None,
        plan: Plan | str | Mapping[str, Any] | None = None,
        policy: Policy | None = None,
        measures: Iterable[str] | str | None = None,
        closures: Closures | None = None,
    ) -> DueList:
        """What is due to everybody as at the end of a day, soonest first.

        ``within`` is a number of working days; what is overdue and what has no date are always listed.
        """

    def quality(
        self,
        first: Month | None = None,
        last: Month | None = None,
        *,
        as_at: Date | None = None,
        plan: Plan | str | Mapping[str, Any] | None = None,
        policy: Policy | None = None,
        measures: Iterable[str] | str | None = None,
        closures: Closures | None = None,
    ) -> Quality:
        """What became of the data: by table and column the rows, nulls, issues and last dates, and for each kind of issue
        the measures and months that it touches, and by how many cases.

        Without months, the year up to the month of the day that the data are as at is looked at. That day is ``as_at``,
        or else the last on which anything in the data happened.
        """

    def as_at(
        self,
        day: Date,
        *,
        plan: Plan | str | Mapping[str, Any] | None = None,
        policy: Policy | None = None,
        measures: Iterable[str] | str | None = None,
        closures: Closures | None = None,
    ) -> AsAt:
        """The dataset as at the end of a day, to be asked for many children."""

    def part(
        self,
        first: Month,
        last: Month | None = None,
        *,
        index: int | None = None,
        of: int | None = None,
        plan: Plan | str | Mapping[str, Any] | None = None,
        policy: Policy | None = None,
        targets: Targets | None = None,
        measures: Iterable[str] | str | None = None,
        breakdown: Iterable[str] | str | None = None,
        by: SectionBy | None = None,
        closures: Closures | None = None,
        signals: bool | None = None,
        chart: Mapping[str, Chart] | None = None,
        baseline: int | Mapping[str, int] | None = None,
        rebase: Mapping[str, Iterable[str]] | None = None,
        publish: bool = False,
    ) -> Part:
        """What these rows add up to, for rows that are a part of an authority's; or share ``index`` (from 0) of ``of``
        equal shares of the persons of this dataset. ``Scorecard.merge`` makes the whole from all of them; if the whole is to
        be published, each is made with ``publish=True``.
        """

    def __copy__(self) -> Dataset: ...
    def __deepcopy__(self, memo: Any) -> Dataset: ...

@final
class AsAt:
    """A dataset as it stood at the end of a day, to be asked for many children."""

    def person(self, person_id: PersonId) -> Person:
        """One child: the cohorts, and everything open, soonest first."""

    def due_list(
        self,
        *,
        within: int | None = None,
        rag: Iterable[RagWord | Rag] | RagWord | Rag | None = None,
        clocks: Clocks | Clock | None = None,
        teams: Iterable[str] | str | None = None,
    ) -> DueList:
        """What is due to everybody, soonest first."""

@final
class Person:
    """One child as at a date: the cohorts, and everything that is open, soonest first."""

    @property
    def id(self) -> str:
        """The child's id."""

    @property
    def as_at(self) -> datetime.date:
        """The day at whose end things stood so."""

    @property
    def age(self) -> int | None:
        """The age in years; None if the date of birth is not known, or before birth."""

    @property
    def worker(self) -> str | None:
        """The lead worker."""

    @property
    def team(self) -> str | None:
        """The lead worker's team."""

    @property
    def cohorts(self) -> list[dict[str, Any]]:
        """The cohorts that the child is in: ``cohort``, ``record``, ``since``."""

    @property
    def obligations(self) -> Table:
        """What is open, soonest first, those without a date last."""

    @property
    def not_supplied(self) -> list[tuple[str, list[str]]]:
        """The measures that could not be judged, each with the tables that it lacks."""

    @property
    def warnings(self) -> list[str]:
        """Warnings: tables that were not supplied and change the picture."""

    def to_json(self) -> str:
        """The view as JSON: the same text as from the library's other languages."""

    def __len__(self) -> int: ...
    def _repr_html_(self) -> str: ...

@final
class DueList:
    """What is due to everybody as at a date, soonest first, those without a date last."""

    @property
    def as_at(self) -> datetime.date:
        """The day at whose end things stood so."""

    @property
    def calendar(self) -> str:
        """The nation whose bank holidays count."""

    @property
    def policy(self) -> dict[str, Any]:
        """Every policy with its value."""

    @property
    def obligations(self) -> Table:
        """What is open, soonest first, those without a date last."""

    @property
    def not_supplied(self) -> list[tuple[str, list[str]]]:
        """The measures that could not be judged, each with the tables that it lacks."""

    @property
    def warnings(self) -> list[str]:
        """Warnings: tables that were not supplied and change the picture."""

    def to_json(self) -> str:
        """The list as JSON: the same text as from the library's other languages."""

    @overload
    def to_excel(
        self,
        path: None = None,
        *,
        authority: str | None = None,
        lists: bool = True,
    ) -> bytes: ...
    @overload
    def to_excel(
        self,
        path: str | PathLike[str],
        *,
        authority: str | None = None,
        lists: bool = True,
    ) -> None:
        """A workbook of Excel of what is due as a team works through it: one line for each thing to be done, the children who are
        unseen first, and how much each team and each worker has.

        With a ``path`` it is written there, and else given back as bytes; with ``lists=False`` only the counts of teams are in.

        Raises ValueError if a text is longer than a cell can hold, and OSError if the file cannot be written.
        """

    def __len__(self) -> int: ...
    def _repr_html_(self) -> str: ...

@final
class Quality:
    """What became of the data, table by table, and which figures each kind of issue touches."""

    @property
    def as_at(self) -> datetime.date | None:
        """The day that the data are as at; None if nothing says so."""

    @property
    def first(self) -> str | None:
        """The first month whose figures were looked at, such as ``"2016-04"``; None if none was."""

    @property
    def last(self) -> str | None:
        """The last month."""

    @property
    def policy(self) -> dict[str, Any]:
        """Every policy with its value."""

    @property
    def tables(self) -> list[dict[str, Any]]:
        """The tables that were given: their rows, issues and last dates, and ``columns`` with theirs."""

    @property
    def issues(self) -> list[dict[str, Any]]:
        """The kinds of issues by table, column and code, each with the ``measures`` and months that it touches, and by how
        many cases.
        """

    def to_dict(self) -> dict[str, Any]:
        """The report as dicts and lists, dates and months as text: what ``to_json`` says."""

    def to_json(self) -> str:
        """The report as JSON: the same text as from the library's other languages."""

    def _repr_html_(self) -> str: ...

@final
class Scorecard:
    """The results of every measure for a run of months, with the cases behind each.

    ``pickle`` carries a scorecard as its sums: what comes out has the same results, groups, signals and issues, and can be
    published, but it cannot list cases, as one that was merged from parts cannot.
    """

    @staticmethod
    def merge(parts: Iterable[Part | bytes | str]) -> Scorecard:
        """The parts of an authority put together: exactly the scorecard of the whole, but without its cases.

        Raises PartsError if a part is missing, there twice, or made with other months or options.
        """

    @property
    def plan(self) -> str:
        """The id of the plan."""

    @property
    def plan_definition(self) -> Plan:
        """The plan itself."""

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the plan's rows by id, each followed by the policies that were changed and bear on its figure."""

    @property
    def calendar(self) -> str:
        """The nation whose bank holidays count."""

    @property
    def policy(self) -> dict[str, Any]:
        """Every policy with its value."""

    @property
    def targets(self) -> dict[str, dict[str, Any]]:
        """The targets that were given."""

    @property
    def definitions(self) -> dict[str, Any]:
        """The versions of the definitions by which the figures were worked out."""

    @property
    def first(self) -> str:
        """The first month, such as ``"2016-04"``."""

    @property
    def last(self) -> str:
        """The last month."""

    @property
    def results(self) -> Table:
        """One row for each measure and month."""

    @property
    def groups(self) -> Table:
        """The results of the groups of the ``breakdown`` that was asked for: one row for each measure, month, dimension
        and group, with sums, outcomes, value, 95 % interval and funnel. What is not recorded is a group of its own, null.
        """

    @property
    def signals(self) -> Table:
        """What the control chart of each measure says of each month, one point a row.

        They are there whether or not ``signals=True`` put them into the JSON.
        """

    def cases(
        self,
        measure: Iterable[str] | str | None = None,
        month: Month | None = None,
        *,
        last: Month | None = None,
    ) -> Table:
        """The cases behind a figure, with their reasons.

        ``measure`` may be several ids, and is all of them without one; ``last`` is the last of several months, and without
        any month they are all those of the scorecard.
        """

    def change(self, measure: str, first: Month, last: Month) -> dict[str, Any]:
        """Why a figure moved from one month to another: the difference split into cases that joined, left, changed and
        stayed, which add up to it.
        """

    def compare(self, later: Scorecard) -> list[dict[str, Any]]:
        """What a scorecard of later data says otherwise of the same months: for each measure and month that differ, the
        cases that were recorded late, removed and put right.
        """

    @property
    def issues(self) -> Table:
        """What is wrong with the data, one issue a row."""

    @property
    def tables(self) -> Table:
        """The tables that were given, with their rows and how many of them are used."""

    def by_outcome(self) -> list[Section]:
        """The results by the outcomes of the plan."""

    def by_recommendation(self) -> list[Section]:
        """The results by the recommendations that they serve. Some recommendations have no measure."""

    def _sections(self, by: str) -> list[tuple[str, str, list[str], bool]]: ...
    def published(
        self,
        *,
        protection: Literal["suppression", "rounding"] | None = None,
        rounding_least: int | None = None,
        publish_period: Literal["month", "quarter", "year"] | None = None,
    ) -> Published:
        """What anybody may read: nothing that is shown, alone or together, tells a count of 1 to 5 people.

        ``protection`` is ``"suppression"``, for one publication of a month, or ``"rounding"``, for those that may meet
        others of the same months; percentages of fewer than ``rounding_least`` rounded cases are then left out.
        ``publish_period`` is ``"month"``, ``"quarter"`` or ``"year"`` (April to March): fewer figures are hidden of longer
        periods.

        Raises ValueError if the scorecard was put together from parts, if its months have no whole period, or if its plan
        shows related figures under different policies.
        """

    @overload
    def to_csv(
        self, path: None = None, *, cases: bool | str | Iterable[str] | None = None, raw: bool = False
    ) -> str: ...
    @overload
    def to_csv(
        self, path: str | PathLike[str], *, cases: bool | str | Iterable[str] | None = None, raw: bool = False
    ) -> None:
        """The results as CSV, a row for each measure and month, or with ``cases`` the cases behind them: those of all measures
        by True, else of one id or several. ``card.cases(...)`` has fewer months.

        With a ``path`` it is written there as UTF-8, and else given back as text; lists are texts with ``;`` between their
        items. A text that a spreadsheet would run as a formula has a ``'`` before it; ``raw=True`` writes texts as they are.

        Raises OSError if the file cannot be written, and UnknownNameError for an id that the plan does not have.
        """

    def to_parquet(
        self, path: str | PathLike[str], *, cases: bool | str | Iterable[str] | None = None
    ) -> None:
        """Writes the results as a Parquet file, or with ``cases`` the cases behind them, as ``to_csv``; dates are dates.

        Raises OSError if the file cannot be written, and UnknownNameError for an id that the plan does not have.
        """

    @overload
    def to_html(
        self,
        path: None = None,
        *,
        authority: str | None = None,
        by: Literal["outcome", "recommendation"] | None = None,
        sources: dict[str, str] | None = None,
        abbreviations: dict[str, str] | None = None,
    ) -> str: ...
    @overload
    def to_html(
        self,
        path: str | PathLike[str],
        *,
        authority: str | None = None,
        by: Literal["outcome", "recommendation"] | None = None,
        sources: dict[str, str] | None = None,
        abbreviations: dict[str, str] | None = None,
    ) -> None:
        """The board report: one HTML file with a first page in words, then each measure with figure, target, change, chart and
        definition. It shows figures of any number of cases, and says that it is not for publication.

        With a ``path`` it is written there, and else given back as text. ``authority`` is whose figures these are; ``by`` is
        ``"outcome"`` or ``"recommendation"``. ``sources`` says by name where the data come from, and ``abbreviations`` what
        those of the council stand for.

        Raises ValueError if measures are to be put under recommendations and the plan has none, and OSError if the file cannot
        be written.
        """

    @overload
    def to_excel(
        self,
        path: None = None,
        *,
        authority: str | None = None,
        lists: bool = True,
        due_as_at: Date | None = None,
    ) -> bytes: ...
    @overload
    def to_excel(
        self,
        path: str | PathLike[str],
        *,
        authority: str | None = None,
        lists: bool = True,
        due_as_at: Date | None = None,
    ) -> None:
        """A workbook of Excel: every figure with real dates and plain numbers, the figures by month, the cases behind the last
        of them by team and measure, what is due, and what is wrong with the data.

        With a ``path`` it is written there, and else given back as bytes. ``authority`` is whose figures these are. With
        ``lists=False`` nothing in it names a child, a worker or a record, unless a breakdown by worker was asked for; its
        first sheet says which it is. Things are due as at ``due_as_at``, or else the last day of the last month.

        Raises ValueError if a text is longer than a cell can hold, and OSError if the file cannot be written.
        """

    def plot(self, measure: str) -> Any:
        """The run chart of a measure with its target, as an Altair chart; needs the extra ``plot``."""

    def to_json(self) -> str:
        """The scorecard as JSON: the same text as from the library's other languages."""

    def _repr_html_(self) -> str: ...
    def __copy__(self) -> Scorecard: ...
    def __deepcopy__(self, memo: Any) -> Scorecard: ...

@final
class Published:
    """What anybody may read of a scorecard: figures of one to five cases, and those that would tell them, are ``"c"`` in the
    JSON and null in the tables.
    """

    @property
    def results(self) -> Table:
        """One row for each measure and month, with whether it is suppressed."""

    @property
    def groups(self) -> Table:
        """One row for each measure, month, dimension and group, whether or not it has a case, with whether it is suppressed; none
        by worker.
        """

    @property
    def hidden(self) -> int:
        """How many figures are hidden, those of groups too."""

    @property
    def notes(self) -> list[str]:
        """What is to be said under the figures."""

    @property
    def signals(self) -> Table:
        """What the control charts say of the figures that are shown, one point a row."""

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the plan's rows by id, as those of the scorecard."""

    @property
    def plan_definition(self) -> Plan:
        """The plan whose rows these are."""

    def audit(self) -> dict[str, Any]:
        """What somebody who knows the rules can tell of the figures that are hidden: ``told``, how many counts of 1 to 5
        can be told, and ``findings``, what each number that is not shown may be.
        """

    def to_json(self) -> str:
        """What may be published as JSON: the same text as from the library's other languages."""

    @overload
    def to_html(
        self,
        path: None = None,
        *,
        authority: str | None = None,
        by: Literal["outcome", "recommendation"] | None = None,
        sources: dict[str, str] | None = None,
        abbreviations: dict[str, str] | None = None,
    ) -> str: ...
    @overload
    def to_html(
        self,
        path: str | PathLike[str],
        *,
        authority: str | None = None,
        by: Literal["outcome", "recommendation"] | None = None,
        sources: dict[str, str] | None = None,
        abbreviations: dict[str, str] | None = None,
    ) -> None:
        """The board report of what anybody may read, made from these figures alone; else as ``Scorecard.to_html``."""

    @overload
    def to_excel(
        self,
        path: None = None,
        *,
        authority: str | None = None,
    ) -> bytes: ...
    @overload
    def to_excel(
        self,
        path: str | PathLike[str],
        *,
        authority: str | None = None,
    ) -> None:
        """A workbook of Excel of what anybody may read, made from these figures alone: ``c`` is in place of what is hidden. Else
        as ``Scorecard.to_excel``.
        """

    def _repr_html_(self) -> str: ...

@final
class Part:
    """What the rows of a part of an authority add up to; put together with the others by ``Scorecard.merge``.

    It can be carried to other machines by ``pickle``, as ``bytes(part)`` or as JSON.
    """

    def __new__(cls, given: Part | bytes | str) -> Part: ...
    @property
    def first(self) -> str:
        """The first month."""

    @property
    def last(self) -> str:
        """The last month."""

    def to_json(self) -> str:
        """The part as JSON, which any of the library's languages reads."""

    def __bytes__(self) -> bytes: ...
    def __getnewargs__(self) -> tuple[bytes]: ...
