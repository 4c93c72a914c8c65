"""Plans as data: outcomes, rows with the measures that they show, recommendations."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import lru_cache
from os import PathLike
from pathlib import Path
from typing import Any, TypeVar

from . import _native, _notebook
from .errors import BadValueError, UnknownNameError

__all__ = ["Input", "Plan", "PlanOutcome", "PlanRow", "Recommendation"]


@dataclass(frozen=True)
class Input:
    """A table, or a column as ``table.column``, that a measure reads."""

    name: str
    kind: str
    """``needed``, ``needed_column``, ``optional`` or ``optional_columns``."""
    when: str | None
    """The policies under which it is read; None for always."""
    columns: tuple[str, ...] = ()
    """Of ``optional_columns`` the columns of the table that are read if they are there."""


@dataclass(frozen=True)
class PlanRow:
    """A row of a plan, or a companion of one, with what the catalogue says of its measure."""

    id: str
    """The id, such as ``"O3.M4"``; of a companion ``"O3.M4.seen_alone"``."""
    outcome: str
    """The id of its outcome."""
    title: str
    """The title: of a row the plan's own, of a companion the catalogue's."""
    measure: str
    """The key of the measure that it shows, such as ``"cp_visits_in_time"``."""
    unit: str
    """``count``, ``percent``, ``average``, ``days`` or ``qualitative``."""
    alias_of: str | None
    """The earlier row with the same figure, if the plan has one twice."""
    companion_of: str | None
    """The row that it is a companion of."""
    policy: Mapping[str, Any]
    """Policies of this row alone."""
    period: str
    """What a month's figure covers: ``snapshot``, ``month``, ``quarter`` and so on."""
    better: str
    """``higher``, ``lower`` or ``neutral``."""
    cases: str
    """What is judged, one by one."""
    numerator: str
    """Which of the cases count."""
    denominator: str
    """Out of how many."""
    exclusions: str
    """What stays outside, and why."""
    inputs: tuple[Input, ...]
    policies: tuple[str, ...]
    """The policies that can change it."""
    source: str
    """Where its rule is from: a regulation, guidance, a local standard."""
    published: str | None
    """The national figure it can be compared with."""
    version: int
    """The version of the definition: figures of different versions do not mean the same."""

    def __hash__(self) -> int:
        return hash((self.id, self.measure, self.version))

    def _repr_html_(self) -> str:
        return _notebook.plan_row(self)


@dataclass(frozen=True)
class PlanOutcome:
    """An outcome of a plan."""

    id: str
    title: str
    recommendations: tuple[str, ...]
    """The recommendations that it answers."""


@dataclass(frozen=True)
class Recommendation:
    """A recommendation that a plan answers, such as those of an inspection."""

    id: str
    text: str
    number: int | None
    """Its number in the report."""
    number_inferred: bool
    """Whether the number is a reading, and not printed."""
    unmeasured: bool
    """Whether no measure of the plan tests it."""
    note: str | None
    """What tests it, or what is missing."""
    clocks: tuple[str, ...]
    """Clocks that serve it, besides the measures."""


@dataclass(frozen=True)
class Plan(Mapping[str, PlanRow]):
    """A service improvement plan: a mapping of its rows by id, in the plan's order.

    >>> plan = Plan.worcestershire_2017()
    >>> plan["O3.M4"].measure, plan["O3.M4"].unit
    ('cp_visits_in_time', 'percent')
    >>> len(plan.outcomes), len(plan.recommendations)
    (8, 14)

    A plan of a council's own comes from a file or a text, and goes to every question as ``plan=``:

    >>> mine = Plan.from_json('''
    ... {"id": "north", "title": "North", "outcomes": [{"id": "seen", "title": "Seen", "rows": [
    ...     {"id": "V1", "title": "Seen in ten days", "measure": "cp_visits_in_time",
    ...      "policy": {"cp_visit_working_days": 10}}]}]}''')
    >>> list(mine)
    ['V1', 'V1.seen_alone']
    """

    id: str
    title: str
    edition: int
    outcomes: tuple[PlanOutcome, ...] = field(repr=False)
    rows: tuple[PlanRow, ...] = field(repr=False)
    recommendations: tuple[Recommendation, ...] = field(repr=False)
    _json: str = field(repr=False)

    @staticmethod
    def worcestershire_2017() -> Plan:
        """The plan of Worcestershire of 2017, which is used unless another is given."""
        return _read_plan("worcestershire-2017")

    @staticmethod
    def all_measures() -> Plan:
        """Every measure of the catalogue in every form, by topic."""
        return _read_plan("all-measures")

    @staticmethod
    def read(path: str | PathLike[str]) -> Plan:
        """The plan of a JSON file.

        Raises BadValueError for a plan that cannot be taken, with what is wrong and the nearest valid name.
        """
        try:
            return Plan.from_json(Path(path).read_text(encoding="utf-8-sig"))
        except BadValueError as error:
            raise BadValueError(f"`{path}`: {error}") from None

    @staticmethod
    def from_json(text: str) -> Plan:
        """The plan of a JSON text.

        Raises BadValueError as ``read`` does.
        """
        if not text.lstrip().startswith("{"):
            raise BadValueError("a plan is a JSON object")
        return _read_plan(text)

    def __getitem__(self, row: str) -> PlanRow:
        for one in self.rows:
            if one.id == row:
                return one
        raise _unknown("measure", row, list(self))

    def __iter__(self) -> Iterator[str]:
        return (row.id for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, row: object) -> bool:
        return any(one.id == row for one in self.rows)

    def __hash__(self) -> int:
        return hash(self._json)

    def outcome(self, outcome: str) -> PlanOutcome:
        """An outcome by its id, such as ``"O3"``."""
        for one in self.outcomes:
            if one.id == outcome:
                return one
        raise _unknown("outcome", outcome, [one.id for one in self.outcomes])

    def recommendation(self, recommendation: str) -> Recommendation:
        """A recommendation by its id, such as ``"R8"``."""
        for one in self.recommendations:
            if one.id == recommendation:
                return one
        raise _unknown("recommendation", recommendation, [one.id for one in self.recommendations])

    def rows_of(self, outcome: str) -> tuple[PlanRow, ...]:
        """The rows of an outcome, each with its companions after it."""
        identity = self.outcome(outcome).id
        return tuple(row for row in self.rows if row.outcome == identity)

    def rows_for(self, recommendation: str) -> tuple[PlanRow, ...]:
        """The rows that serve a recommendation: those of the outcomes that answer it."""
        identity = self.recommendation(recommendation).id
        answering = (outcome.id for outcome in self.outcomes if identity in outcome.recommendations)
        return tuple(row for outcome in answering for row in self.rows_of(outcome))

    def recommendations_of(self, outcome: str) -> tuple[Recommendation, ...]:
        """The recommendations that an outcome answers, in its order."""
        return tuple(map(self.recommendation, self.outcome(outcome).recommendations))

    def unmeasured_recommendations(self) -> tuple[Recommendation, ...]:
        """The recommendations that no measure tests."""
        return tuple(one for one in self.recommendations if one.unmeasured)

    def to_json(self) -> str:
        """The plan as JSON: the same text as from the library's other languages."""
        return self._json

    def _option(self) -> Any:
        """The plan as options carry it."""
        return json.loads(self._json)

    def _repr_html_(self) -> str:
        return _notebook.plan(self)


@lru_cache(maxsize=16)
def _read_plan(text: str) -> Plan:
    whole, rows = _native.plan_json(text)
    plan = json.loads(whole)
    defaults: dict[str, Any] = {"unmeasured": False, "note": None, "clocks": []}
    return Plan(
        id=plan["id"],
        title=plan["title"],
        edition=plan["edition"],
        outcomes=tuple(_read(PlanOutcome, one) for one in plan["outcomes"]),
        rows=tuple(_row(one) for one in json.loads(rows)),
        recommendations=tuple(_read(Recommendation, {**defaults, **one}) for one in plan["recommendations"]),
        _json=whole,
    )


def _row(one: dict[str, Any]) -> PlanRow:
    inputs = tuple(
        _read(Input, {**given, "columns": tuple(given.get("columns", ()))}) for given in one["inputs"]
    )
    return _read(PlanRow, {**one, "inputs": inputs})


Read = TypeVar("Read")


def _read(kind: type[Read], values: dict[str, Any]) -> Read:
    names = [one.name for one in fields(kind)]  # type: ignore[arg-type]
    given = {name: values[name] for name in names}
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in given.items()})


def _unknown(kind: str, given: object, known: list[str]) -> UnknownNameError:
    nearest = get_close_matches(str(given), known, n=1, cutoff=0)
    meant = f", did you mean `{nearest[0]}`?" if nearest else ": the plan has none"
    return UnknownNameError(f"unknown {kind} `{given}`{meant}")
