"""Tables of answers in the tools of analysts: at a terminal, in slices, in data frames, databases and charts, in files."""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
from pathlib import Path
from typing import Any

import altair
import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from csc_measures import BadValueError, Dataset, Scorecard, Table, UnknownNameError

LISTS = ("warnings", "missing_tables")


def result_of(card: Scorecard, measure: str, month: str) -> dict[str, Any]:
    return next(row for row in card.results if (row["measure"], row["month"]) == (measure, month))


def test_results_stand_beside_what_the_plan_says_of_them(card: Scorecard) -> None:
    plan, rows = card.plan_definition, card.results.to_dicts()
    before: dict[str, Any] = {}
    for row in rows:
        of_plan = plan[row["measure"]]
        assert row["title"] == card.titles[row["measure"]]
        assert (row["outcome"], row["better"]) == (of_plan.outcome, of_plan.better)
        assert row["outcome_title"] == plan.outcome(of_plan.outcome).title
        assert row["month_start"] == datetime.date.fromisoformat(f"{row['month']}-01")
        # The month before the first is looked at too.
        if row["measure"] in before:
            assert row["previous"] == before[row["measure"]]
        before[row["measure"]] = row["value"]
        if row["previous"] is None or row["value"] is None:
            assert row["change"] is None
        else:
            assert row["change"] == round(row["value"] - row["previous"], 1)
        if row["direction"] is not None:
            assert row["previous"] is not None
    orders = dict.fromkeys((row["measure"], row["plan_order"]) for row in rows)
    assert sorted(orders, key=lambda one: one[1]) == [(one.id, place + 1) for place, one in enumerate(plan.rows)]
    march = result_of(card, "O3.M4", "2017-03")
    assert (march["target"], march["target_tolerance"], march["target_better"]) == (90.0, 5.0, "higher")
    assert result_of(card, "O3.M5", "2017-03")["target"] is None


def test_what_may_be_published_tells_nothing_of_a_month_that_it_hides(card: Scorecard) -> None:
    shown: dict[str, Any] = {}
    for row in card.published().results:
        assert row["previous"] == shown.get(row["measure"])
        assert row["change"] is None or not row["suppressed"]
        shown[row["measure"]] = row["value"]


def test_the_json_of_results_is_as_it_was(card: Scorecard) -> None:
    assert json.loads(card.results.to_json()) == json.loads(card.to_json())["results"]
    assert "title" not in json.loads(card.results.to_json())[0]


def test_a_table_prints_its_first_rows(card: Scorecard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    results = card.results
    lines = str(results).splitlines()
    assert lines[0] == f"Table of {len(results):,} rows" and len(lines) == 24
    assert lines[1].split()[:3] == ["measure", "month", "period_from"]
    assert lines[2].split()[:3] == [results[0]["measure"], "2016-04", str(results[0]["period_from"])]
    assert lines[-2] == f"… {len(results) - 20:,} more rows"
    assert lines[-1].startswith("… more columns: ") and lines[-1].endswith("plan_order, month_start")
    assert all(len(line) <= 60 for line in lines[1:-1])
    monkeypatch.setenv("COLUMNS", "3000")
    assert repr(results[:2]).splitlines()[1].split() == results.columns
    assert len(repr(results[:2]).splitlines()) == 4
    assert repr(results[:1]).splitlines()[0] == "Table of 1 row"
    assert repr(results[:0]).splitlines()[0] == "Table of 0 rows"


def test_what_a_row_says_cannot_move_the_cursor() -> None:
    rows = [{"worker_id": "\x1b[2J\u202eW1", "fte": "1"}, {"worker_id": "\x1b[2J\u202eW1", "fte": "1"}, {"worker_id": "W" * 80}]
    with pytest.warns(UserWarning, match="left out"):
        issues = Dataset({"workers": rows}).issues
    text = repr(issues)
    assert "\x1b" not in text and "\u202e" not in text
    assert "\\x1b[2J\\u202eW1" in text
    assert max(map(len, text.splitlines())) <= 300


def test_a_slice_is_a_table_of_some_rows(card: Scorecard) -> None:
    results = card.results
    rows, objects = results.to_dicts(), json.loads(results.to_json())
    for one in [slice(5), slice(10, 20), slice(-3, None), slice(None, None, 7), slice(None, None, -1), slice(30, 10, -4), slice(9, 3)]:
        part = results[one]
        assert isinstance(part, Table)
        assert part.to_dicts() == rows[one]
        assert json.loads(part.to_json()) == objects[one]
        assert part[::-1][:2].to_dicts() == rows[one][::-1][:2]
        assert json.loads(part[::-1][:2].to_json()) == objects[one][::-1][:2]
        assert pl.DataFrame(part).to_dicts() == rows[one]
        assert pa.table(part).schema.metadata == pa.table(results).schema.metadata
    # numbers of the JSON stay as they are written
    assert results[:3].to_json() == "[" + ",".join(_objects(results.to_json())[:3]) + "]"
    assert card.issues[:2].to_json() == "[" + ",".join(_objects(card.issues.to_json())[:2]) + "]"
    cases = card.cases("O3.M4", "2017-03")
    assert cases[:2].to_dicts() == cases.to_dicts()[:2]
    with pytest.raises(BadValueError, match="take `to_json` of the whole table, or `to_dicts`"):
        cases[:2].to_json()
    with pytest.raises(TypeError, match="by a slice such as `table\\[:10\\]`"):
        results[1.5]  # type: ignore[call-overload]


def _objects(text: str) -> list[str]:
    """The objects of a list of JSON as they are written."""
    decoder, place, found = json.JSONDecoder(), 1, []
    while text[place] != "]":
        _, end = decoder.raw_decode(text, place)
        found.append(text[place:end])
        place = end + (text[end] == ",")
    return found


def test_tables_are_equal_if_their_columns_and_rows_are(sample: Dataset, card: Scorecard) -> None:
    results = card.results
    assert results == card.results and not results != card.results
    assert results[2:9] == results[0:9][2:] and results[2:9] != results[2:8]
    assert results != card.issues and results != results.to_dicts() and results != None  # noqa: E711
    assert sample.scorecard("2017-03").results != sample.scorecard("2017-02").results
    assert results[:0] == results[5:5]
    with pytest.raises(TypeError, match="unhashable"):
        hash(results)


def test_a_column_that_is_not_there_is_named_with_the_nearest(card: Scorecard) -> None:
    with pytest.raises(UnknownNameError, match="^unknown column `valeu`, did you mean `value`\\?$"):
        card.results["valeu"]


def test_data_frames_take_a_table_as_it_is(card: Scorecard) -> None:
    results = card.results
    rows = results.to_dicts()
    assert pl.DataFrame(results).to_dicts() == rows
    assert pa.table(results).to_pylist() == rows
    frame = pd.DataFrame.from_arrow(results)
    assert frame["value"].dtype == "float64" and frame["title"].tolist() == results["title"]
    assert pd.DataFrame(results)["measure"].tolist() == results["measure"]
    counts = results.to_pandas().groupby("outcome", sort=False)["measure"].nunique()
    assert counts.sum() == len(card.plan_definition.rows)


def test_a_database_takes_a_table_as_it_is(card: Scorecard) -> None:
    results, cases = card.results, card.cases("O3.M4", "2017-03")
    connection = duckdb.connect()
    found = connection.sql(
        "SELECT outcome, count(*) FROM results WHERE month_start >= DATE '2017-01-01' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    expected: dict[str, int] = {}
    for row in results:
        if row["month"] >= "2017-01":
            expected[row["outcome"]] = expected.get(row["outcome"], 0) + 1
    assert found == sorted(expected.items())
    # asked twice, and joined with itself
    twice = "SELECT count(*) FROM cases AS a JOIN cases AS b ON a.subject = b.subject AND a.record = b.record"
    assert connection.sql(twice).fetchall() == [(len(cases),)]
    connection.close()


def test_narwhals_takes_a_table_as_it_is(card: Scorecard) -> None:
    results: Any = card.results
    frame = nw.from_native(results)
    assert frame.columns == card.results.columns
    percents = frame.filter(nw.col("unit") == "percent", ~nw.col("value").is_null())
    assert percents["value"].to_list() == [
        row["value"] for row in card.results if row["unit"] == "percent" and row["value"] is not None
    ]


def test_a_chart_takes_a_table_as_it_is(card: Scorecard) -> None:
    one: Any = card.cases("O3.M4", "2017-03")[:100]
    rows: Any = card.results[:50]
    chart: Any = altair.Chart(one).mark_bar().encode(x="outcome:N", y="count()")
    drawn = chart.to_dict()
    (values,) = drawn["datasets"].values()
    assert [row["subject"] for row in values] == one["subject"]
    results: Any = altair.Chart(rows).mark_line().encode(x="month_start", y="value")
    assert results.to_dict()["encoding"]["x"]["type"] == "temporal"


def test_great_tables_takes_a_table_as_a_data_frame(card: Scorecard) -> None:
    great_tables = pytest.importorskip("great_tables", reason="great_tables is installed in a full run only")
    rows = card.results[:5]
    page = great_tables.GT(rows.to_polars(), rowname_col="title", groupname_col="outcome_title").as_raw_html()
    assert html.escape(rows[0]["title"]) in page and rows[0]["month"] in page


@pytest.mark.parametrize("cases", [None, False, True, "O3.M4", ["O3.M4", "O1.M1"]])
def test_results_and_cases_as_csv(sample: Dataset, tmp_path: Path, cases: Any) -> None:
    card = sample.scorecard("2017-02", "2017-03")
    table = card.results if not cases else card.cases(None if cases is True else cases)
    text = card.to_csv(cases=cases)
    assert text == table.to_csv()
    path = tmp_path / "answers.csv"
    card.to_csv(path, cases=cases)
    assert path.read_bytes() == text.encode()
    header, *lines = list(csv.reader(io.StringIO(text, newline="")))
    assert header == table.columns
    rows = table.to_dicts()
    assert len(lines) == len(rows) > 10
    for line, row in zip(lines, rows):
        assert line == [written(value) for value in row.values()]


def written(value: Any) -> str:
    """A value as it is in CSV."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def test_a_text_that_is_a_formula_is_not_run() -> None:
    rows = [{"compliment_id": "=1+1", "received_date": "2017-03-01"}]
    card = Dataset({"compliments": rows}).scorecard("2017-03")
    cases = card.cases("O4.M4", "2017-03")
    assert "'=1+1" in cases.to_csv() and "'=1+1" in card.to_csv(cases="O4.M4")
    raw = card.to_csv(cases="O4.M4", raw=True)
    assert "=1+1" in raw and "'=1+1" not in raw


@pytest.mark.parametrize("cases", [None, True, ["O3.M4", "O1.M1"]])
def test_results_and_cases_as_parquet(sample: Dataset, tmp_path: Path, cases: Any) -> None:
    card = sample.scorecard("2017-02", "2017-03")
    table = card.results if not cases else card.cases(None if cases is True else cases)
    path = tmp_path / "answers.parquet"
    card.to_parquet(path, cases=cases)
    read = pq.read_table(path)
    rows = [
        {name: ";".join(value) if isinstance(value, list) else value for name, value in row.items()}
        for row in table.to_dicts()
    ]
    assert read.to_pylist() == rows
    assert json.loads(read.schema.metadata[b"csc_measures.definitions"])["form"] == 2
    assert pl.read_parquet(path).to_dicts() == rows
    assert len(duckdb.read_parquet(str(path)).fetchall()) == len(rows)
    table[:3].to_parquet(str(path))
    assert pq.read_table(path).num_rows == 3


def test_a_file_that_cannot_be_written_is_named(card: Scorecard, tmp_path: Path) -> None:
    for write in (card.to_csv, card.to_parquet, card.results.to_csv, card.results.to_parquet):
        with pytest.raises(FileNotFoundError, match="no_such_folder"):
            write(tmp_path / "no_such_folder" / "answers")
    with pytest.raises(UnknownNameError, match="did you mean `O3.M4`"):
        card.to_csv(cases="O3.M44")


def test_signals_and_groups_as_files(sample: Dataset, tmp_path: Path) -> None:
    card = sample.scorecard("2015-04", "2017-03", breakdown=["sex"])
    for table in (card.signals, card.groups, card.issues, card.tables, sample.columns, sample.due_list("2017-03-31").obligations):
        assert len(list(csv.reader(io.StringIO(table.to_csv(), newline="")))) == len(table) + 1
        table.to_parquet(tmp_path / "table.parquet")
        assert pq.read_table(tmp_path / "table.parquet").column_names == table.columns


def test_every_list_is_text_in_a_flat_form(card: Scorecard, tmp_path: Path) -> None:
    card.to_parquet(tmp_path / "results.parquet")
    schema = pq.read_schema(tmp_path / "results.parquet")
    assert all(schema.field(name).type == pa.string() for name in LISTS)
    assert all(pa.types.is_list(pa.table(card.results).schema.field(name).type) for name in LISTS)
