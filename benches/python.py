"""What the Python package costs, beside what analysts have without it. Each answer is checked before it is timed.

`--quick` checks the answers and times each once. Figures are the best of several rounds, told as ratios too.
"""

from __future__ import annotations

import sys
import timeit
from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
from csc_measures import Calendar, Clock, Dataset

QUICK = "--quick" in sys.argv
ROWS = 10_000 if QUICK else 1_000_000
CALENDAR = Calendar.england_and_wales()
HOLIDAYS = [day for day, _ in CALENDAR.holidays]


def best(call: Callable[[], object], number: int) -> float:
    """Seconds a call takes, at best."""
    return min(timeit.repeat(call, number=1 if QUICK else number, repeat=1 if QUICK else 7)) / (1 if QUICK else number)


def report(title: str, unit: float, suffix: str, times: dict[str, float]) -> None:
    print(f"\n{title}")
    ours = next(iter(times.values()))
    for name, seconds in times.items():
        print(f"  {name:44} {seconds / unit:9.1f} {suffix}  {seconds / ours:6.2f} x")


def scalars() -> None:
    start, end = date(2017, 1, 3), date(2017, 3, 31)
    holidays = np.array(HOLIDAYS, dtype="datetime64[D]")
    calendar = np.busdaycalendar(holidays=holidays)
    clock = Clock("cp_visit")

    def by_numpy() -> int:
        return int(np.busday_count(np.datetime64(start) + 1, np.datetime64(end) + 1, busdaycal=calendar))

    offset = pd.offsets.CustomBusinessDay(holidays=HOLIDAYS)
    assert CALENDAR.working_days_between(start, end) == by_numpy()
    assert pd.Timestamp(CALENDAR.add_working_days(start, 20)) == pd.Timestamp(start) + 20 * offset
    times = {
        "working_days_between": best(lambda: CALENDAR.working_days_between(start, end), 100_000),
        "add_working_days": best(lambda: CALENDAR.add_working_days(start, 20), 100_000),
        "is_working_day": best(lambda: CALENDAR.is_working_day(start), 100_000),
        "Clock.due": best(lambda: clock.due(start, CALENDAR), 100_000),
        "Clock.status": best(lambda: clock.status(start, as_at=end, calendar=CALENDAR), 100_000),
        "numpy.busday_count": best(by_numpy, 10_000),
        "pandas Timestamp + 20 CustomBusinessDay": best(lambda: pd.Timestamp(start) + 20 * offset, 1000),
    }
    report("One date, nanoseconds a call (the lambda of about 30 included)", 1e-9, "ns", times)


def columns() -> None:
    random = np.random.default_rng(1)
    starts = np.datetime64("2010-01-01") + random.integers(0, 4000, ROWS).astype("timedelta64[D]")
    ends = starts + random.integers(0, 400, ROWS).astype("timedelta64[D]")
    calendar = np.busdaycalendar(holidays=np.array(HOLIDAYS, dtype="datetime64[D]"))
    arrow = pa.array(starts), pa.array(ends)
    polars = pl.DataFrame({"start": starts, "end": ends})
    pandas = pd.Series(starts), pd.Series(ends)
    expected = np.busday_count(starts + 1, ends + 1, busdaycal=calendar)

    def by_polars() -> pl.Series:
        days = pl.business_day_count(pl.col("start").dt.offset_by("1d"), pl.col("end").dt.offset_by("1d"), holidays=HOLIDAYS)
        return polars.select(days.alias("days"))["days"]

    def ours_in_polars() -> pl.Series:
        return CALENDAR.working_days_between(polars["start"], polars["end"])

    def ours_in_pandas() -> pd.Series:
        return CALENDAR.working_days_between(*pandas)

    for found in (
        CALENDAR.working_days_between(*arrow).to_numpy(zero_copy_only=False),
        CALENDAR.working_days_between(starts, ends),
        ours_in_polars().to_numpy(),
        ours_in_pandas().to_numpy(),
        by_polars().to_numpy(),
    ):
        assert (found == expected).all()
    times = {
        "working_days_between, pyarrow": best(lambda: CALENDAR.working_days_between(*arrow), 3),
        "working_days_between, Polars": best(ours_in_polars, 3),
        "working_days_between, numpy": best(lambda: CALENDAR.working_days_between(starts, ends), 3),
        "working_days_between, pandas": best(ours_in_pandas, 3),
        "numpy.busday_count": best(lambda: np.busday_count(starts + 1, ends + 1, busdaycal=calendar), 3),
        "polars.business_day_count": best(by_polars, 3),
    }
    report(f"A column of {ROWS:,} pairs of dates, nanoseconds a row", 1e-9 * ROWS, "ns", times)


def frames() -> None:
    children = ROWS // 25
    random = np.random.default_rng(2)
    ids = np.char.add("P", np.arange(children).astype(str))
    plans = pa.table({"cp_plan_id": ids, "person_id": ids, "start_date": pa.array([date(2016, 1, 4)] * children)})
    visited = random.integers(0, children, ROWS)
    visits = pl.DataFrame(
        {
            "cp_visit_id": np.arange(ROWS),
            "person_id": ids[visited],
            "date": np.datetime64("2016-01-04") + random.integers(0, 450, ROWS).astype("timedelta64[D]"),
        }
    )
    as_at = date(2017, 3, 31)
    calendar = np.busdaycalendar(holidays=np.array(HOLIDAYS, dtype="datetime64[D]"))

    def by_polars() -> tuple[int, int]:
        """Children seen in the twenty working days to the end of March 2017, of those with a plan."""
        last = visits.filter(pl.col("date") <= as_at).group_by("person_id").agg(pl.col("date").max())
        joined = pl.DataFrame(plans).join(last, on="person_id", how="left")
        anchors = joined["date"].fill_null(date(2016, 1, 4)).to_numpy().astype("datetime64[D]")
        counts = np.busday_count(anchors + 1, np.datetime64(as_at) + 1, busdaycal=calendar)
        return int(((counts <= 20) & joined["date"].is_not_null().to_numpy()).sum()), children

    def ours() -> tuple[int, int]:
        data = Dataset({"cp_plans": plans, "cp_visits": visits})
        row = data.scorecard("2017-03", measures="O3.M4").results[0]
        return int(row["numerator"]), int(row["denominator"])

    assert ours() == by_polars()
    data = Dataset({"cp_plans": plans, "cp_visits": visits})
    times = {
        "frames to a dataset, and O3.M4 of one month": best(ours, 1),
        "the same count by hand with Polars and numpy": best(by_polars, 1),
        "O3.M4 of twelve months on the dataset": best(
            lambda: data.scorecard("2016-04", "2017-03", measures="O3.M4"), 1
        ),
    }
    report(f"{children:,} children and {ROWS:,} visits, nanoseconds a visit", 1e-9 * ROWS, "ns", times)
    person = f"P{children // 2}"
    times = {
        "dataset.person": best(lambda: data.person(person, as_at), 2000),
        "as_at.person": best(lambda at=data.as_at(as_at): at.person(person), 2000),
        "as_at.person().to_json()": best(lambda at=data.as_at(as_at): at.person(person).to_json(), 2000),
    }
    report("One child as at today, microseconds", 1e-6, "us", times)


if __name__ == "__main__":
    scalars()
    columns()
    frames()
