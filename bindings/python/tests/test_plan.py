"""The plan as typed data."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from csc_measures import BadValueError, Plan, Rag, UnknownNameError, measure_rag


def test_what_is_in_it() -> None:
    plan = Plan.worcestershire_2017()
    assert (len(plan.outcomes), len(plan.recommendations)) == (8, 14)
    printed = [one for one in plan.measures if one.companion_of is None]
    assert len(printed) == 50
    assert sum(one.alias_of is not None for one in plan.measures) == 1
    assert plan["O3.M4"].title == "% of CP children seen within timescale (within last 20 working days)"
    assert plan["O3.M4"].definition.denominator
    assert "O3.M4" in plan and "O3.M44" not in plan
    assert list(plan)[0] == "O1.M1" and len(plan) == len(plan.measures)
    assert plan is Plan.worcestershire_2017()
    assert hash(plan) == hash(Plan.worcestershire_2017())


def test_how_its_parts_are_linked() -> None:
    plan = Plan.worcestershire_2017()
    assert [one.id for one in plan.measures_of("O2")] == [
        "O2.M1",
        "O2.M2",
        "O2.M3",
        "O2.M3.open_overdue",
        "O2.M3.from_referral",
    ]
    for outcome in plan.outcomes:
        for recommendation in plan.recommendations_of(outcome.id):
            assert set(plan.measures_of(outcome.id)) <= set(plan.measures_for(recommendation.id))
    assert {one.id for one in plan.unmeasured_recommendations()} == {
        one["id"] for one in json.loads(plan.to_json())["recommendations"] if not one["directly_measured"]
    }
    with pytest.raises(UnknownNameError, match="did you mean `R"):
        plan.recommendation("R15")


def test_nothing_of_the_json_is_left_out() -> None:
    plan, told = Plan.worcestershire_2017(), json.loads(Plan.worcestershire_2017().to_json())
    for ours, theirs in [
        *zip(plan.outcomes, told["outcomes"]),
        *zip(plan.measures, told["measures"]),
        *zip(plan.recommendations, told["recommendations"]),
        *((one.definition, theirs["definition"]) for one, theirs in zip(plan.measures, told["measures"])),
    ]:
        assert {name: getattr(ours, name) for name in vars(ours)}.keys() == theirs.keys()


def test_colours_of_figures() -> None:
    target: dict[str, Any] = {"better": "higher", "target": 90, "tolerance": 5}
    assert measure_rag("O3.M4", target, 2249, 2500) is Rag.AMBER
    assert measure_rag("O3.M4", target, 9, 10) is Rag.GREEN
    assert measure_rag("O3.M4", target, 0, 0) is Rag.NOT_APPLICABLE
    assert str(Rag.RED) == "red"
    assert {"red": 1}[Rag.RED] == 1
    with pytest.raises(UnknownNameError):
        measure_rag("O3.M44", target, 1, 1)
    amounts: list[int | Fraction] = [2**80, Fraction(1, 3), -1]
    for amount in amounts:
        with pytest.raises(BadValueError):
            measure_rag("O3.M4", target, amount, 1)
    with pytest.raises(BadValueError, match="must be finite, not nan"):
        measure_rag("O3.M4", {**target, "target": float("nan")}, 1, 1)
