"""Red, amber, green."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING

from . import _native
from .errors import BadValueError

if TYPE_CHECKING:
    from ._typing import Target

__all__ = ["Rag", "measure_rag"]


class Rag(str, Enum):
    """A colour, as a text: ``Rag.AMBER == "amber"``."""

    GREEN = "green"
    """In time, or on target."""
    AMBER = "amber"
    """Due within the warning window, or within the tolerance of a target."""
    RED = "red"
    """Overdue or late, or off target."""
    NOT_RATED = "not_rated"
    """Of figures: the measure has no target."""
    NOT_APPLICABLE = "not_applicable"
    """Of figures: nothing to rate, for example because nothing is in the denominator."""

    def __str__(self) -> str:
        return self.value


def measure_rag(
    measure: str, target: Target, numerator: int | Fraction, denominator: int | Fraction = 1
) -> Rag:
    """The colour of a figure of a measure against a target, by exact fractions.

    Numerator and denominator are whole numbers, or full-time equivalents of up to three decimals as
    ``fractions.Fraction``. For a count the denominator does not matter.

    >>> target = {"better": "higher", "target": 90, "tolerance": 5}
    >>> measure_rag("O3.M4", target, 2249, 2500)  # 89.96 % prints as 90.0, and is below 90
    <Rag.AMBER: 'amber'>

    Raises :exc:`UnknownNameError` for a measure that the plan has not, and :exc:`BadValueError` for a target of
    no sense.
    """
    return Rag(_native.measure_rag(measure, target, _thousandths(numerator), _thousandths(denominator)))


def _thousandths(amount: int | Fraction) -> int:
    thousandths = Fraction(amount) * 1000
    if thousandths.denominator != 1:
        raise BadValueError(f"an amount must have at most three decimals; {amount} has more")
    if abs(thousandths) >= 2**63:
        raise BadValueError("an amount must be below 9,000,000,000,000,000")
    return thousandths.numerator
