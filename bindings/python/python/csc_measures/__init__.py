"""Are children seen, assessed, reviewed and placed in time, and is the service improving?

>>> from datetime import date
>>> from csc_measures import Calendar, Clock
>>> calendar = Calendar.england_and_wales()
>>> calendar.working_days_between(date(2017, 4, 13), date(2017, 4, 18))  # Easter lies between
1
>>> status = Clock("cp_visit").status(date(2017, 3, 29), as_at=date(2017, 4, 26), calendar=calendar)
>>> status.due, status.rag
(datetime.date(2017, 4, 28), <Rag.AMBER: 'amber'>)
"""

from __future__ import annotations

import warnings

# First, so that an import that cannot work says what to do.
from ._built import VERSION as __version__
from . import _native
from ._native import (
    Answers,
    AsAt,
    Calendar,
    Clock,
    ClockStatus,
    Dataset,
    DueList,
    Part,
    Person,
    Published,
    Quality,
    Scorecard,
    Table,
    clocks_json,
    measures_json,
    tables_json,
)
from .errors import (
    BadTableError,
    BadValueError,
    CscMeasuresError,
    OutsideCalendarError,
    PartsError,
    UnknownNameError,
    UnreadableError,
)
from .plan import Input, Plan, PlanOutcome, PlanRow, Recommendation
from .rag import Rag, measure_rag
from .section import Section

__all__ = [
    "Answers",
    "AsAt",
    "BadTableError",
    "BadValueError",
    "Calendar",
    "Clock",
    "ClockStatus",
    "CscMeasuresError",
    "Dataset",
    "DueList",
    "Input",
    "OutsideCalendarError",
    "Part",
    "PartsError",
    "Person",
    "Plan",
    "PlanOutcome",
    "PlanRow",
    "Published",
    "Quality",
    "Rag",
    "Recommendation",
    "Scorecard",
    "Section",
    "Table",
    "UnknownNameError",
    "UnreadableError",
    "__version__",
    "clocks_json",
    "measure_rag",
    "measures_json",
    "tables_json",
]

if not _native.OPTIMISED:
    warnings.warn("csc_measures was built without optimisation, and is slow", stacklevel=2)
