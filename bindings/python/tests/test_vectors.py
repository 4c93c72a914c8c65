"""The shared vectors: a script of calls with the answers of the library's own language, the same byte for byte.

What the vectors themselves expect is compared in `test_expectations.py`.

A line is a verb and its words; a text stands on lines of its own, after a line with its length in bytes.
"""

from __future__ import annotations

import io
import json
import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import csc_measures
from csc_measures import Calendar, Clock, Dataset, Part, Plan, Scorecard, measure_rag

EPOCH = date(1970, 1, 1)
NATIONS = [Calendar.england_and_wales, Calendar.scotland, Calendar.northern_ireland]
OUTCOMES = ["met", "late", "not_yet_due", "overdue"]
RAGS = {0: "green", 1: "amber", 2: "red", -1: "not_rated", -2: "not_applicable"}
ERRORS = {
    "20": csc_measures.UnknownNameError,
    "21": csc_measures.BadValueError,
    "22": csc_measures.OutsideCalendarError,
}


def day(word: str) -> date | None:
    return None if word == "none" else EPOCH + timedelta(days=int(word))


def some_day(word: str) -> date:
    found = day(word)
    assert found is not None
    return found


class Script:
    """The calls, and what each leaves for those after it."""

    def __init__(self, script: bytes) -> None:
        self.file = io.BytesIO(script)
        self.calls = 0
        self.calendar = Calendar.england_and_wales()
        self.nation = NATIONS[0]
        self.clock: Clock | None = None
        self.tables: dict[str, Any] = {}
        self.dataset: Dataset | None = None
        self.card: Scorecard | None = None
        self.results = ""

    def run(self) -> int:
        for line in self.file:
            verb, *words = line.decode().split()
            getattr(self, f"do_{verb}")(*words)
            self.calls += 1
        return self.calls

    def text(self) -> str:
        length = int(self.file.readline())
        text = self.file.read(length).decode()
        assert self.file.read(1) == b"\n"
        return text

    def same(self, found: str) -> None:
        expected = self.text()
        assert found == expected, f"call {self.calls}"

    def fails(self, kind: type[Exception], call: Any) -> None:
        expected = self.text()
        try:
            found = call()
        except kind as error:
            assert str(error) == expected
        else:
            raise AssertionError(f"call {self.calls}: {found} and not {expected}")

    def do_plan(self) -> None:
        plan = self.text()
        self.same((Plan.all_measures() if plan == "all-measures" else Plan.worcestershire_2017()).to_json())

    def do_measures(self) -> None:
        self.same(csc_measures.measures_json())

    def do_clocks(self) -> None:
        self.same(csc_measures.clocks_json())

    def do_measure_rag(self, numerator: str, denominator: str, code: str) -> None:
        measure, target = self.text(), json.loads(self.text())
        rag = measure_rag(measure, target, int(numerator) // 1000, int(denominator) // 1000)
        assert rag == RAGS[int(code)]

    def do_calendar(self, nation: str, _: str, *closures: str) -> None:
        self.nation = NATIONS[int(nation)]
        self.calendar = self.nation(closures=[some_day(word) for word in closures])

    def do_closure_fails(self, word: str) -> None:
        self.fails(csc_measures.OutsideCalendarError, lambda: self.nation(closures=[some_day(word)]))

    def do_between(self, start: str, end: str, expected: str) -> None:
        days = some_day(start), some_day(end)
        assert self.calendar.working_days_between(*days) == int(expected)
        assert self.calendar.working_days_between([days[0]], [days[1]]) == [int(expected)]

    def do_between_fails(self, start: str, end: str) -> None:
        days = some_day(start), some_day(end)
        self.fails(csc_measures.OutsideCalendarError, lambda: self.calendar.working_days_between(*days))

    def do_add(self, start: str, count: str, expected: str) -> None:
        begin, n = some_day(start), int(count)
        assert self.calendar.add_working_days(begin, n) == some_day(expected)
        assert self.calendar.add_working_days([begin], n) == [some_day(expected)]

    def do_add_fails(self, start: str, count: str) -> None:
        begin, n = some_day(start), int(count)
        self.fails(csc_measures.OutsideCalendarError, lambda: self.calendar.add_working_days(begin, n))

    def do_works(self, word: str, expected: str) -> None:
        assert self.calendar.is_working_day(some_day(word)) is (expected == "1")
        assert self.calendar.is_working_day([some_day(word)]) == [expected == "1"]

    def do_works_fails(self, word: str) -> None:
        self.fails(csc_measures.OutsideCalendarError, lambda: self.calendar.is_working_day(some_day(word)))

    def do_next_fails(self, word: str) -> None:
        self.fails(csc_measures.OutsideCalendarError, lambda: self.calendar.next_working_day(some_day(word)))

    def do_previous_fails(self, word: str) -> None:
        self.fails(csc_measures.OutsideCalendarError, lambda: self.calendar.previous_working_day(some_day(word)))

    def do_next(self, word: str, expected: str) -> None:
        assert self.calendar.next_working_day(some_day(word)) == some_day(expected)

    def do_previous(self, word: str, expected: str) -> None:
        assert self.calendar.previous_working_day(some_day(word)) == some_day(expected)

    def do_clock(self) -> None:
        identity = self.text()
        on, limit, unit, counts, amber = self.file.readline().decode().split()
        terms: dict[str, Any] = {}
        if on != "-":
            terms["on"] = some_day(on)
        if limit != "-":
            terms[["working_days", "days", "months"][int(unit)]] = int(limit)
        if counts == "1":
            terms["count_start_day"] = True
        if amber != "-":
            terms["amber"] = int(amber)
        self.identity, self.terms = identity, terms

    def do_no_version(self, on: str, status: str) -> None:
        identity = self.text()
        self.fails(ERRORS[status], lambda: Clock(identity, on=some_day(on)))

    def of_terms(self) -> Clock:
        return Clock(self.identity, **self.terms)

    def do_due(self, start: str, expected: str) -> None:
        assert self.of_terms().due(some_day(start), self.calendar) == some_day(expected)

    def do_in_time(self, start: str, done: str, expected: str) -> None:
        in_time = self.of_terms().in_time(some_day(start), some_day(done), self.calendar)
        assert in_time is (expected == "1")

    def do_status(self, start: str, done: str, as_at: str, *expected: str) -> None:
        status = self.of_terms().status(some_day(start), day(done), as_at=some_day(as_at), calendar=self.calendar)
        due, first_late, outcome, left, over, rag = expected
        for date_found, word in [(status.due, due), (status.first_late_day, first_late)]:
            assert word == "-" or date_found == day(word)
        for days_found, word in [(status.days_left, left), (status.days_over, over)]:
            assert word == "-" or days_found == (None if word == "none" else int(word))
        assert outcome == "-" or status.outcome == OUTCOMES[int(outcome)]
        assert rag == "-" or status.rag == RAGS[int(rag)]

    def do_clock_fails(self, start: str, done: str, as_at: str, status: str) -> None:
        begin, did, at = some_day(start), day(done), day(as_at)

        def call() -> Any:
            clock = self.of_terms()
            if at is not None:
                return clock.status(begin, did, at, self.calendar)
            return clock.due(begin, self.calendar) if did is None else clock.in_time(begin, did, self.calendar)

        self.fails(ERRORS[status], call)

    def do_dataset(self) -> None:
        self.tables = {}

    def do_json(self) -> None:
        name = self.text()
        self.tables[name] = json.loads(self.text())

    def do_build(self) -> None:
        self.dataset = Dataset(self.tables)

    def built(self) -> Dataset:
        assert self.dataset is not None
        return self.dataset

    def ran(self) -> Scorecard:
        assert self.card is not None
        return self.card

    def do_due_list(self, as_at: str) -> None:
        options, chosen = json.loads(self.text()), json.loads(self.text())
        options.pop("targets", None)
        self.same(self.built().due_list(some_day(as_at), **chosen, **options).to_json())

    def do_person(self, as_at: str) -> None:
        person, options = self.text(), json.loads(self.text())
        options.pop("targets", None)
        expected = self.text()
        assert self.built().person(person, some_day(as_at), **options).to_json() == expected
        assert self.built().as_at(some_day(as_at), **options).person(person).to_json() == expected

    def do_run(self) -> None:
        first, last, options = self.text(), self.text(), json.loads(self.text())
        self.card = self.built().scorecard(first, last, **options)

    def do_run_fails(self, status: str) -> None:
        first, last, options = self.text(), self.text(), json.loads(self.text())
        self.fails(ERRORS[status], lambda: self.built().scorecard(first, last, **options))

    def do_results(self) -> None:
        self.results = self.text()
        assert self.ran().to_json() == self.results

    def do_merged(self) -> None:
        first, last, options = self.text(), self.text(), json.loads(self.text())
        parts = [self.built().part(first, last, index=index, of=3, **options) for index in range(3)]
        one, two, three = parts
        merged = Scorecard.merge([one, bytes(two), Part(three.to_json()).to_json()])
        assert merged.to_json() == self.results

    def do_published(self) -> None:
        self.same(self.ran().published().to_json())

    def do_signals(self) -> None:
        self.same(self.ran().signals.to_json())

    def do_issues(self) -> None:
        self.same(self.ran().issues.to_json())

    def do_tables(self) -> None:
        self.same(self.ran().tables.to_json())

    def do_quality(self) -> None:
        days, options = json.loads(self.text()), json.loads(self.text())
        options.pop("targets", None)
        self.same(self.built().quality(days["from"], days["to"], **options).to_json())

    def do_sections(self) -> None:
        by, sections = self.text(), json.loads(self.text())
        assert by == "recommendation"
        found = self.ran().by_recommendation()
        assert [(one.id, one.title, list(one.measures), one.unmeasured) for one in found] == [
            (one["id"], one["title"], one["measures"], one["unmeasured"]) for one in sections
        ]

    def do_cases(self) -> None:
        measure, month = self.text(), self.text()
        self.same(self.ran().cases(measure, month).to_json())


def test_every_vector_has_the_answers_of_rust() -> None:
    script = Path(os.environ["CSC_VECTORS"]).read_bytes()
    assert Script(script).run() > 5000
