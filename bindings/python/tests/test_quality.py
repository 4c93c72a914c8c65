"""What is wrong with the data, and which figures it touches."""

from __future__ import annotations

import datetime
import json

from csc_measures import Dataset

TABLES = {
    "complaints": [
        {"complaint_id": "C1", "received_date": "2017-03-01", "made_by_child": "perhaps"},
        {"complaint_id": "C2", "received_date": "2017-03-02", "made_by_child": "yes"},
        {"complaint_id": "C3", "received_date": "soon", "made_by_child": "yes"},
    ]
}


def test_an_issue_touches_the_cases_of_its_rows() -> None:
    quality = Dataset(TABLES).quality(measures=["O4.M1", "O4.M2"])
    assert (quality.as_at, quality.first, quality.last) == (datetime.date(2017, 3, 2), "2016-04", "2017-03")
    flag = next(kind for kind in quality.issues if kind["column"] == "made_by_child")
    assert (flag["code"], flag["rows"], flag["left_out"]) == ("bad_value", 1, False)
    # C1 and C2 are the complaints of March; O4.M1 does not ask who made them.
    march = {"month": "2017-03", "cases": 1, "unknown": 1, "of": 2}
    assert flag["measures"] == [{"measure": "O4.M2", "not_supplied": False, "months": [march]}]
    (table,) = quality.tables
    assert (table["rows"], table["used"], table["out"], table["last"]) == (3, 2, 1, "2017-03-02")
    assert repr(quality) == "Quality as at 2017-03-02: 1 tables, 2 kinds of issues"


def test_the_dicts_are_the_json() -> None:
    quality = Dataset(TABLES).quality("2017-01", "2017-03", as_at="2017-04-01")
    assert quality.to_dict() == json.loads(quality.to_json())
    assert (quality.to_dict()["from"], quality.tables[0]["days_behind"]) == ("2017-01", 30)
    assert quality.policy == quality.to_dict()["policy"]


def test_data_without_dates_are_looked_at_too() -> None:
    quality = Dataset({"complaints": []}).quality()
    assert (quality.as_at, quality.first, quality.last, quality.issues) == (None, None, None, [])
