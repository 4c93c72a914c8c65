"""Working days: against numpy's own count, and against published lists of holidays."""

from __future__ import annotations

import json
import pickle
from datetime import date, datetime, timedelta
from typing import Any

import govuk_bank_holidays.bank_holidays as published
import holidays as other_library
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from csc_measures import Answers, BadValueError, Calendar, Clock, CscMeasuresError, OutsideCalendarError, Rag
from hypothesis import given, settings
from hypothesis import strategies as st

CALENDAR = Calendar.england_and_wales()
HOLIDAYS = np.array([day for day, _ in CALENDAR.holidays], dtype="datetime64[D]")
DAYS = st.dates(CALENDAR.first, CALENDAR.last)


def busday_count(start: date, end: date) -> int:
    """The working days after start up to and including end, by numpy."""
    ends = [np.datetime64(day, "D") + 1 for day in (start, end)]
    return max(0, int(np.busday_count(ends[0], ends[1], holidays=HOLIDAYS)))


@given(DAYS, DAYS)
def test_counts_are_numpys(start: date, end: date) -> None:
    assert CALENDAR.working_days_between(start, end) == busday_count(start, end)


@given(DAYS, st.integers(1, 300))
def test_added_days_have_passed(start: date, count: int) -> None:
    try:
        end = CALENDAR.add_working_days(start, count)
    except OutsideCalendarError:
        assert busday_count(start, CALENDAR.last) < count
        return
    assert busday_count(start, end) == count
    assert CALENDAR.is_working_day(end)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), max_size=50))
def test_columns_are_the_single_dates(rows: list[tuple[date | None, date | None]]) -> None:
    starts, ends = [start for start, _ in rows], [end for _, end in rows]
    expected = [
        None if start is None or end is None else CALENDAR.working_days_between(start, end) for start, end in rows
    ]
    assert CALENDAR.working_days_between(starts, ends) == expected
    arrow = CALENDAR.working_days_between(pa.array(starts, pa.date32()), pa.array(ends, pa.date32()))
    assert arrow.to_pylist() == expected
    assert CALENDAR.working_days_between(pl.Series(starts, dtype=pl.Date), ends).to_list() == expected


def test_every_day_is_numpys() -> None:
    days = np.arange("1995-01-01", "2051-01-01", dtype="datetime64[D]")
    assert (CALENDAR.is_working_day(days) == np.is_busday(days, holidays=HOLIDAYS)).all()
    counts = CALENDAR.working_days_between(date(1995, 1, 1), days)
    assert (counts == np.busday_count(np.datetime64("1995-01-02"), days + 1, holidays=HOLIDAYS)).all()


def test_the_published_list() -> None:
    lists = published.BankHolidays(use_cached_holidays=True)
    for nation, calendar in [
        (lists.ENGLAND_AND_WALES, CALENDAR),
        (lists.SCOTLAND, Calendar.scotland()),
        (lists.NORTHERN_IRELAND, Calendar.northern_ireland()),
    ]:
        events = {event["date"] for event in lists.get_holidays(division=nation)}
        years = {day.year for day in events}
        ours = {day for day, _ in calendar.holidays if day.year in range(min(years), max(years))}
        # the day was proclaimed after that list was kept
        ours.discard(date(2026, 6, 15))
        assert ours == {day for day in events if day.year in range(min(years), max(years))}


@pytest.mark.parametrize("nation", ["ENG", "NIR"])
def test_another_library(nation: str) -> None:
    calendar = CALENDAR if nation == "ENG" else Calendar.northern_ireland()
    theirs = other_library.country_holidays("GB", subdiv=nation, years=range(2000, 2040))
    weekdays = {day for day in theirs if day.weekday() < 5}
    assert {day for day, _ in calendar.holidays if day.year in range(2000, 2040)} == weekdays


def test_single_dates_in_all_their_makes() -> None:
    for start in [date(2017, 4, 13), datetime(2017, 4, 13, 23, 59), pd.Timestamp("2017-04-13 12:00"), "2017-04-13"]:
        assert CALENDAR.working_days_between(start, date(2017, 4, 18)) == 1
        assert CALENDAR.add_working_days(start, 1) == date(2017, 4, 18)
        assert CALENDAR.is_working_day(start) is True
        assert CALENDAR.next_working_day(start) == date(2017, 4, 18)


STARTS = [date(2017, 4, 13), None, date(2017, 3, 4)]
COUNTS = [1, None, 30]


def makes() -> list[Any]:
    texts = ["2017-04-13", None, "2017-03-04"]
    return [
        pytest.param(pd.Series(pd.to_datetime(texts)), id="pandas datetime64"),
        pytest.param(pd.Series(STARTS, dtype=object), id="pandas objects"),
        pytest.param(pd.Series(STARTS, dtype=pd.ArrowDtype(pa.date32())), id="pandas Arrow dates"),
        pytest.param(pd.Series(pd.to_datetime(texts), dtype="category"), id="pandas categories"),
        pytest.param(pd.DatetimeIndex(pd.to_datetime(texts)), id="pandas index"),
        pytest.param(pl.Series("start", STARTS), id="polars Date"),
        pytest.param(pl.Series("start", STARTS).cast(pl.Datetime("us")), id="polars Datetime"),
        pytest.param(pl.concat([pl.Series("a", STARTS[:1]), pl.Series("a", STARTS[1:])], rechunk=False), id="chunks"),
        pytest.param(pa.array(STARTS), id="pyarrow date32"),
        pytest.param(pa.array(STARTS, pa.date64()), id="pyarrow date64"),
        pytest.param(pa.chunked_array([STARTS[:1], [], STARTS[1:]]), id="pyarrow chunks"),
        pytest.param(pa.array([date(2000, 1, 1), *STARTS])[1:], id="pyarrow slice"),
        pytest.param(pa.array(STARTS).dictionary_encode(), id="pyarrow dictionary"),
        pytest.param(np.array(texts, dtype="datetime64[D]"), id="numpy days"),
        pytest.param(np.array(texts, dtype="datetime64[ns]"), id="numpy nanoseconds"),
        pytest.param(STARTS, id="list"),
        pytest.param(tuple(STARTS), id="tuple"),
    ]


def as_list(answer: Any) -> list[Any]:
    """An answer as Python's own values, None for null."""
    if isinstance(answer, Answers):
        return answer.to_list()
    values = answer.to_pylist() if hasattr(answer, "to_pylist") else list(answer)
    return [None if pd.isna(value) else value for value in values]


@pytest.mark.parametrize("starts", makes())
def test_a_column_is_answered_in_its_make(starts: Any) -> None:
    counts = CALENDAR.working_days_between(starts, date(2017, 4, 18))
    if not isinstance(starts, (tuple, pd.Index)):
        assert type(counts).__module__.partition(".")[0] == type(starts).__module__.partition(".")[0]
    assert [None if count is None else int(count) for count in as_list(counts)] == COUNTS
    due = as_list(CALENDAR.add_working_days(starts, 1))
    days = [None if day is None else date.fromisoformat(str(day)[:10]) for day in due]
    assert days == [date(2017, 4, 18), None, date(2017, 3, 6)]
    works = as_list(CALENDAR.is_working_day(starts))
    assert [None if one is None else bool(one) for one in works] == [True, None, False]


def test_a_pandas_answer_keeps_the_index() -> None:
    starts = pd.Series(pd.to_datetime(["2017-04-13", "2017-03-04"]), index=["a", "b"])
    assert CALENDAR.working_days_between(starts, date(2017, 4, 18))["b"] == 30


def test_what_is_no_date() -> None:
    with pytest.raises(BadValueError, match="`start` is not a date; write it as 2017-03-31"):
        CALENDAR.working_days_between("31/03/2017", date(2017, 4, 1))
    with pytest.raises(TypeError, match="a column of dates"):
        CALENDAR.working_days_between(5, date(2017, 4, 1))
    with pytest.raises(TypeError, match="row 2: int is not a date"):
        CALENDAR.is_working_day([date(2017, 4, 1), 5])
    with pytest.raises(TypeError):
        CALENDAR.add_working_days(date(2017, 4, 1), None)  # type: ignore[call-overload]
    with pytest.raises(OutsideCalendarError, match="1994-12-31"):
        CALENDAR.is_working_day(np.array(["1994-12-31"], dtype="datetime64[D]"))
    with pytest.raises(ValueError, match="row 3"):
        CALENDAR.is_working_day([date(2017, 4, 1), None, date(2051, 1, 1)])


def test_missing_dates_and_dates_of_numpy() -> None:
    assert CALENDAR.is_working_day([pd.NaT, None, pd.NA, date(2017, 3, 3)]) == [None, None, None, True]
    with pytest.raises(TypeError, match="NaT"):
        CALENDAR.working_days_between(pd.NaT, date(2017, 3, 3))
    day: Any = np.datetime64("2017-03-03T23:59")
    assert CALENDAR.is_working_day(day) is True
    assert CALENDAR.working_days_between(day, np.datetime64("2017-03-06")) == 1
    assert Clock("cp_visit").due(day) == date(2017, 3, 31)


def test_counts_of_no_sense() -> None:
    for count in [-1, 2**40]:
        with pytest.raises(BadValueError, match="a whole number from 0"):
            CALENDAR.add_working_days(date(2017, 3, 3), count)
        with pytest.raises(BadValueError, match="a whole number from 0"):
            Clock("cp_visit", working_days=count)
    with pytest.raises(TypeError, match="not float"):
        CALENDAR.add_working_days(date(2017, 3, 3), 1.5)  # type: ignore[call-overload]


def test_a_calendar_crosses_to_other_processes() -> None:
    for calendar in [CALENDAR, Calendar.scotland(closures=["2017-04-12"])]:
        copied = pickle.loads(pickle.dumps(calendar))
        assert (copied.nation, copied.closures) == (calendar.nation, calendar.closures)


def test_closures_in_all_their_makes() -> None:
    day = date(2017, 4, 12)
    govuk = {"england-and-wales": {"division": "england-and-wales", "events": [{"title": "x", "date": "2017-04-12"}]}}
    every: list[Any] = [[day], {day}, ["2017-04-12"], (pd.Timestamp(day),), '["2017-04-12"]']
    for closures in every:
        calendar = Calendar.england_and_wales(closures=closures)
        assert calendar.closures == [day]
        assert not calendar.is_working_day(day)
    # days that GOV.UK lists are bank holidays
    calendar = Calendar.england_and_wales(closures=govuk)
    assert not calendar.is_working_day(day)
    assert (day, "x") in calendar.holidays
    with pytest.raises(BadValueError, match="`closures` must be JSON if it is text"):
        Calendar.england_and_wales(closures="2017-04-12")
    with pytest.raises(BadValueError, match="division"):
        Calendar.england_and_wales(closures={"england": govuk["england-and-wales"]})


def test_a_clock() -> None:
    clock = Clock("cp_visit", working_days=10, amber=3)
    status = clock.status(date(2017, 3, 29), as_at=date(2017, 4, 11), calendar=CALENDAR)
    assert (status.due, status.rag, status.days_left, status.outcome) == (
        date(2017, 4, 12),
        Rag.AMBER,
        1,
        "not_yet_due",
    )
    assert clock == Clock("cp_visit", working_days=10, amber=3) != Clock("cp_visit")
    assert {one.id for one in Clock.all()} >= {"assessment", "cp_visit"}
    with pytest.raises(TypeError, match="`as_at` is missing"):
        clock.status(date(2017, 3, 29))
    with pytest.raises(BadValueError, match="a limit needs one of"):
        Clock("cp_visit", working_days=10, days=3)
    # without a calendar that of England and Wales, which Easter Monday tells from Scotland's
    assert clock.due(date(2017, 4, 13)) == clock.due(date(2017, 4, 13), CALENDAR)
    assert clock.due(date(2017, 4, 13)) != clock.due(date(2017, 4, 13), Calendar.scotland())


def test_days_left_are_counted_by_hand() -> None:
    clock = Clock("cp_visit")
    for offset in range(200):
        start, as_at = date(2017, 1, 2) + timedelta(days=offset), date(2017, 6, 1)
        elapsed = busday_count(start, as_at)
        status = clock.status(start, as_at=as_at)
        assert status.days_over == (elapsed - 20 if elapsed > 20 else None)


def test_texts_of_dates_are_columns_too() -> None:
    starts, ends = ["2017-04-13", None, "2017-03-04"], date(2017, 4, 18)
    makes_of_texts: list[Any] = [
        starts,
        pd.Series(starts),
        pd.Series(starts, dtype=object),
        pl.Series("start", starts),
        pa.array(starts),
        pa.array(starts).dictionary_encode(),
        np.array(starts, dtype=object),
    ]
    for texts in makes_of_texts:
        counts = as_list(CALENDAR.working_days_between(texts, ends))
        assert [None if count is None else int(count) for count in counts] == COUNTS
        assert [None if one is None else bool(one) for one in as_list(CALENDAR.is_working_day(texts))] == [True, None, False]
    assert CALENDAR.working_days_between("2017-04-13", ["2017-04-18"]) == [1]
    for wrong in (["2017-04-13", "13/04/2017"], pd.Series(["2017-04-13", "soon"]), pl.Series(["2017-04-13", ""])):
        with pytest.raises(BadValueError, match="`start`, row 2: not a date; write it as 2017-03-31") as caught:
            CALENDAR.working_days_between(wrong, ends)
        assert "soon" not in str(caught.value)


@pytest.mark.parametrize("starts", makes())
def test_every_function_of_a_date_takes_a_column(starts: Any) -> None:
    clock = Clock("cp_visit")
    functions: list[Any] = [
        CALENDAR.next_working_day,
        CALENDAR.previous_working_day,
        clock.due,
        lambda days: clock.due(days, Calendar.scotland()),
        lambda days: clock.in_time(days, date(2017, 4, 20)),
        lambda days: clock.in_time(date(2017, 3, 1), days, CALENDAR),
    ]
    for function in functions:
        answer = function(starts)
        if not isinstance(starts, (tuple, pd.Index)):
            assert type(answer).__module__.partition(".")[0] == type(starts).__module__.partition(".")[0]
        expected = [None if start is None else function(start) for start in STARTS]
        assert [None if one is None else str(one)[:10] for one in as_list(answer)] == [
            None if one is None else str(one)[:10] for one in expected
        ]


def test_a_row_that_has_no_answer_is_named() -> None:
    days = [date(2017, 3, 1), date(2050, 12, 31)]
    for function in (CALENDAR.next_working_day, Clock("cp_visit").due):
        with pytest.raises(OutsideCalendarError, match="^row 2: .*205"):
            function(days)
    with pytest.raises(BadValueError, match="the columns differ in length: 2 starts and 1 ends"):
        Clock("cp_visit").in_time(days, days[:1])


def test_series_of_other_indexes_are_aligned_or_refused() -> None:
    starts = pd.Series(pd.to_datetime(["2017-03-01", "2017-03-02"]), index=["a", "b"])
    ends = pd.Series(pd.to_datetime(["2017-03-20", "2017-03-08"]), index=["b", "a"])
    for function in (CALENDAR.working_days_between, Clock("cp_visit").in_time):
        answer = function(starts, ends)
        assert answer.index.tolist() == ["a", "b"]
        assert answer["a"] == function(date(2017, 3, 1), date(2017, 3, 8))
        assert answer["b"] == function(date(2017, 3, 2), date(2017, 3, 20))
        for other in (ends.rename(index={"a": "c"}), ends.reset_index(drop=True), ends.iloc[:1], pd.concat([ends, ends])):
            with pytest.raises(BadValueError, match="are Series of different indexes; take both of one frame, or give"):
                function(starts, other)
        twice = starts.set_axis(["a", "a"])
        with pytest.raises(BadValueError, match="different indexes"):
            function(twice, ends)
        assert len(function(twice, twice)) == 2
        assert function(starts, ends.to_numpy()).index.tolist() == ["a", "b"]


def test_how_the_obligations_of_a_column_stand() -> None:
    clock = Clock("cp_visit")
    starts = [date(2017, 3, 1), None, date(2017, 3, 29), date(2017, 1, 4)]
    done = [date(2017, 3, 20), date(2017, 3, 20), None, None]
    as_at = "2017-04-03"
    expected: list[Any] = [
        None if start is None else json.loads(clock.status(start, one, as_at).to_json())
        for start, one in zip(starts, done)
    ]
    fields = ["outcome", "due", "first_late_day", "days_left", "days_over", "rag"]
    expected = [row or dict.fromkeys(fields) for row in expected]
    table = clock.status(starts, done, as_at)
    assert table.columns == fields
    assert json.loads(table.to_json()) == expected
    assert [row["outcome"] for row in table] == ["met", None, "not_yet_due", "overdue"]
    assert json.loads(clock.status(starts, None, as_at).to_json())[0]["outcome"] == "overdue"

    series = pd.Series(pd.to_datetime(starts), index=list("abcd"))
    frame = clock.status(series, pd.Series(pd.to_datetime(done), index=list("abcd")), as_at)
    assert list(frame.index) == list("abcd")
    assert list(frame["days_left"].astype(object).where(frame["days_left"].notna(), None)) == [
        row["days_left"] for row in expected
    ]
    assert clock.status(pl.Series(starts), pl.Series(done), as_at)["rag"].to_list() == [row["rag"] for row in expected]
    assert clock.status(pa.array(starts), pa.array(done), as_at).column("rag").to_pylist() == [
        row["rag"] for row in expected
    ]
    # one start for a column of days on which it was done
    assert [row["outcome"] for row in clock.status("2017-03-01", done, as_at)] == ["met", "met", "overdue", "overdue"]

    with pytest.raises(TypeError, match="`as_at` is missing"):
        clock.status(starts, done)
    with pytest.raises(BadValueError, match="4 starts and 1 done"):
        clock.status(starts, done[:1], as_at)
    with pytest.raises(BadValueError, match="different indexes"):
        clock.status(series, pd.Series(pd.to_datetime(done), index=list("abce")), as_at)
    with pytest.raises(CscMeasuresError, match="row 2"):
        clock.status([date(2017, 3, 1), date(1700, 1, 1)], None, as_at)
