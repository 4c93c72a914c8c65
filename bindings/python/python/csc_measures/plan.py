"""The plan: outcomes, measures with their definitions, recommendations."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, TypeVar

from . import _native, _notebook
from .errors import UnknownNameError

__all__ = ["Definition", "Input", "Measure", "Outcome", "Plan", "Recommendation"]


@dataclass(frozen=True)
class Definition:
    """What a measure counts, in words."""

    cases: str
    """What is looked at, and when."""
    numerator: str
    """Which of them count as met."""
    denominator: str | None
    """Out of how many."""
    exclusions: str
    """What stays outside, and why."""


@dataclass(frozen=True)
class Input:
    """A table, or a column as ``table.column``, that a measure reads."""

    name: str
    kind: str
    """``needed``, ``needed_column``, or what the measure does without it."""
    when: str | None
    """The policies under which it is; None for always."""


@dataclass(frozen=True)
class Measure:
    """A measure of the plan, or a companion of one."""

    id: str
    """Such as ``"O3.M4"``; of a companion ``"O3.M4.seen_alone"``."""
    outcome: str
    """The outcome that it is printed under."""
    title: str
    """As the plan prints it."""
    alias_of: str | None
    """The measure that this row repeats, where the plan prints one twice."""
    companion_of: str | None
    """The measure beside which the library gives this one."""
    unit: str
    """``count``, ``percent``, ``average``, ``days`` or ``qualitative``."""
    period: str
    """What a month of it looks at: ``snapshot``, ``month``, ``quarter`` and so on."""
    better: str
    """``higher``, ``lower`` or ``neutral``."""
    definition: Definition
    inputs: tuple[Input, ...]
    policies: tuple[str, ...]
    """The policies that change it."""
    source: str
    """Where its rule is from: a regulation, guidance, the plan."""
    published: str | None
    """The national figure it can be compared with."""
    version: int
    """Of the definition: figures of different versions do not mean the same."""

    def _repr_html_(self) -> str:
        return _notebook.measure(self)


@dataclass(frozen=True)
class Outcome:
    """One of the eight outcomes."""

    id: str
    number: int
    title: str
    as_printed: str
    recommendations: tuple[str, ...]
    """The recommendations that it answers."""


@dataclass(frozen=True)
class Recommendation:
    """One of the fourteen recommendations of the inspection."""

    id: str
    number: int
    number_as_printed: int | None
    number_source: str
    text: str
    outcomes: tuple[str, ...]
    directly_measured: bool
    """Whether a measure tests it by itself."""
    note: str | None
    supplementary_clocks: tuple[str, ...]
    """Clocks that would test it and are in no measure."""


@dataclass(frozen=True)
class Plan(Mapping[str, Measure]):
    """A service improvement plan: a mapping of its measures by id, in the order printed.

    >>> plan = Plan.worcestershire_2017()
    >>> plan["O3.M4"].unit
    'percent'
    >>> len(plan.outcomes), len(plan.recommendations)
    (8, 14)
    """

    id: str
    title: str
    version: int
    """The edition of the definitions."""
    outcomes: tuple[Outcome, ...] = field(repr=False)
    measures: tuple[Measure, ...] = field(repr=False)
    recommendations: tuple[Recommendation, ...] = field(repr=False)

    @staticmethod
    def worcestershire_2017() -> Plan:
        """The plan of Worcestershire of 2017."""
        return _worcestershire_2017()

    def __getitem__(self, measure: str) -> Measure:
        for one in self.measures:
            if one.id == measure:
                return one
        raise _unknown("measure", measure, list(self))

    def __iter__(self) -> Iterator[str]:
        return (measure.id for measure in self.measures)

    def __len__(self) -> int:
        return len(self.measures)

    def __contains__(self, measure: object) -> bool:
        return any(one.id == measure for one in self.measures)

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    def outcome(self, outcome: str) -> Outcome:
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

    def measures_of(self, outcome: str) -> tuple[Measure, ...]:
        """The measures printed under an outcome, each with its companions after it."""
        identity = self.outcome(outcome).id
        return tuple(measure for measure in self.measures if measure.outcome == identity)

    def measures_for(self, recommendation: str) -> tuple[Measure, ...]:
        """The measures that serve a recommendation: those of the outcomes that it is printed beside."""
        identity = self.recommendation(recommendation).id
        beside = (outcome.id for outcome in self.outcomes if identity in outcome.recommendations)
        return tuple(measure for outcome in beside for measure in self.measures_of(outcome))

    def recommendations_of(self, outcome: str) -> tuple[Recommendation, ...]:
        """The recommendations that an outcome answers, in the order printed beside it."""
        return tuple(map(self.recommendation, self.outcome(outcome).recommendations))

    def unmeasured_recommendations(self) -> tuple[Recommendation, ...]:
        """The recommendations that no measure tests by itself."""
        return tuple(one for one in self.recommendations if not one.directly_measured)

    def to_json(self) -> str:
        """The plan as JSON: the same text as from the library's other languages."""
        return _native.plan_json()

    def _repr_html_(self) -> str:
        return _notebook.plan(self)


@lru_cache(maxsize=1)
def _worcestershire_2017() -> Plan:
    plan = json.loads(_native.plan_json())
    return Plan(
        id=plan["id"],
        title=plan["title"],
        version=plan["version"],
        outcomes=tuple(_read(Outcome, one) for one in plan["outcomes"]),
        measures=tuple(_measure(one) for one in plan["measures"]),
        recommendations=tuple(_read(Recommendation, one) for one in plan["recommendations"]),
    )


def _measure(one: dict[str, Any]) -> Measure:
    definition = _read(Definition, one["definition"])
    inputs = tuple(_read(Input, given) for given in one["inputs"])
    return _read(Measure, {**one, "definition": definition, "inputs": inputs})


Read = TypeVar("Read")


def _read(kind: type[Read], values: dict[str, Any]) -> Read:
    names = [one.name for one in fields(kind)]  # type: ignore[arg-type]
    given = {name: values[name] for name in names}
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in given.items()})


def _unknown(kind: str, given: object, known: list[str]) -> UnknownNameError:
    nearest = get_close_matches(str(given), known, n=1, cutoff=0)
    return UnknownNameError(f"unknown {kind} `{given}`, did you mean `{nearest[0]}`?")
