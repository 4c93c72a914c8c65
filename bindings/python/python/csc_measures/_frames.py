"""Tables as analysts have them: pandas, Polars, pyarrow and anything else with the Arrow protocol, dicts, rows."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from . import _native, _progress
from .errors import BadTableError, CscMeasuresError

__all__ = ["add_all"]


def add_all(builder: _native.DatasetBuilder, tables: Any, progress: Any) -> None:
    """Adds tables by name to a builder."""
    if not isinstance(tables, Mapping):
        raise TypeError(
            "`tables` must be a dict of tables by name, such as {'cp_plans': frame}, "
            f"not {type(tables).__qualname__}; `Dataset.read` reads a folder"
        )
    report = _progress.of(progress)
    for done, (name, frame) in enumerate(tables.items()):
        if not isinstance(name, str):
            raise TypeError(f"the name of a table must be text, not {type(name).__qualname__}")
        if report is not None:
            report(name, done, len(tables))
        _add(builder, name, frame)
        if report is not None:
            report(name, done + 1, len(tables))


def _add(builder: _native.DatasetBuilder, name: str, frame: Any) -> None:
    if _is_of(frame, "pandas", "DataFrame"):
        _add_pandas(builder, name, frame)
    elif _is_of(frame, "polars", "LazyFrame"):
        _add(builder, name, frame.collect())
    elif builder.add_arrow(name, frame):
        pass
    elif isinstance(frame, Mapping):
        builder.add_columns(name, {column: _values(values) for column, values in frame.items()})
    elif isinstance(frame, (list, tuple)):
        builder.add_rows(name, frame)
    elif isinstance(frame, (str, os.PathLike)):
        raise TypeError(f"table `{name}` must be a frame, not the path of one; `Dataset.read` reads files and folders")
    else:
        raise TypeError(
            f"table `{name}` must be a frame of pandas, Polars, pyarrow or DuckDB, a dict of columns, a list of "
            f"dicts, or what has __arrow_c_stream__ or __arrow_c_array__, not {type(frame).__qualname__}"
        )


def _add_pandas(builder: _native.DatasetBuilder, name: str, frame: Any) -> None:
    if frame.columns.nlevels > 1:
        raise BadTableError(
            f"table `{name}` has columns of {frame.columns.nlevels} levels; give each one name, as by "
            "`frame.columns = frame.columns.get_level_values(-1)`"
        )
    labels = list(frame.columns)
    # An id is often the index of a frame.
    levels = [level for level in frame.index.names if isinstance(level, str)]
    found = builder.places(name, [str(label) for label in [*labels, *levels]])
    places = found[: len(labels)]
    for label, place in zip(labels, places):
        if place is not None and labels.count(label) > 1:
            raise BadTableError(f"table `{name}` has column `{label}` twice")
    known_levels = [
        level
        for level, place in zip(levels, found[len(labels) :])
        if place is not None and place not in places
    ]
    if known_levels:
        frame = frame.reset_index(level=known_levels)
        labels = list(frame.columns)
    # Other columns are not looked at, and need not be of a type that Arrow knows: they go by their names alone.
    reads = builder.reads(name, [str(label) for label in labels])
    others = dict.fromkeys(str(label) for label, is_read in zip(labels, reads) if not is_read)
    frame = frame.loc[:, reads].copy(deep=False)
    for other in others:
        frame[other] = False
    try:
        if builder.add_arrow(name, frame.reset_index(drop=True)):
            return
    except CscMeasuresError:
        raise
    except Exception:
        # pandas has its arrays made by pyarrow, which may be absent, or refuse a column of objects of several
        # types; value by value each of them is read, or is an issue of its row.
        pass
    builder.add_columns(name, {column: frame[column].tolist() for column in frame.columns})


def _values(values: Any) -> Any:
    # numpy's own scalars know nothing of dates.
    return values.tolist() if _is_of(values, "numpy", "ndarray") and values.dtype.kind != "M" else _days(values)


def _days(values: Any) -> Any:
    if _is_of(values, "numpy", "ndarray"):
        return values.astype("datetime64[D]").tolist()
    return values


def _is_of(value: Any, package: str, name: str) -> bool:
    """Whether a value is of a class of a package, which is not imported for it."""
    return any(
        base.__name__ == name and base.__module__.partition(".")[0] == package for base in type(value).__mro__
    )
