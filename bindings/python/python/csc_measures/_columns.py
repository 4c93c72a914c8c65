"""Columns and tables in the caller's own types: pandas, Polars, pyarrow, numpy, lists."""

from __future__ import annotations

from typing import Any

from . import _native

__all__ = [
    "add_working_days",
    "is_working_day",
    "table_to_pandas",
    "to_numpy",
    "to_pandas",
    "working_days_between",
]

EPOCH_NULL = -(2**31)


def is_working_day(calendar: _native.Calendar, given: tuple[Any]) -> Any:
    (days,) = given
    return _like(days, calendar._is_working_day(_arrow(days)))


def working_days_between(calendar: _native.Calendar, given: tuple[Any, Any]) -> Any:
    starts, ends = given
    model = ends if _is_single(starts) else starts
    return _like(model, calendar._working_days_between(_arrow(starts), _arrow(ends)))


def add_working_days(calendar: _native.Calendar, given: tuple[Any, int]) -> Any:
    starts, working_days = given
    return _like(starts, calendar._add_working_days(_arrow(starts), working_days))


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


def _of_numpy(array: Any) -> _native.Column:
    import numpy

    days = array.astype("datetime64[D]").view("int64")
    narrow = days.astype("int32")
    fits = narrow == days
    if not fits.all():
        # NaT is the least of the wide numbers.
        missing = numpy.isnat(array)
        if not (fits | missing).all():
            from .errors import OutsideCalendarError

            raise OutsideCalendarError("a date is outside the calendar, 1995 to 2050")
        narrow[missing] = EPOCH_NULL
    return _native.Column._of_days(narrow.tobytes())


def _like(model: Any, column: _native.Column) -> Any:
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


def to_numpy(column: _native.Column) -> Any:
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


def to_pandas(column: _native.Column) -> Any:
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
