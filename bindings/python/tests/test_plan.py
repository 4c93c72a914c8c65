"""The plan as typed data."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from csc_measures import BadValueError, Dataset, Plan, Rag, Scorecard, UnknownNameError, measure_rag


FENSHIRE = Path(__file__).parents[3] / "examples" / "plans" / "fenshire.json"


def test_what_is_in_it() -> None:
    plan = Plan.worcestershire_2017()
    assert (len(plan.outcomes), len(plan.recommendations)) == (8, 14)
    printed = [one for one in plan.rows if one.companion_of is None]
    assert len(printed) == 50
    assert sum(one.alias_of is not None for one in plan.rows) == 1
    assert plan["O3.M4"].title == "% of CP children seen within timescale (within last 20 working days)"
    assert plan["O3.M4"].measure == "cp_visits_in_time"
    assert plan["O3.M4"].denominator
    assert "O3.M4" in plan and "O3.M44" not in plan
    assert list(plan)[0] == "O1.M1" and len(plan) == len(plan.rows)
    assert plan is Plan.worcestershire_2017()
    assert hash(plan) == hash(Plan.worcestershire_2017())


def test_how_its_parts_are_linked() -> None:
    plan = Plan.worcestershire_2017()
    assert [one.id for one in plan.rows_of("O2")] == [
        "O2.M1",
        "O2.M2",
        "O2.M3",
        "O2.M3.open_overdue",
        "O2.M3.from_referral",
    ]
    for outcome in plan.outcomes:
        for recommendation in plan.recommendations_of(outcome.id):
            assert set(plan.rows_of(outcome.id)) <= set(plan.rows_for(recommendation.id))
    assert {one.id for one in plan.unmeasured_recommendations()} == {
        one["id"] for one in json.loads(plan.to_json())["recommendations"] if one.get("unmeasured")
    }
    with pytest.raises(UnknownNameError, match="did you mean `R"):
        plan.recommendation("R15")


def test_a_plan_of_a_council_s_own() -> None:
    plan = Plan.read(FENSHIRE)
    assert (plan.id, plan.edition, len(plan.outcomes)) == ("fenshire-2026", 1, 4)
    assert plan["S1"].policy == {"cp_visit_working_days": 10}
    assert plan == Plan.from_json(plan.to_json()) == Plan.read(str(FENSHIRE))
    assert plan != Plan.worcestershire_2017()
    visits = [{"cp_visit_id": "1", "person_id": "A", "date": "2017-03-10"}]
    plans = [{"cp_plan_id": "1", "person_id": "A", "start_date": "2016-06-01"}]
    data = Dataset({"cp_plans": plans, "cp_visits": visits, "cp_reviews": []})
    card = data.scorecard("2017-03", plan=plan, measures=["S1"])
    assert (card.plan, card.plan_definition) == ("fenshire-2026", plan)
    result = next(iter(card.results))
    assert (result["measure"], result["numerator"], result["denominator"]) == ("S1", 0, 1)
    assert result["rag"] == "red"
    assert json.loads(card.to_json())["plan_definition"] == json.loads(plan.to_json())
    # by its id, as JSON has it, and as the object that JSON has
    for given in ("all-measures", json.loads(Plan.all_measures().to_json()), Plan.all_measures()):
        assert data.scorecard("2017-03", plan=given).plan == "all-measures"
    owed = {one["measure"] for one in data.person("A", "2017-03-31", plan=plan).obligations}
    assert owed == {"S1", "T3"}
    assert {one["measure"] for one in data.due_list("2017-03-31", plan=plan).obligations} >= {"S1", "T3"}
    parts = [data.part("2017-03", index=index, of=2, plan=plan) for index in range(2)]
    assert Scorecard.merge(parts).to_json() == data.scorecard("2017-03", plan=plan).to_json()
    assert plan["S1"].title in card._repr_html_()


def test_a_plan_that_cannot_be_taken(tmp_path: Path) -> None:
    text = FENSHIRE.read_text(encoding="utf-8").replace("cp_visits_in_time", "cp_visit_in_time")
    nearest = "row `S1`: unknown measure `cp_visit_in_time`, did you mean `cp_visits_in_time`"
    with pytest.raises(BadValueError, match=nearest):
        Plan.from_json(text)
    path = tmp_path / "plan.json"
    path.write_text("\ufeff" + text, encoding="utf-8")
    with pytest.raises(BadValueError, match=nearest) as error:
        Plan.read(path)
    assert str(path) in str(error.value)
    with pytest.raises(BadValueError, match="a plan is a JSON object"):
        Plan.from_json("worcestershire-2017")
    with pytest.raises(UnknownNameError, match="unknown recommendation `A1`: the plan has none"):
        Plan.all_measures().recommendation("A1")
    with pytest.raises(UnknownNameError, match="unknown plan `worcester`, did you mean `worcestershire-2017`"):
        Dataset({"cp_plans": []}).scorecard("2017-03", plan="worcester")


def test_nothing_of_the_json_is_left_out() -> None:
    plan, told = Plan.worcestershire_2017(), json.loads(Plan.worcestershire_2017().to_json())
    assert {"rows", *vars(plan.outcomes[0])} == told["outcomes"][0].keys()
    for ours, theirs in zip(plan.recommendations, told["recommendations"]):
        assert vars(ours).keys() >= theirs.keys()
    for row in (row for outcome in told["outcomes"] for row in outcome["rows"]):
        ours_row = plan[row["id"]]
        assert (ours_row.title, ours_row.measure, ours_row.unit) == (row["title"], row["measure"], row["show"])


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
