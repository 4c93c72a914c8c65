"""The shared vectors, read from their files: the package gives what each expects.

`test_vectors.py` compares the package with Rust; here it is compared with what was worked out by hand. What a key of a
vector means is in `tests/vectors/README.md`.
"""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from typing import Any

import csc_measures
import pytest
from conftest import ROOT
from csc_measures import Calendar, Clock, Dataset, Plan, Scorecard

VECTORS = ROOT / "tests" / "vectors"
OPTIONS = ("policy", "targets", "closures")

Vector = dict[str, Any]


def vectors(files: str, keys: set[str]) -> list[Any]:
    """The vectors of some files, each with the measure of its file, if it has one, and a name that pytest shows."""
    found = []
    for path in sorted(VECTORS.glob(files)):
        file = json.loads(path.read_text(encoding="utf-8"))
        for vector in file["vectors"]:
            assert set(vector) <= keys | {"name", "why"}, f"{path.name}: {vector['name']}: an unknown key"
            found.append(pytest.param(file.get("measure"), vector, id=f"{path.stem}: {vector['name']}"))
    assert found, files
    return found


def same(found: Any, expected: Any) -> bool:
    """Whether two values of JSON are the same, numbers by value: 90 is 90.0."""
    if isinstance(found, (int, float)) and isinstance(expected, (int, float)):
        return isinstance(found, bool) == isinstance(expected, bool) and math.isclose(found, expected, abs_tol=1e-9)
    return bool(found == expected)


def compare(found: Any, expected: Vector) -> None:
    """Every field that is expected is there, as expected."""
    for field, value in expected.items():
        assert field in found, f"no {field} in {found}"
        assert same(found[field], value), f"{field}: {found[field]} and not {value}"


def compare_lists(found: list[Any], expected: list[Vector]) -> None:
    assert len(found) == len(expected), f"{found} and not {expected}"
    for one, fields in zip(found, expected):
        compare(one, fields)


def plain(value: Any) -> Any:
    """A value of Python as JSON has it."""
    return value.isoformat() if isinstance(value, date) else value


def calendar(vector: Vector) -> Calendar:
    nation = getattr(Calendar, vector.get("calendar", "england-and-wales").replace("-", "_"))
    made: Calendar = nation(closures=vector.get("closures", []))
    return made


CALENDAR = {"calendar", "closures", "op", "start", "end", "date", "n", "expect", "error"}


@pytest.mark.parametrize(("_", "vector"), vectors("calendar/working-days.json", CALENDAR))
def test_working_days(_: None, vector: Vector) -> None:
    arguments = [vector[key] for key in ("start", "date", "end", "n") if key in vector]
    if "error" in vector:
        with pytest.raises(csc_measures.OutsideCalendarError) as error:
            getattr(calendar(vector), vector["op"])(*arguments)
        assert str(error.value) == vector["error"]
    else:
        assert plain(getattr(calendar(vector), vector["op"])(*arguments)) == vector["expect"]


CLOCK = {
    "clock",
    "on",
    "calendar",
    "closures",
    "limit",
    "counting_start_day",
    "warning",
    "start",
    "done",
    "as_at",
    "expect",
    "error",
}


def clock(vector: Vector) -> Clock:
    terms = dict(vector.get("limit", {}))
    if "on" in vector:
        terms["on"] = vector["on"]
    if vector.get("counting_start_day"):
        terms["count_start_day"] = True
    made = Clock(vector["clock"], **terms)
    if "warning" in vector:
        counts = "working_days" if made.unit == "working_days" else "days"
        made = Clock(vector["clock"], **terms, amber=vector["warning"][counts])
    return made


@pytest.mark.parametrize(("_", "vector"), vectors("clocks/*.json", CLOCK))
def test_clocks(_: None, vector: Vector) -> None:
    start, done, as_at = vector["start"], vector.get("done"), vector.get("as_at")
    days = calendar(vector)
    if "error" in vector:
        with pytest.raises(csc_measures.CscMeasuresError) as error:
            if as_at is not None:
                clock(vector).status(start, done, as_at=as_at, calendar=days)
            elif done is not None:
                clock(vector).in_time(start, done, days)
            else:
                clock(vector).due(start, days)
        assert str(error.value) == vector["error"]
        return
    found: Vector = {"due": clock(vector).due(start, days)}
    if done is not None:
        found["in_time"] = clock(vector).in_time(start, done, days)
    if as_at is not None:
        status = clock(vector).status(start, done, as_at=as_at, calendar=days)
        assert status.due == found["due"]
        for field in ("outcome", "first_late_day", "days_left", "days_over"):
            found[field] = getattr(status, field)
        found["rag"] = status.rag.value
    compare({field: plain(value) for field, value in found.items()}, vector["expect"])


def options(vector: Vector) -> Vector:
    return {key: vector[key] for key in OPTIONS if key in vector}


def result(results: list[Any], measure: str, month: str) -> Any:
    """The result of a measure in a month; `None` if there is none."""
    found = [one for one in results if (one["measure"], one["month"]) == (measure, month)]
    assert len(found) <= 1
    return found[0] if found else None


def scorecard(vector: Vector, plan: str | None = None) -> Scorecard:
    first, last = (vector.get(key, vector.get("month")) for key in ("from", "to"))
    return Dataset(vector["tables"]).scorecard(str(first), str(last), plan=plan, **options(vector))


def plan_of(measure: str) -> str:
    """The plan whose row a vector names: the default one, if it has the row."""
    default = Plan.worcestershire_2017()
    return default.id if measure in default else "all-measures"


MEASURE = {"tables", *OPTIONS, "month", "expect", "cases", "data_issues"}


@pytest.mark.parametrize(("measure", "vector"), vectors("measures/*.json", MEASURE))
def test_measures(measure: str, vector: Vector) -> None:
    card = scorecard(vector, plan_of(measure))
    found = result(json.loads(card.to_json())["results"], measure, vector["month"])
    if vector["expect"] is None:
        assert found is None
    else:
        compare(found, vector["expect"])
        # the same as rows
        row = result(card.results.to_dicts(), measure, vector["month"])
        fields = ("status", "numerator", "denominator", "value", "unit", "rag", "direction")
        compare(row, {field: value for field, value in vector["expect"].items() if field in fields})
    if "cases" in vector:
        cases = card.cases(measure, vector["month"])
        compare_lists(json.loads(cases.to_json())["cases"], vector["cases"])
        rows = [{field: plain(value) for field, value in row.items()} for row in cases]
        compare_lists(rows, vector["cases"])
    if "data_issues" in vector:
        compare_lists(json.loads(card.issues.to_json()), vector["data_issues"])
        compare_lists(card.issues.to_dicts(), vector["data_issues"])


DUE = {"tables", *OPTIONS, "as_at", "due"}


@pytest.mark.parametrize(("_", "vector"), vectors("due/*.json", DUE))
def test_what_is_due(_: None, vector: Vector) -> None:
    dataset = Dataset(vector["tables"])
    found = dataset.due_list(vector["as_at"], **options(vector))
    compare_lists(json.loads(found.to_json())["obligations"], vector["due"])
    compare_lists([{field: plain(value) for field, value in row.items()} for row in found.obligations], vector["due"])
    # and of each child asked for alone
    for person in {obligation["person"] for obligation in vector["due"]}:
        alone = dataset.person(person, vector["as_at"], **options(vector))
        expected = [obligation for obligation in vector["due"] if obligation["person"] == person]
        compare_lists(json.loads(alone.to_json())["obligations"], expected)


PUBLISHED = {"tables", *OPTIONS, "from", "to", "expect"}


@pytest.mark.parametrize(("_", "vector"), vectors("publishing/*.json", PUBLISHED))
def test_what_is_published(_: None, vector: Vector) -> None:
    results = json.loads(scorecard(vector).published().to_json())["results"]
    for measure, expected in vector["expect"].items():
        compare(result(results, measure, vector["to"]), expected)


GROUPS = {"tables", "options", "month", "groups", "cases", "warnings", "error"}


@pytest.mark.parametrize(("_", "vector"), vectors("groups/*.json", GROUPS))
def test_groups(_: None, vector: Vector) -> None:
    dataset, month, asked = Dataset(vector["tables"]), vector["month"], vector["options"]
    (measure,) = asked["measures"]
    if "error" in vector:
        with pytest.raises(csc_measures.CscMeasuresError) as error:
            dataset.scorecard(month, month, **asked)
        assert vector["error"] in str(error.value)
        return
    card = dataset.scorecard(month, month, **asked)
    found = json.loads(card.to_json())
    compare_lists(found["groups"], vector["groups"])
    # the same as rows
    fields = ("measure", "month", "dimension", "group", "status", "value", "low", "high", "funnel")
    rows = [{field: group[field] for field in fields if field in group} for group in vector["groups"]]
    compare_lists(card.groups.to_dicts(), rows)
    if "cases" in vector:
        compare_lists(json.loads(card.cases(measure, month).to_json())["cases"], vector["cases"])
    if "warnings" in vector:
        assert result(found["results"], measure, month)["warnings"] == vector["warnings"]


def tables_of(file: Vector, vector: Vector) -> tuple[dict[str, list[Vector]], str]:
    """The rows that a file of signals makes of a vector's figures, and the last month."""
    tables = {table: list(rows) for table, rows in file["rows"].get("fixed", {}).items()}
    year, month = (int(part) for part in vector["from"].split("-"))
    first = date(year, month, 1)
    identity = 0
    for step, figure in enumerate(vector["figures"]):
        months = year * 12 + month - 1 + step * file.get("step", 1)
        first, after = (date(one // 12, one % 12 + 1, 1) for one in (months, months + 1))
        counted, whole = figure if isinstance(figure, list) else (figure, figure)
        for kind, count in [("each", counted), ("others", whole - counted), ("once", 1)]:
            for _ in range(count):
                identity += 1
                filled = {
                    "{id}": f"I{identity}",
                    "{first}": first.isoformat(),
                    "{next}": after.isoformat(),
                    "{ago}": (first - timedelta(days=counted)).isoformat(),
                }
                for table, template in file["rows"].get(kind, {}).items():
                    row = {column: filled.get(str(value), value) for column, value in template.items()}
                    tables.setdefault(table, []).append(row)
    return tables, first.isoformat()[:7]


SIGNALS = {"from", "figures", "options", "expect", "error"}
OF_SIGNALS = [
    pytest.param(file, vector, id=f"{file['measure']}: {vector['name']}")
    for file in (json.loads(path.read_text(encoding="utf-8")) for path in sorted(VECTORS.glob("signals/*.json")))
    for vector in file["vectors"]
]


@pytest.mark.parametrize(("file", "vector"), OF_SIGNALS)
def test_signals(file: Vector, vector: Vector) -> None:
    assert set(vector) <= SIGNALS | {"name", "why"}
    tables, last = tables_of(file, vector)
    options = {**vector.get("options", {}), "measures": file["measure"], "signals": True}
    run = Dataset(tables).scorecard
    if "error" in vector:
        with pytest.raises(csc_measures.CscMeasuresError) as error:
            run(vector["from"], last, **options)
        assert str(error.value) == vector["error"]
        return
    card = run(vector["from"], last, **options)
    found = json.loads(card.to_json())["signals"]
    assert json.loads(card.signals.to_json()) == found
    if vector["expect"] is None:
        assert found == []
        return
    (signals,) = found
    expected = dict(vector["expect"])
    points, marks = expected.pop("points"), expected.pop("marks")
    compare(signals, expected)
    by_month = {point["month"]: point for point in signals["points"]}
    for point in points:
        compare(by_month[point["month"]], point)
    compare_lists([point for point in signals["points"] if point["marks"]], marks)
    assert len(card.signals) == len(signals["points"])


def test_a_wrong_expectation_is_found() -> None:
    compare({"value": 90.0, "rag": None}, {"value": 90, "rag": None})
    wrong: list[Vector] = [{"value": 90.1}, {"value": None}, {"rag": "red"}, {"value": "90"}, {"name": 1}]
    for expected in wrong:
        with pytest.raises(AssertionError):
            compare({"value": 90.0, "rag": None}, expected)
    with pytest.raises(AssertionError):
        compare_lists([], [{}])
