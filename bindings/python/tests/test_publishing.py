"""What may be published: what is hidden, what is rounded, and what somebody who knows the rules can tell."""

import json
from typing import Any

import csc_measures as cm
import pytest

from conftest import SAMPLE

YEAR = ("2016-04", "2017-03")


@pytest.fixture(scope="module")
def card() -> cm.Scorecard:
    return cm.Dataset.read(SAMPLE).scorecard(*YEAR, breakdown=["sex", "worker"])


def test_tables_are_what_the_json_says(card: cm.Scorecard) -> None:
    published = card.published()
    whole = json.loads(published.to_json())
    assert whole["notes"] == published.notes
    for table, name in ((published.results, "results"), (published.groups, "groups")):
        assert len(table) == len(whole[name])
        for row, told in zip(table.to_dicts(), whole[name], strict=True):
            assert row["suppressed"] == (told["status"] == "suppressed") == (told["value"] == "c")
            assert (row["measure"], row["month"], row["status"]) == (told["measure"], told["month"], told["status"])
            if not row["suppressed"]:
                assert row["value"] == told["value"]
    hidden = [row for row in whole["results"] + whole["groups"] if row["status"] == "suppressed"]
    assert published.hidden == whole["hidden"] == len(hidden) > 0
    assert {row["dimension"] for row in whole["groups"]} == {"sex"}
    assert all(set(row) & {"outcomes", "all_met"} == set() for row in whole["results"])


def test_nobody_can_tell_a_count_of_one_to_five(card: cm.Scorecard) -> None:
    audit = card.published().audit()
    assert audit["told"] == 0
    assert any(finding["values"] == [1, 2, 3, 4, 5] for finding in audit["findings"])


def test_longer_periods_hide_less_and_rounded_figures_are_whole(card: cm.Scorecard) -> None:
    months, quarters = card.published(), card.published(publish_period="quarter")
    assert len(quarters.results) * 2 < len(months.results)
    assert quarters.hidden * 3 < months.hidden
    rounded = card.published(protection="rounding", rounding_least=20)
    told = json.loads(rounded.to_json())
    assert (told["protection"], told["rounding_least"]) == ("rounding", 20)
    assert rounded.notes != months.notes
    people = [row for row in rounded.results.to_dicts() if row["unit"] == "count" and row["measure"] != "O4.M5"]
    values = {row["value"] for row in people if row["value"] is not None}
    assert values and all(value % 5 == 0 and value >= 10 for value in values)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"protection": "rounded"}, "rounding"),
        ({"publish_period": "week"}, "quarter"),
        ({"rounding_least": 19}, "`rounding_least` is 19"),
    ],
)
def test_what_cannot_be_meant_is_an_error(card: cm.Scorecard, given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        card.published(**given)


def test_a_run_without_a_whole_period_is_an_error() -> None:
    card = cm.Dataset.read(SAMPLE).scorecard("2017-02", "2017-03")
    with pytest.raises(ValueError, match="no whole quarter lies in the months from 2017-02 to 2017-03"):
        card.published(publish_period="quarter")


def test_parts_are_published_if_they_say_what_that_takes() -> None:
    data = cm.Dataset.read(SAMPLE)
    merged = cm.Scorecard.merge([data.part("2017-03", index=index, of=2) for index in range(2)])
    with pytest.raises(ValueError, match="`publish`"):
        merged.published()
    merged = cm.Scorecard.merge([data.part("2017-03", index=index, of=2, publish=True) for index in range(2)])
    assert merged.published().to_json() == data.scorecard("2017-03").published().to_json()
