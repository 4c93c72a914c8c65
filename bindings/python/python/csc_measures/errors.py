"""What the library raises. Each error is also the builtin one that a caller would expect.

The messages name table, column and row, and never repeat more of a row than its id.
"""

from __future__ import annotations

__all__ = [
    "BadTableError",
    "BadValueError",
    "CscMeasuresError",
    "OutsideCalendarError",
    "PartsError",
    "UnknownNameError",
    "UnreadableError",
]


class CscMeasuresError(Exception):
    """Any error of the library."""


class UnknownNameError(CscMeasuresError, KeyError):
    """No measure, clock, table, column or person has the name; the message has the nearest."""

    def __str__(self) -> str:
        # A KeyError would show the message in quotation marks.
        return Exception.__str__(self)


class BadValueError(CscMeasuresError, ValueError):
    """A value makes no sense: an option, a policy, a target, a month, a date."""


class OutsideCalendarError(CscMeasuresError, ValueError):
    """A date is outside the calendar, 1995 to 2050."""


class BadTableError(CscMeasuresError, ValueError):
    """A table cannot be taken: a column is missing, there twice, or of a type that cannot be read."""


class UnreadableError(CscMeasuresError, OSError):
    """A file or a stream cannot be read."""


class PartsError(CscMeasuresError, ValueError):
    """Parts do not make a whole: one is missing, there twice, or made with other months or options."""
