"""Columns and tables in the caller's own types: pandas, Polars, pyarrow, numpy, lists."""

from __future__ import annotations

import importlib.util
from typing import Any

from . import _native
from .errors import BadValueError, OutsideCalendarError

__all__ = [
    "answers",
    "in_time",
    "status",
    "table_to_narwhals",
    "table_to_pandas",
    "to_numpy",
    "to_pandas",
    "working_days_between",
]

EPOCH_NULL = -(2**31)


def answers(of: Any, function: str, given: tuple[Any, ...]) -> Any:
    """What a calendar or a clock says of a column of dates."""
    days, *others = given
    return _like(days, getattr(of, function)(_arrow(days), *others))


def in_time(clock: _native.Clock, given: tuple[Any, Any, Any]) -> Any:
    starts, done, calendar = given
    model = done if _is_single(starts) else starts
    starts, done = _aligned(("start", starts), ("done", done))
    return _like(model, clock._in_time(_arrow(starts), _arrow(done), calendar))


def status(clock: _native.Clock, given: tuple[Any, Any, Any, Any]) -> Any:
    starts, done, as_at, calendar = given
    model = done if _is_single(starts) else starts
    if done is None:
        return _frame_like(model, clock._status(_arrow(starts), None, as_at, calendar))
    starts, done = _aligned(("start", starts), ("done", done))
    return _frame_like(model, clock._status(_arrow(starts), _arrow(done), as_at, calendar))


def working_days_between(calendar: _native.Calendar, given: tuple[Any, Any]) -> Any:
    starts, ends = given
    starts, ends = _aligned(("start", starts), ("end", ends))
    model = ends if _is_single(starts) else starts
    return _like(model, calendar._working_days_between(_arrow(starts), _arrow(ends)))


def _aligned(first: tuple[str, Any], second: tuple[str, Any]) -> tuple[Any, Any]:
    """Two columns by row: of two Series of pandas with the same labels in another order, the second as the first is."""
    (name, one), (other_name, other) = first, second
    if not (_is_series(one) and _is_series(other)) or one.index.equals(other.index):
        return one, other
    has_same = one.index.is_unique and other.index.is_unique and len(one) == len(other)
    if has_same and one.index.isin(other.index).all():
        return one, other.reindex(one.index)
    raise BadValueError(
        f"`{name}` and `{other_name}` are Series of different indexes; take both of one frame, or give "
        f"`{other_name}.to_numpy()` if they are in the same order"
    )


def _is_series(value: Any) -> bool:
    return _package(value) == "pandas" and hasattr(value, "reindex") and hasattr(value, "index")


def _is_single(value: Any) -> bool:
    return isinstance(value, str) or hasattr(value, "toordinal")


def _package(value: Any) -> str:
    return type(value).__module__.partition(".")[0]


def _arrow(values: Any) -> Any:
    """Dates in a form that the native module reads as a column."""
    package = _package(values)
    if package == "numpy" and values.dtype.kind == "M":
        return _of_numpy(values)
    if package == "pandas":
        array = values.to_numpy(copy=False) if values.dtype.kind == "M" else None
        if array is not None and getattr(array.dtype, "kind", "") == "M":
            return _of_numpy(array)
        # Categories, Arrow's own dates and objects go value by value if there is no pyarrow.
        try:
            import pyarrow
        except ImportError:
            return values.tolist()
        try:
            return pyarrow.Array.from_pandas(values)
        except pyarrow.ArrowException:
            return values.tolist()
    return values


def _of_numpy(array: Any) -> _native.Answers:
    import numpy

    days = array.astype("datetime64[D]").view("int64")
    narrow = days.astype("int32")
    fits = narrow == days
    if not fits.all():
        # NaT is the least of the wide numbers.
        missing = numpy.isnat(array)
        if not (fits | missing).all():
            raise OutsideCalendarError("a date is outside the calendar, 1995 to 2050")
        narrow[missing] = EPOCH_NULL
    return _native.Answers._of_days(narrow.tobytes())


def _like(model: Any, column: _native.Answers) -> Any:
    """A column of answers in the type of the column that was asked about."""
    package = _package(model)
    if package == "pandas":
        import pandas

        series = to_pandas(column)
        if isinstance(model, pandas.Series):
            series.index = model.index
        return series
    if package == "polars":
        import polars

        # By the protocol a series has no name.
        return polars.Series(getattr(model, "name", ""), column)
    if package == "numpy":
        return to_numpy(column)
    if package == "pyarrow":
        import pyarrow

        return pyarrow.array(column)
    if isinstance(model, (list, tuple)):
        return column.to_list()
    return column


def _frame_like(model: Any, table: _native.Table) -> Any:
    """A table of answers as a frame of the library of the column that was asked about."""
    package = _package(model)
    if package == "pandas":
        frame = table.to_pandas()
        if hasattr(model, "reindex"):
            frame.index = model.index
        return frame
    if package == "polars":
        return table.to_polars()
    return table.to_arrow() if package == "pyarrow" else table


def to_numpy(column: _native.Answers) -> Any:
    import numpy

    kind, values, nulls = column._plain()
    missing = None if nulls is None else numpy.frombuffer(nulls, dtype=bool)
    if kind == "date":
        days = numpy.frombuffer(values, dtype="int32").astype("datetime64[D]")
        if missing is not None:
            days[missing] = numpy.datetime64("NaT")
        return days
    array: Any = numpy.frombuffer(values, dtype="int32" if kind == "int" else bool)
    if missing is None:
        return array.copy()
    array = array.astype(float if kind == "int" else object)
    array[missing] = None if kind == "bool" else numpy.nan
    return array


def to_pandas(column: _native.Answers) -> Any:
    import numpy
    import pandas

    kind, values, nulls = column._plain()
    if kind == "date":
        return pandas.Series(to_numpy(column).astype("datetime64[s]"))
    array = numpy.frombuffer(values, dtype="int32" if kind == "int" else bool).copy()
    if nulls is None:
        return pandas.Series(array)
    missing = numpy.frombuffer(nulls, dtype=bool).copy()
    masked = pandas.arrays.IntegerArray if kind == "int" else pandas.arrays.BooleanArray
    return pandas.Series(masked(array, missing))


# What pandas has for each kind of column: without nulls, and with them.
PANDAS = {
    "date": ("datetime64[s]", "datetime64[s]"),
    "int": ("int64", "Int64"),
    "float": ("float64", "float64"),
    "bool": ("bool", "boolean"),
}


def table_to_pandas(table: _native.Table) -> Any:
    import pandas

    columns = {}
    for name, kind, _ in table._kinds:
        values = table[name]
        if kind not in PANDAS:
            columns[name] = pandas.Series(values, dtype=object if kind == "list" else "str")
            continue
        dtype = PANDAS[kind][any(value is None for value in values)]
        columns[name] = pandas.Series(values, dtype=dtype)
    return pandas.DataFrame(columns, columns=table.columns)


def table_to_narwhals(table: _native.Table) -> Any:
    """What narwhals works with: the table as a frame of whichever library is there."""
    import narwhals

    return narwhals.from_native(_frame(table), eager_only=True)._compliant_frame


def _frame(table: _native.Table) -> Any:
    for package, make in (("polars", table.to_polars), ("pyarrow", table.to_arrow)):
        if importlib.util.find_spec(package) is not None:
            return make()
    return table.to_pandas()
