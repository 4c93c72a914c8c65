"""Arguments as callers give them: a wrong one is refused by its name, in words of Python, with what to give instead."""

from __future__ import annotations

import glob
import json
import operator
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ._native import Clock
from .errors import BadValueError, UnreadableError

__all__ = ["by_table", "choice", "columns", "count", "dates", "identity", "option", "parts", "paths", "text", "texts"]

MOST = 2**32 - 1

CHOICES = {
    "by": ("outcome", "recommendation"),
    "protection": ("suppression", "rounding"),
    "publish_period": ("month", "quarter", "year"),
    "rag": ("green", "amber", "red"),
    "unknown_columns": ("warn", "error", "ignore"),
}
"""What each may be."""

TEXTS = ("breakdown", "measures", "rag", "teams")
"""One text or several."""

COUNTS = {"rounding_least": 0, "threads": 1, "within": 0}
"""Whole numbers, from the least."""

DICTS = {
    "chart": '{"O3.M4": "xmr"}',
    "policy": '{"cp_visit_working_days": 10}',
    "rebase": '{"O3.M4": ["2016-10"]}',
    "target": '{"better": "higher", "target": 90}',
    "targets": '{"O3.M4": {"better": "higher", "target": 90}}',
}
"""Dicts, each as an example."""


def option(name: str, value: Any) -> Any:
    """A value of an option, which is refused if the core could only say of what type it is."""
    if name in TEXTS:
        value = texts(name, value)
    if name in CHOICES:
        return [choice(name, one) for one in value] if name in TEXTS else choice(name, value)
    if name in COUNTS:
        return count(name, value, COUNTS[name])
    if name in DICTS and not isinstance(value, Mapping):
        raise TypeError(f"`{name}` must be a dict such as {DICTS[name]}, not {_class(value)}")
    if name == "baseline" and not isinstance(value, Mapping):
        return count(name, value, 0)
    if name == "signals" and not isinstance(value, bool):
        raise TypeError(f"`signals` must be True or False, not {_class(value)}")
    if name == "closures":
        return _closures(value)
    if name == "clocks":
        return texts(name, [value] if isinstance(value, (str, Clock)) else value, Clock)
    if name == "targets":
        _targets(value)
    return value


def text(name: str, value: Any) -> str:
    """One text."""
    if isinstance(value, str):
        return value
    raise TypeError(f"`{name}` must be text, not {_class(value)}")


def texts(name: str, value: Any, other: type = str) -> list[Any]:
    """One text or several, as a list, in which there may be what has another type."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Iterable) and not isinstance(value, (Mapping, bytes)):
        found = list(value)
        for one in found:
            if not isinstance(one, (str, other)):
                raise TypeError(f"`{name}` must be a text or a list of texts, not a list with {_class(one)}")
        return found
    raise TypeError(f"`{name}` must be a text or a list of texts, not {_class(value)}")


def choice(name: str, value: Any) -> str:
    """One of the few texts that an argument may be."""
    known = CHOICES[name]
    if text(name, value) in known:
        return known[known.index(value)]
    *first, last = (f"`{one}`" for one in known)
    raise BadValueError(f"`{name}`: unknown value `{_short(value)}`; expected {', '.join(first)} or {last}")


def count(name: str, value: Any, least: int = 0, most: int = MOST) -> int:
    """A whole number."""
    number = _whole(value)
    if number is None:
        raise TypeError(f"`{name}` must be a whole number, not {_class(value)}")
    if least <= number <= most:
        return number
    raise BadValueError(f"`{name}` is {number}; expected a whole number from {least} to {most}")


def identity(name: str, value: Any) -> str:
    """An id: a text, or the whole number that it is."""
    if isinstance(value, str):
        return value
    # Whole numbers are floats in a column of pandas that has nulls.
    number = int(value) if isinstance(value, float) and value.is_integer() else _whole(value)
    if number is None:
        raise TypeError(f"`{name}` must be an id as text or as a whole number, not {_class(value)}")
    return str(number)


def paths(value: Any) -> list[str]:
    """Files and folders, each given once."""
    given = [value] if isinstance(value, (str, os.PathLike)) else value
    if not isinstance(given, Sequence) or isinstance(given, bytes):
        raise TypeError(f"`paths` must be a path or a list of paths, not {_class(value)}; `Dataset` takes frames")
    known: dict[str, str] = {}
    for one in given:
        if not isinstance(one, (str, os.PathLike)):
            raise TypeError(f"`paths` must be a path or a list of paths, not a list with {_class(one)}")
        path = os.fsdecode(one)
        if glob.has_magic(path) and not os.path.exists(path):
            raise UnreadableError(
                f"`{path}` does not exist, and a pattern is not searched for; give the folder, or a list of files as "
                "`glob.glob` makes it"
            )
        place = os.path.realpath(path)
        if place in known:
            raise BadValueError(f"`{path}` is given twice in `paths`; give each file or folder once")
        known[place] = path
    return list(known.values())


def dates(value: Any) -> str | dict[str, str]:
    """How dates in texts are written: in all tables, or by table."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return _texts_by_text("dates", value, '{"cp_visits": "uk"}')
    raise TypeError(f'`dates` must be "iso", "uk" or a dict such as {{"cp_visits": "uk"}}, not {_class(value)}')


def by_table(name: str, value: Any, example: str) -> dict[str, str]:
    """A text for each of some tables."""
    if isinstance(value, Mapping):
        return _texts_by_text(name, value, example)
    raise TypeError(f"`{name}` must be a dict such as {example}, not {_class(value)}")


def columns(value: Any) -> dict[str, dict[str, str]]:
    """The names of columns by table."""
    example = '{"cp_plans": {"PersonID": "person_id"}}'
    if not isinstance(value, Mapping):
        raise TypeError(f"`columns` must be a dict by table such as {example}, not {_class(value)}")
    for table, names in value.items():
        if not isinstance(names, Mapping):
            raise TypeError(f"`columns` must be a dict by table such as {example}; of `{table}` it has {_class(names)}")
    return {text("columns", table): _texts_by_text("columns", names, example) for table, names in value.items()}


def parts(value: Any) -> list[Any]:
    """Parts of a scorecard."""
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping)):
        return list(value)
    raise TypeError(f"`parts` must be a list of parts, not {_class(value)}")


def _texts_by_text(name: str, value: Mapping[Any, Any], example: str) -> dict[str, str]:
    for key, one in value.items():
        for part in (key, one):
            if not isinstance(part, str):
                raise TypeError(f"`{name}` must be a dict of texts such as {example}, not one with {_class(part)}")
    return dict(value)


def _targets(value: Mapping[Any, Any]) -> None:
    for measure, target in value.items():
        # A list has a target for each run of months.
        for one in target if isinstance(target, (list, tuple)) else [target]:
            if not isinstance(one, Mapping):
                raise TypeError(f"`targets`: that of `{measure}` must be a dict such as {DICTS['target']}, not {_class(one)}")


def _closures(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError as error:
            raise BadValueError(
                f"`closures` must be JSON if it is text: {error}; one day is a list of one: [\"2017-12-24\"]"
            ) from None
    if isinstance(value, Iterable):
        return value
    raise TypeError(
        f"`closures` must be a list of dates, or bank holidays as GOV.UK publishes them, not {_class(value)}"
    )


def _whole(value: Any) -> int | None:
    """A whole number, which True is not."""
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)
    except TypeError:
        return None


def _short(value: str) -> str:
    return value if len(value) <= 60 else f"{value[:60]}…"


def _class(value: Any) -> str:
    return "None" if value is None else type(value).__qualname__
