"""Tables in every make give the same answers, byte for byte."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from csc_measures import BadTableError, BadValueError, Dataset, Scorecard, UnknownNameError

Columns = dict[str, list[str]]
Make = Callable[[Columns, set[str]], Any]


def texts(columns: Columns) -> dict[str, list[str | None]]:
    return {name: [value or None for value in values] for name, values in columns.items()}


def pandas_text(columns: Columns, _: set[str]) -> Any:
    return pd.DataFrame(texts(columns), dtype="str")


def pandas_objects(columns: Columns, _: set[str]) -> Any:
    return pd.DataFrame(texts(columns), dtype=object)


def parsed(columns: Columns, dates: set[str]) -> Any:
    frame = pd.DataFrame(texts(columns), dtype="str")
    for name in dates & set(frame.columns):
        days = pd.to_datetime(frame[name], format="%Y-%m-%d", errors="coerce")
        # what is not a date stays as it is written, or its issue would be lost
        if days.isna().sum() == frame[name].isna().sum():
            frame[name] = days
    return frame


def pandas_dates(columns: Columns, dates: set[str]) -> Any:
    return parsed(columns, dates)


def pandas_nanoseconds(columns: Columns, dates: set[str]) -> Any:
    frame = parsed(columns, dates)
    return frame.astype({name: "datetime64[ns]" for name in frame.select_dtypes("datetime")})


def pandas_date_objects(columns: Columns, dates: set[str]) -> Any:
    frame = parsed(columns, dates)
    for name in frame.select_dtypes("datetime"):
        frame[name] = [None if pd.isna(day) else day.date() for day in frame[name]]
    return frame


def pandas_categories(columns: Columns, _: set[str]) -> Any:
    return pd.DataFrame(texts(columns), dtype="category")


def pandas_arrow(columns: Columns, dates: set[str]) -> Any:
    return parsed(columns, dates).convert_dtypes(dtype_backend="pyarrow")


def pandas_nullable(columns: Columns, dates: set[str]) -> Any:
    return parsed(columns, dates).convert_dtypes(dtype_backend="numpy_nullable")


def pandas_sliced(columns: Columns, _: set[str]) -> Any:
    frame = pandas_text(columns, set())
    return pd.concat([frame, frame]).iloc[len(frame) :]


def pandas_indexed(columns: Columns, _: set[str]) -> Any:
    return pandas_text(columns, set()).set_index(next(iter(columns)))


def pandas_mixed(columns: Columns, _: set[str]) -> Any:
    frame = pandas_objects(columns, set())
    frame["notes that no table has"] = [object() for _ in range(len(frame))]
    return frame


def polars_text(columns: Columns, _: set[str]) -> Any:
    return pl.DataFrame(texts(columns), schema_overrides={name: pl.String for name in columns})


def polars_dates(columns: Columns, dates: set[str]) -> Any:
    return pl.from_pandas(parsed(columns, dates)).with_columns(pl.col(pl.Datetime).cast(pl.Date))


def polars_datetimes(columns: Columns, dates: set[str]) -> Any:
    return pl.from_pandas(parsed(columns, dates))


def polars_categories(columns: Columns, _: set[str]) -> Any:
    return polars_text(columns, set()).cast(pl.Categorical)


def polars_enums(columns: Columns, _: set[str]) -> Any:
    frame = polars_text(columns, set())
    return frame.with_columns(
        series.cast(pl.Enum(series.drop_nulls().unique(maintain_order=True))) for series in frame.get_columns()
    )


def polars_chunks(columns: Columns, _: set[str]) -> Any:
    frame = polars_text(columns, set())
    half = len(frame) // 2
    return pl.concat([frame[:half], frame[half:]], rechunk=False)


def polars_sliced(columns: Columns, _: set[str]) -> Any:
    frame = polars_text(columns, set())
    return pl.concat([frame, frame]).slice(len(frame))


def polars_lazy(columns: Columns, _: set[str]) -> Any:
    return polars_text(columns, set()).lazy()


def arrow_text(columns: Columns, _: set[str]) -> Any:
    return pa.table({name: pa.array(values, pa.string()) for name, values in texts(columns).items()})


def arrow_large(columns: Columns, _: set[str]) -> Any:
    return pa.table({name: pa.array(values, pa.large_string()) for name, values in texts(columns).items()})


def arrow_views(columns: Columns, _: set[str]) -> Any:
    return pa.table({name: pa.array(values, pa.string_view()) for name, values in texts(columns).items()})


def arrow_dictionaries(columns: Columns, _: set[str]) -> Any:
    table = arrow_text(columns, set())
    return pa.table({name: table[name].dictionary_encode() for name in table.column_names})


def arrow_dates(columns: Columns, dates: set[str]) -> Any:
    table = pa.Table.from_pandas(parsed(columns, dates), preserve_index=False)
    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            table = table.set_column(place, field.name, table[field.name].cast(pa.date32()))
    return table


def arrow_chunks(columns: Columns, _: set[str]) -> Any:
    table = arrow_text(columns, set())
    return pa.concat_tables(table.slice(start, 7) for start in range(0, len(table), 7)) if len(table) else table


def arrow_sliced(columns: Columns, _: set[str]) -> Any:
    table = arrow_text(columns, set())
    return pa.concat_tables([table, table]).combine_chunks().slice(len(table))


def arrow_batch(columns: Columns, _: set[str]) -> Any:
    return pa.RecordBatch.from_pydict(
        {name: pa.array(values, pa.string()) for name, values in texts(columns).items()}
    )


def arrow_reader(columns: Columns, _: set[str]) -> Any:
    return arrow_text(columns, set()).to_reader(max_chunksize=11)


def dict_of_lists(columns: Columns, _: set[str]) -> Any:
    return texts(columns)


def dict_of_series(columns: Columns, dates: set[str]) -> Any:
    return dict(parsed(columns, dates).items())


def dict_of_arrays(columns: Columns, dates: set[str]) -> Any:
    return {name: series.to_numpy() for name, series in pandas_nanoseconds(columns, dates).items()}


def list_of_rows(columns: Columns, _: set[str]) -> Any:
    values = texts(columns)
    return [dict(zip(values, row)) for row in zip(*values.values())]


MAKES: list[Make] = [
    pandas_text,
    pandas_objects,
    pandas_dates,
    pandas_nanoseconds,
    pandas_date_objects,
    pandas_categories,
    pandas_arrow,
    pandas_nullable,
    pandas_sliced,
    pandas_indexed,
    pandas_mixed,
    polars_text,
    polars_dates,
    polars_datetimes,
    polars_categories,
    polars_enums,
    polars_chunks,
    polars_sliced,
    polars_lazy,
    arrow_text,
    arrow_large,
    arrow_views,
    arrow_dictionaries,
    arrow_dates,
    arrow_chunks,
    arrow_sliced,
    arrow_batch,
    arrow_reader,
    dict_of_lists,
    dict_of_series,
    dict_of_arrays,
    list_of_rows,
]


def figures(card: Scorecard) -> dict[str, Any]:
    """The JSON of a scorecard without its report on columns: a frame may have more than are read."""
    whole: dict[str, Any] = json.loads(card.to_json())
    assert whole.pop("columns")
    return whole


@pytest.mark.parametrize("make", MAKES, ids=lambda make: make.__name__)
def test_every_make_gives_the_same(
    make: Make,
    clean_sample: Dataset,
    sample_columns: dict[str, Columns],
    date_columns: dict[str, set[str]],
) -> None:
    dataset = Dataset({name: make(columns, date_columns[name]) for name, columns in sample_columns.items()})
    assert dataset.tables.to_json() == clean_sample.tables.to_json()
    assert dataset.issues.to_json() == clean_sample.issues.to_json()
    ours, theirs = (one.scorecard("2016-10", "2017-03") for one in (dataset, clean_sample))
    assert figures(ours) == figures(theirs)
    for measure in ["O1.M1", "O3.M4", "O6.M10"]:
        assert ours.cases(measure, "2017-03").to_json() == theirs.cases(measure, "2017-03").to_json()


def test_numbers_and_truths_of_their_own_types() -> None:
    rows: Any = {"worker_id": [7, 2**70], "fte": [1, 0.5], "start_date": ["2016-01-01", None]}
    written = {"worker_id": ["7", str(2**70)], "fte": ["1", "0.5"], "start_date": ["2016-01-01", ""]}
    visits: Any = {"cp_visit_id": [1], "person_id": [2], "date": ["2017-03-01"], "seen": [True]}
    texts = {"cp_visit_id": ["1"], "person_id": ["2"], "date": ["2017-03-01"], "seen": ["Y"]}
    ours = Dataset({"workers": rows, "cp_visits": visits})
    theirs = Dataset({"workers": written, "cp_visits": texts})
    assert ours.issues.to_json() == theirs.issues.to_json()
    assert ours.scorecard("2017-03").to_json() == theirs.scorecard("2017-03").to_json()
    # floats that came of missing whole numbers are the whole numbers
    floats = Dataset({"workers": pd.DataFrame({"worker_id": [7.0, float("nan")], "fte": [1.0, 0.5]})})
    assert floats.issues[0]["code"] == "missing_required"


def test_names_of_the_safeguarding_dataset() -> None:
    frame = pd.DataFrame(
        {"cppl_cp_plan_id": ["1"], "cppl_person_id": ["P"], "cppl_cp_plan_start_date": ["2017-01-03"]}
    )
    dataset = Dataset({"ssd_cp_plans": frame})
    assert dataset.tables[0] == {"table": "cp_plans", "rows": 1, "used": 1, "source": None, "as_at": None}


def test_uk_dates() -> None:
    rows = [{"compliment_id": "1", "received_date": "03/04/2017"}]
    card = Dataset({"compliments": rows}, dates="uk").scorecard("2017-04")
    assert next(row for row in card.results if row["measure"] == "O4.M4")["value"] == 1
    assert Dataset({"compliments": rows}).issues[0]["code"] == "bad_date"


def test_a_table_that_was_supplied_and_is_empty() -> None:
    for empty in [[], pd.DataFrame(columns=["compliment_id", "received_date"]), {"compliment_id": [], "received_date": []}]:
        result = Dataset({"compliments": empty}).scorecard("2017-04", measures="O4.M4").results[0]
        assert (result["status"], result["value"]) == ("ok", 0)


def test_tables_that_were_not_given_are_empty_on_request() -> None:
    plan = {"cp_plans": [{"cp_plan_id": "CP1", "person_id": "P1", "start_date": "2017-03-01"}]}
    assert json.loads(Dataset(plan).person("P1", "2017-03-31").to_json())["obligations"] == []
    owed = json.loads(Dataset(plan, declare_others=True).person("P1", "2017-03-31").to_json())
    assert "cp_visit" in [one["clock"] for one in owed["obligations"]]
    # the same as every other table given without rows
    tables = [row["table"] for row in Dataset(plan, declare_others=True).tables]
    by_hand = Dataset(plan | {table: [] for table in tables if table != "cp_plans"})
    assert json.loads(by_hand.person("P1", "2017-03-31").to_json()) == owed


def test_tables_that_cannot_be_taken() -> None:
    with pytest.raises(UnknownNameError, match="did you mean `cp_plans`"):
        Dataset({"cp_plan": []})
    with pytest.raises(BadTableError, match="`cp_plans`"):
        Dataset({"cp_plans": pd.DataFrame({"start_date": ["2017-01-01"]})})
    with pytest.raises(BadTableError, match="start_date"):
        Dataset({"cp_plans": {"cp_plan_id": [1], "person_id": [1], "start_date": [1, 2]}})
    twice = pd.DataFrame([["1", "2", "2017-01-01", "x"]], columns=["cp_plan_id", "person_id", "start_date", "start_date"])
    with pytest.raises(BadTableError, match="start_date"):
        Dataset({"cp_plans": twice})
    with pytest.raises(BadTableError, match="start_date"):
        Dataset({"cp_plans": pa.table({"cp_plan_id": ["1"], "person_id": ["1"], "start_date": [[1]]})})
    for column in [5, "2017-01-01", b"2017-01-01", None]:
        with pytest.raises(TypeError, match="table `cp_plans`: column `start_date` must be a list of values"):
            Dataset({"cp_plans": {"cp_plan_id": [1], "person_id": [1], "start_date": column}})  # type: ignore[dict-item]
    for wrong in [5, "cp_plans.csv", None, object()]:
        with pytest.raises(TypeError, match="cp_plans"):
            Dataset({"cp_plans": wrong})  # type: ignore[dict-item]
    with pytest.raises(TypeError, match="dict of tables by name"):
        Dataset([])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="row 2: a row must be a dict"):
        Dataset({"cp_plans": [{"cp_plan_id": "1"}, 5]})  # type: ignore[list-item]


def test_an_error_inside_a_producer_surfaces() -> None:
    schema = pa.schema([("compliment_id", pa.string()), ("received_date", pa.string())])

    def batches() -> Any:
        yield pa.record_batch([["1"], ["2017-03-01"]], schema=schema)
        raise RuntimeError("the connection was lost")

    with pytest.raises(OSError, match="the connection was lost"):
        Dataset({"compliments": pa.RecordBatchReader.from_batches(schema, batches())})

    class Broken:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            raise ZeroDivisionError("broken")

    with pytest.raises(ZeroDivisionError, match="broken"):
        Dataset({"compliments": Broken()})

    class Liar:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return "no capsule"

    with pytest.raises(TypeError, match="arrow_array_stream"):
        Dataset({"compliments": Liar()})

    class Released:
        def __init__(self) -> None:
            self.capsule = pa.table({"compliment_id": ["1"], "received_date": ["2017-03-01"]}).__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return self.capsule

    once = Released()
    assert len(Dataset({"compliments": once}).tables) == 1
    with pytest.raises((BadTableError, OSError), match="released"):
        Dataset({"compliments": once})


def test_results_go_out_in_every_make(sample: Dataset) -> None:
    card = sample.scorecard("2017-03")
    results = card.results
    rows = results.to_dicts()
    assert pl.DataFrame(results).to_dicts() == rows
    assert pa.table(results).to_pylist() == rows
    assert results.to_polars().to_dicts() == rows == results.to_arrow().to_pylist() == list(results)
    assert pd.DataFrame(results).shape == results.to_pandas().shape == (len(rows), len(results.columns))
    frame = results.to_pandas()
    assert str(frame["period_to"].dtype).startswith("datetime64")
    assert frame["value"].dtype == "float64"
    assert results["measure"] == frame["measure"].tolist()
    assert results.to_dict()["value"] == results["value"]
    assert results[-1] == rows[-1]
    with pytest.raises(KeyError):
        results["valeu"]
    with pytest.raises(IndexError):
        results[len(rows)]
    with pytest.raises(TypeError):
        results[1.5]  # type: ignore[call-overload]


def test_a_file_that_was_meant_to_be_a_table_is_warned_of(tmp_path: Path) -> None:
    (tmp_path / "compliments.csv").write_text("compliment_id,received_date\n1,2017-03-01\n")
    (tmp_path / "cp_plan.csv").write_text("cp_plan_id,person_id,start_date\n")
    (tmp_path / "notes.txt").write_text("of no matter")
    with pytest.warns(UserWarning, match="`cp_plan.csv` is not read: .*`cp_plans`") as warned:
        dataset = Dataset.read(tmp_path)
    assert len(warned) == 1
    assert dataset.tables["table"] == ["compliments"]


STAGES: dict[str, list[Any]] = {"Complaint ID": ["C1", "C2"], "received_date": ["2017-03-01", None], "staje": [1, 2]}
MAKES_OF_STAGES: list[Callable[[dict[str, list[Any]]], Any]] = [
    dict,
    pd.DataFrame,
    pl.DataFrame,
    pa.table,
    lambda columns: [dict(zip(columns, row)) for row in zip(*columns.values())],
]


@pytest.mark.parametrize("make", MAKES_OF_STAGES)
def test_every_column_is_listed_and_one_that_is_nearly_known_is_warned_of(make: Callable[..., Any]) -> None:
    with pytest.warns(UserWarning, match="`complaints`: column `staje` is not read, did you mean `stage`") as warned:
        dataset = Dataset({"complaints": make(STAGES)})
    left_out = "table `complaints`: 1 of its 2 rows is left out; most often `received_date` is missing (1 row)"
    assert [str(one.message) for one in warned][1:] == [left_out]
    columns = dataset.columns.to_dicts()
    assert [row["state"] for row in columns] == ["read", "read", "absent", "absent", "absent", "absent", "unknown"]
    assert columns[0] == {
        "table": "complaints",
        "column": "complaint_id",
        "given_as": "Complaint ID",
        "state": "read",
        "rows": 2,
        "nulls": 0,
        "not_understood": 0,
        "nearest": None,
    }
    assert (columns[1]["nulls"], columns[2]["nearest"]) == (1, "staje")
    assert (columns[-1]["column"], columns[-1]["given_as"], columns[-1]["nearest"]) == (None, "staje", "stage")
    assert len(dataset.columns.to_pandas()) == len(columns)
    assert "staje" in dataset.columns._repr_html_()


@pytest.mark.parametrize("make", MAKES_OF_STAGES)
def test_columns_that_are_not_known_are_refused_named_or_passed_over(make: Callable[..., Any]) -> None:
    with pytest.raises(BadTableError, match="columns that are not known: `staje` .did you mean `stage`"):
        Dataset({"complaints": make(STAGES)}, unknown_columns="error")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # A row without its date is another matter.
        warnings.filterwarnings("ignore", message="table `complaints`: 1 of its 2 rows")
        Dataset({"complaints": make(STAGES)}, unknown_columns="ignore")
        named = Dataset({"dbo.Complaints": make(STAGES)}, columns={"complaints": {"staje": "stage"}})
    assert named.columns["given_as"][:3] == ["Complaint ID", "received_date", "staje"]
    with pytest.raises(BadTableError, match="has no column `Stage 1`, which is named to be `stage`; it has `Complaint"):
        Dataset({"complaints": make(STAGES)}, columns={"complaints": {"Stage 1": "stage"}})
    with pytest.raises(UnknownNameError, match="has no column `stag`, did you mean `stage`"):
        Dataset({"complaints": make(STAGES)}, columns={"complaints": {"staje": "stag"}})
    with pytest.raises(BadTableError, match="names columns of the table `compliments`, which is not supplied; those that are"):
        Dataset({"complaints": make(STAGES)}, columns={"compliments": {"Ref": "compliment_id"}})
    with pytest.raises(BadValueError, match="`unknown_columns`: unknown value `warning`"):
        Dataset({}, unknown_columns="warning")  # type: ignore[arg-type]


def test_columns_of_a_frame_of_pandas_whose_names_are_no_texts_are_passed_over() -> None:
    frame = pd.DataFrame({"Received Date": ["2017-03-01"], 7: [object()], 8: [1]}, index=pd.Index(["C1"], name="Compliment ID"))
    dataset = Dataset({"compliments": frame})
    assert dataset.columns["given_as"] == ["Compliment ID", "Received Date", "7", "8"]
    assert dataset.tables["used"] == [1]


def test_files_have_the_same_options(tmp_path: Path) -> None:
    (tmp_path / "complaints.tsv").write_text("Complaint ID\tReceived\tstaje\n1\t2017-03-01\t1\n")
    names = {"complaints": {"Received": "received_date"}}
    with pytest.raises(BadTableError, match="no column `received_date`, which it needs; if it is one of these.*`Received`"):
        Dataset.read(tmp_path)
    with pytest.warns(UserWarning, match="`staje` is not read"):
        dataset = Dataset.read(tmp_path, columns=names)
    assert dataset.tables["used"] == [1]
    with pytest.raises(BadTableError, match="columns that are not known"):
        Dataset.read(tmp_path, columns=names, unknown_columns="error")
