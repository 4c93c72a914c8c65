"""What callers say in Python, as the JSON that every language of the library has."""

from __future__ import annotations

import datetime
import decimal
import fractions
import json
import math
from collections.abc import Mapping
from typing import Any

from .errors import BadValueError

__all__ = ["reduce_calendar", "reduce_clock", "reduce_scorecard", "to_json"]


def to_json(value: Any) -> str:
    """A value as JSON: dates and clocks as texts, sets and tuples as lists, numbers to their last digit."""
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    option = getattr(value, "_option", None)
    if option is not None:
        return option()
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(_plain(one) for one in value)
    if isinstance(value, (float, decimal.Decimal)) and not math.isfinite(value):
        raise BadValueError(f"a number in options must be finite, not {value}")
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, (decimal.Decimal, fractions.Fraction)):
        return int(value) if value == int(value) else float(value)
    if hasattr(value, "__index__"):
        return int(value)
    identity = getattr(value, "id", None)
    if isinstance(identity, str):
        return identity
    try:
        return [_plain(one) for one in value]
    except TypeError:
        raise TypeError(
            f"options are made of text, numbers, dates, lists and dicts, not {type(value).__qualname__}"
        ) from None


def reduce_clock(clock: Any) -> tuple[Any, ...]:
    """How a clock is pickled: by its id and terms."""
    return (_clock, (clock.id, clock.in_force_from, clock.limit, clock.unit, clock.counts_start_day, clock.amber))


def _clock(
    identity: str, on: Any, limit: int | None, unit: str | None, counts_start_day: bool, amber: int
) -> Any:
    from ._native import Clock

    terms: dict[str, Any] = {} if unit is None else {unit: limit}
    return Clock(identity, on=on, count_start_day=counts_start_day, amber=amber, **terms)


def reduce_scorecard(parts: list[Any]) -> tuple[Any, ...]:
    """How a scorecard is pickled: by the parts that add up to it."""
    return (_scorecard, (parts,))


def _scorecard(parts: list[Any]) -> Any:
    from ._native import Scorecard

    return Scorecard.merge(parts)


def reduce_calendar(nation: str, closures: Any) -> tuple[Any, ...]:
    """How a calendar is pickled: by its nation, and what was added."""
    return (_calendar, (nation, closures))


def _calendar(nation: str, closures: Any) -> Any:
    from ._native import Calendar

    return getattr(Calendar, nation.replace("-", "_"))(closures=closures)
