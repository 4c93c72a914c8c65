"""What crosses to other processes: a scorecard as its sums; of a dataset its tables."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from typing import Any

import pytest
from csc_measures import BadValueError, CscMeasuresError, Dataset, Scorecard

OPTIONS: list[dict[str, Any]] = [
    {},
    {"breakdown": ["sex", "team"], "by": "outcome", "signals": True},
    {"policy": {"cp_visit_working_days": 10}, "targets": {"O3.M4": {"better": "higher", "target": 92.5}}},
    {"plan": "all-measures", "closures": ["2017-03-01"], "threads": 2},
    {"measures": ["O3.M4", "O6.M3"]},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_scorecard_comes_out_as_it_went_in(sample: Dataset, options: dict[str, Any]) -> None:
    card = sample.scorecard("2016-04", "2017-03", **options)
    copied: Scorecard = pickle.loads(pickle.dumps(card))
    assert copied.to_json() == card.to_json()
    assert copied.results == card.results and copied.groups == card.groups and copied.signals == card.signals
    assert copied.issues == card.issues and copied.tables == card.tables
    assert copied.titles == card.titles and copied.plan_definition == card.plan_definition
    try:
        published = card.published()
    except BadValueError as error:
        with pytest.raises(BadValueError) as caught:
            copied.published()
        assert str(caught.value) == str(error)
    else:
        assert copied.published().to_json() == published.to_json()
    again: Scorecard = pickle.loads(pickle.dumps(copied))
    assert again.to_json() == card.to_json()
    with pytest.raises(CscMeasuresError, match="parts"):
        copied.cases(card.results[-1]["measure"], "2017-03")


def test_a_merged_scorecard_comes_out_too(sample: Dataset) -> None:
    parts = [sample.part("2017-01", "2017-03", index=index, of=3) for index in range(3)]
    merged = Scorecard.merge(parts)
    assert pickle.loads(pickle.dumps(merged)).to_json() == merged.to_json()


def last_value(card: Scorecard) -> Any:
    return card.results[-1]["value"]


def test_a_scorecard_crosses_to_another_process(sample: Dataset) -> None:
    card = sample.scorecard("2017-03")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(last_value, (card,)) == last_value(card)


def test_a_dataset_says_what_to_pickle_in_its_place(sample: Dataset) -> None:
    with pytest.raises(TypeError, match="a dataset cannot be pickled; pickle its tables"):
        pickle.dumps(sample)


def test_copies_in_the_same_process_are_the_same(sample: Dataset) -> None:
    card = sample.scorecard("2017-03")
    for one in (sample, card):
        assert copy.copy(one) is one and copy.deepcopy(one) is one
    # and so can still list cases
    assert len(copy.deepcopy({"card": card})["card"].cases("O3.M4", "2017-03")) > 0
