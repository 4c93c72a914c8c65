"""What callers may give. Looked at by type checkers only."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, Protocol, SupportsIndex

from ._native import Clock


class ArrowStream(Protocol):
    """A frame or a chunked column: pandas, Polars, pyarrow, DuckDB and others."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...


class ArrowArray(Protocol):
    """A record batch or a column in one piece."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...


Date = datetime.date | str
"""A date, also a ``datetime`` or a pandas ``Timestamp``, or a text such as ``"2017-03-31"``."""



class Period(Protocol):
    """A period of pandas, a month or a day long."""

    @property
    def freqstr(self) -> str: ...


Month = datetime.date | str | Period
"""A month as a text such as ``"2017-03"``, any day of the month, or its period of pandas."""

PersonId = str | SupportsIndex | float
"""A child's id: a text, or the whole number that it is."""

Frame = ArrowStream | ArrowArray | Mapping[str, Iterable[Any]] | Sequence[Mapping[str, Any]]
"""A table: a frame, a dict of columns, or a list of rows."""

Rag = Literal["green", "amber", "red"]
Chart = Literal["xmr", "p", "p_prime", "c", "c_prime", "level"]
SectionBy = Literal["outcome", "recommendation"]
Dates = Literal["iso", "uk"] | Mapping[str, Literal["iso", "uk"]]
UnknownColumns = Literal["warn", "error", "ignore"]
Source = Literal["tables", "ssda903", "cin_census", "annex_a", "csc_api", "csww"]

Closures = Iterable[Date] | Mapping[str, Any] | str
"""Days on which nobody works: dates, or bank holidays as GOV.UK publishes them (JSON, as text or parsed)."""

Policy = Mapping[str, Any]
"""Policies that differ from the defaults, by their keys."""

Target = Mapping[str, Any]
"""``{"better": "higher", "target": 90, "tolerance": 5}``, or a band with ``low`` and ``high``."""

Targets = Mapping[str, Target]
"""Targets by measure."""

Progress = bool | Callable[[str, int, int], object]
"""True for a bar, or a function of the name of the task, how much is done, and how much there is."""

Clocks = Iterable[Clock | str] | str
"""Clocks, or their ids."""
