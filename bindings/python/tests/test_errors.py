"""Errors are the package's own, by kind, and the builtin ones that one would expect; none repeats a row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import csc_measures
import pytest
from csc_measures import Clock, Dataset, Part, Plan, Scorecard, _native

SECRET = "Someone's address"
ANYTHING: Any = 5

CALLS: list[tuple[Callable[[Any], Any], type[Exception], type[Exception], str]] = [
    (lambda data: data.scorecard("2017-13"), csc_measures.BadValueError, ValueError, "`2017-13` is not a month"),
    (lambda data: data.scorecard("2017-03", "2017-02"), csc_measures.BadValueError, ValueError, "ends before"),
    (
        lambda data: data.scorecard("2017-03", measures=["O3.M44"]),
        csc_measures.UnknownNameError,
        KeyError,
        "unknown measure `O3.M44`, did you mean `O3.M4`?",
    ),
    (
        lambda data: data.scorecard("2017-03", policy={"calender": "scotland"}),
        csc_measures.BadValueError,
        ValueError,
        "unknown policy `calender`, did you mean `calendar`?",
    ),
    (
        lambda data: data.scorecard("2017-03", targets={"O3.M4": {"better": "higher"}}),
        csc_measures.BadValueError,
        ValueError,
        "target",
    ),
    (lambda data: data.scorecard("2017-03", by="recomendation"), csc_measures.BadValueError, ValueError, "expected `outcome` or `recommendation`"),
    (lambda data: data.due_list("2017-03-31", rag="blue"), csc_measures.BadValueError, ValueError, "blue"),
    (lambda data: data.due_list("2017-03-31", clocks="cp_visits"), csc_measures.UnknownNameError, KeyError, "`cp_visit`"),
    (lambda data: data.due_list("2017-03-31", within=-1), csc_measures.BadValueError, ValueError, "-1"),
    (lambda data: data.quality("2017-03", "2017-01"), csc_measures.BadValueError, ValueError, "ends before it begins"),
    (lambda data: data.due_list("31/03/2017"), csc_measures.BadValueError, ValueError, "write it as 2017-03-31"),
    (
        lambda data: data.scorecard("2017-03", closures=["1990-01-01"]),
        csc_measures.OutsideCalendarError,
        ValueError,
        "1990-01-01",
    ),
    (lambda data: data.person("nobody", "2017-03-31"), csc_measures.UnknownNameError, KeyError, "`nobody`"),
    (
        lambda data: data.scorecard("2017-03").cases("O3.M44", "2017-03"),
        csc_measures.UnknownNameError,
        KeyError,
        "did you mean `O3.M4`?",
    ),
    (lambda data: data.scorecard("2017-03").cases("O3.M4", "2017-04"), csc_measures.CscMeasuresError, Exception, "2017-04"),
    (lambda _: Clock("cp_visits"), csc_measures.UnknownNameError, KeyError, "did you mean `cp_visit`?"),
    (lambda _: Plan.worcestershire_2017()["O3.M44"], csc_measures.UnknownNameError, KeyError, "`O3.M4`"),
    (lambda _: Plan.worcestershire_2017().outcome("O9"), csc_measures.UnknownNameError, KeyError, "unknown outcome"),
    (lambda _: Dataset.read("/no/such/folder"), csc_measures.UnreadableError, OSError, "does not exist"),
    (lambda _: Part("{}"), csc_measures.PartsError, ValueError, "not a part"),
    (lambda _: Scorecard.merge([]), csc_measures.PartsError, ValueError, "no parts"),
    (
        lambda data: Scorecard.merge([data.part("2017-03", index=0, of=2)]),
        csc_measures.PartsError,
        ValueError,
        "part 1 of 2 is missing",
    ),
    (lambda data: data.part("2017-03", index=1), csc_measures.BadValueError, ValueError, "go together"),
    (lambda data: data.part("2017-03", index=2, of=2), csc_measures.CscMeasuresError, ValueError, "part 2 of 2 does not exist"),
]


@pytest.mark.parametrize(("call", "kind", "builtin", "message"), CALLS)
def test_each_kind(
    sample: Dataset, call: Callable[[Any], Any], kind: type[Exception], builtin: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        call(sample)
    assert isinstance(caught.value, builtin)
    assert isinstance(caught.value, csc_measures.CscMeasuresError)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "call",
    [
        lambda data: data.scorecard(5),
        lambda data: data.scorecard(None),
        lambda data: data.due_list(5),
        lambda data: data.quality(5),
        lambda data: data.scorecard("2017-03").cases(5, "2017-03"),
        lambda data: data.scorecard("2017-03", policy=object()),
        lambda _: Scorecard.merge([ANYTHING]),
        lambda _: Part(ANYTHING),
        lambda _: Dataset.read(ANYTHING),
        lambda _: csc_measures.Table(),
        lambda data: data.scorecard("2017-03", month="2017-03"),
    ],
)
def test_what_is_of_no_use_is_a_type_error(sample: Dataset, call: Callable[[Any], Any]) -> None:
    with pytest.raises(TypeError):
        call(sample)


def test_no_message_repeats_a_row(tmp_path: Path) -> None:
    rows = [{"cp_plan_id": "CP1", "person_id": "P1", "start_date": SECRET}]
    data = Dataset({"cp_plans": rows})
    assert len(data.issues) > 0
    assert SECRET not in data.issues.to_json()
    (tmp_path / "cp_plans.csv").write_text(f"cp_plan_id,person_id,start_date\nCP1,P1,{SECRET}\n")
    assert SECRET not in Dataset.read(tmp_path).issues.to_json()
    with pytest.raises(csc_measures.BadTableError) as caught:
        Dataset({"cp_plans": {"cp_plan_id": ["CP1"], "person_id": [SECRET]}})
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("on_another_thread", [False, True])
def test_a_broken_invariant_is_an_internal_error(on_another_thread: bool) -> None:
    with pytest.raises(RuntimeError, match="^an internal error of csc_measures$"):
        _native._break_an_invariant(on_another_thread)
