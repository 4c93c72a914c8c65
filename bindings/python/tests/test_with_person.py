"""One child's rows replaced: the new dataset has them, the old one stays."""

from __future__ import annotations

from typing import Any

import pytest
from csc_measures import Dataset
from csc_measures.errors import BadTableError, BadValueError, UnknownNameError

VISITS = [("V1", "P1", "2017-03-03"), ("V2", "P2", "2017-01-20")]


def tables(persons: list[str], visits: list[tuple[str, str, str]]) -> dict[str, Any]:
    return {
        "cp_plans": {
            "cp_plan_id": [f"CP-{person}" for person in persons],
            "person_id": persons,
            "start_date": ["2017-01-03"] * len(persons),
        },
        "cp_visits": {
            "cp_visit_id": [visit for visit, _, _ in visits],
            "person_id": [person for _, person, _ in visits],
            "date": [date for _, _, date in visits],
            "seen": [True] * len(visits),
        },
    }


def said(data: Dataset) -> list[str]:
    card = data.scorecard("2017-03", breakdown=["age"])
    return [
        card.results.to_json(),
        card.groups.to_json(),
        card.cases("O3.M4", "2017-03").to_json(),
        data.due_list("2017-03-31").to_json(),
    ]


def test_the_new_dataset_is_as_if_built_anew_and_the_old_one_stays() -> None:
    data = Dataset(tables(["P1", "P2"], VISITS))
    before = said(data)
    recorded = ("V3", "P2", "2017-03-24")
    after = data.with_person(tables(["P2"], [VISITS[1], recorded]))
    assert said(after) == said(Dataset(tables(["P1", "P2"], [*VISITS, recorded])))
    assert said(data) == before != said(after)
    # A child who was not there, and one who goes.
    third = after.with_person(tables(["P3"], [("V4", "P3", "2017-03-01")]))
    assert (third.person_count, third.without_person("P1").person_count) == (3, 2)


def test_what_is_refused_says_what_to_do() -> None:
    data = Dataset(tables(["P1", "P2"], VISITS))
    with pytest.raises(BadValueError, match="the rows are of `P1` and of `P2`; give those of one child"):
        data.with_person(tables(["P1", "P2"], VISITS))
    more = "column `end_date` of table `cp_plans` is in the rows and not in the dataset"
    with pytest.raises(BadTableError, match=more):
        plan: dict[str, list[Any]] = {"cp_plan_id": ["CP-P1"], "person_id": ["P1"], "start_date": ["2017-01-03"]}
        plan["end_date"] = [None]
        data.with_person({"cp_plans": plan})
    with pytest.raises(UnknownNameError, match="person `P9` is in none of the tables"):
        data.without_person("P9")
    with pytest.raises(BadValueError, match="for the quality of the data build a dataset anew from all rows"):
        data.without_person("P1").quality()
