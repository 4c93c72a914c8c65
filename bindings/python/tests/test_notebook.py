"""What a notebook shows: well-formed, escaped, and told in words as well as in colours."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from csc_measures import BadValueError, Clock, Dataset, Plan, Scorecard, UnknownNameError
from csc_measures._html import sparkline

VOID = {"br", "meta"}


class Page(HTMLParser):
    """Sees that every tag is closed, and collects what is there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data + " "

    def count(self, tag: str) -> int:
        return sum(found == tag for found, _ in self.tags)


def test_a_scorecard_by_outcome(card: Scorecard) -> None:
    page = Page(card._repr_html_())
    assert page.count("caption") == 1
    assert sum(attributes.get("scope") == "rowgroup" for _, attributes in page.tags) == 8
    measures = {row["measure"] for row in card.results}
    assert sum(attributes.get("scope") == "row" for _, attributes in page.tags) == len(measures)
    assert all(attributes.get("scope") for tag, attributes in page.tags if tag == "th")
    # the last month of a measure with a target: value, numerator and denominator, colour in words, change
    before, last = [row for row in card.results if row["measure"] == "O3.M4"][-2:]
    assert last["rag"] == "red"
    shown = re.sub(r"\s+", " ", page.words)
    of = f"{last['numerator']:.0f} / {last['denominator']:.0f}"
    # it says worsened only for a signal, and of this month there is none
    assert [row["variation"] for row in card.signals if row["measure"] == "O3.M4"][-1] == "common"
    assert last["direction"] == "worsened"
    assert f"{last['value']:.1f} % {of} ◆ red ↓ {last['value'] - before['value']:+.1f} points" in shown
    trends = [attributes for tag, attributes in page.tags if tag == "svg"]
    assert len(trends) > 30
    assert all(one["role"] == "img" and one["aria-label"] for one in trends)


def test_what_is_not_supplied_is_said() -> None:
    page = Page(Dataset({"compliments": []}).scorecard("2017-03")._repr_html_())
    assert "not supplied: cp_plans" in page.words


def test_everything_else(sample: Dataset, card: Scorecard) -> None:
    plan = Plan.worcestershire_2017()
    person = sample.person(card.cases("O3.M4", "2017-03")[0]["subject"], "2017-03-31")
    due = sample.due_list("2017-03-31")
    assert plan["O3.M4"].cases in Page(plan["O3.M4"]._repr_html_()).words
    assert plan["O3.M4"].title in Page(plan._repr_html_()).words
    assert Clock("cp_visit").source in Page(Clock("cp_visit")._repr_html_()).words
    assert person.id in Page(person._repr_html_()).words
    shown = Page(due._repr_html_())
    assert f"{len(due) - 50:,} more." in shown.words
    assert shown.count("tr") == 51
    assert "◆" in shown.words and "red" in shown.words
    assert "c stands for a figure of 1 to 5 cases" in Page(card.published()._repr_html_()).words
    report = Page(sample.quality()._repr_html_())
    assert "cp_visits" in report.words and "missing_required" in report.words
    rows = Page(card.results._repr_html_())
    assert rows.count("tr") == 21
    assert f"{len(card.results) - 20} more rows" in rows.words


def test_everything_is_escaped() -> None:
    evil = '<script>alert("1")</script>&'
    data = Dataset(
        {
            "cp_plans": [{"cp_plan_id": evil, "person_id": evil, "start_date": "2017-01-03"}],
            "cp_visits": [],
            "involvements": [
                {"involvement_id": "1", "person_id": evil, "worker_id": evil, "team": evil, "start_date": "2017-01-03"}
            ],
            "workers": [{"worker_id": evil, "team": evil}],
        }
    )
    card = data.scorecard("2017-03")
    everything: list[Any] = [
        data.person(evil, "2017-03-31"),
        data.due_list("2017-03-31"),
        card.cases("O3.M4", "2017-03"),
        card,
        data.issues,
        data.quality(),
    ]
    for shown in everything:
        html = shown._repr_html_()
        assert "<script" not in html
        Page(html)
    assert "&lt;script&gt;" in data.due_list("2017-03-31")._repr_html_()


def test_a_trend_with_gaps() -> None:
    svg = sparkline([1.0, 2.0, None, 3.0, None, 2.0], "a & b")
    assert svg.count("<polyline") == 1
    assert svg.count("<circle") == 3
    assert "a &amp; b" in svg
    assert sparkline([None, 1.0, None], "") == ""
    assert "NaN" not in sparkline([2.0, 2.0], "")


def of(chart: Any) -> dict[str, Any]:
    specification: dict[str, Any] = chart.to_dict()
    return specification


def test_a_run_chart(card: Scorecard) -> None:
    chart = of(card.plot("O3.M4"))
    line, points, rule, name = chart["layer"]
    values = next(iter(chart["datasets"].values())) if "datasets" in chart else line["data"]["values"]
    values = line["data"].get("values", values)
    rows = [row for row in card.results if row["measure"] == "O3.M4"]
    assert [one["value"] for one in values] == [row["value"] for row in rows]
    assert [one["label"] for one in values] == [row["month"] for row in rows]
    # ratings differ by shape too
    assert len(set(points["encoding"]["shape"]["scale"]["range"])) == len(points["encoding"]["shape"]["scale"]["domain"])
    assert rule["mark"]["type"] == "rule" and rule["data"]["values"][0]["target"] == 90
    assert name["data"]["values"][0]["label"] == "target 90"
    assert "2017-03" in chart["description"]


def test_run_charts_without_a_target_and_with_a_band(sample: Dataset) -> None:
    band = {"O1.M1": {"better": "band", "low": 12, "high": 16, "tolerance": 2}}
    card = sample.scorecard("2016-10", "2017-03", targets=band, measures=["O1.M1", "O2.M2", "O4.M5"])
    assert len(of(card.plot("O1.M1"))["layer"]) == 3
    assert len(of(card.plot("O2.M2"))["layer"]) == 2
    with pytest.raises(BadValueError, match="qualitative"):
        card.plot("O4.M5")
    with pytest.raises(BadValueError, match="was not asked for"):
        card.plot("O3.M4")
    with pytest.raises(UnknownNameError, match="did you mean"):
        card.plot("O3.M44")
