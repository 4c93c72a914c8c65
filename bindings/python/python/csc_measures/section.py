"""Results by outcome or by recommendation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._native import Scorecard

__all__ = ["Section"]


@dataclass(frozen=True)
class Section:
    """The rows of an outcome, or those that serve a recommendation, with their results."""

    id: str
    """The id of the outcome (``"O3"``) or the recommendation (``"R8"``)."""
    title: str
    """The title, as in the plan."""
    measures: tuple[str, ...]
    """The ids of the rows; one row may serve several recommendations."""
    unmeasured: bool
    """Whether it is a recommendation that no measure serves."""
    results: tuple[dict[str, Any], ...] = field(repr=False)
    """The results of these rows, months in order: rows of ``card.results``."""


def _sections(card: Scorecard, by: str) -> list[Section]:
    """The results of a scorecard in sections."""
    results = card.results.to_dicts()
    made = []
    for identity, title, measures, unmeasured in card._sections(by):
        ours = set(measures)
        rows = tuple(result for result in results if result["measure"] in ours)
        made.append(Section(identity, title, tuple(measures), unmeasured, rows))
    return made
