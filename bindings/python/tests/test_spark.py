"""Scorecards of tables that Spark holds, on a real cluster of two executors. Only a full run has Spark."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import databases
import pandas as pd
import pytest
from conftest import SAMPLE
from csc_measures import BadTableError, Dataset, PartsError, UnknownNameError, spark

if not databases.IS_FULL:
    pytest.skip("Spark is started by `cargo xtask test python --full` alone", allow_module_level=True)

YEAR = ("2016-04", "2017-03")
OPTIONS: dict[str, Any] = {"breakdown": ["sex", "team", "worker"], "policy": {"cp_visit_working_days": 10}}


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    made = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.executorEnv.PYTHONPATH", os.environ.get("PYTHONPATH", ""))
        .getOrCreate()
    )
    made.sparkContext.setLogLevel("ERROR")
    yield made
    made.stop()


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    """The sample authority without the row that has more fields than the header."""
    found = {}
    for path in sorted(SAMPLE.glob("*.csv")):
        found[path.stem] = pd.read_csv(path, dtype="string", on_bad_lines="skip")
    return found


def given(session: Any, frames: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """The frames in Spark, each in several partitions."""
    made = {}
    for name, frame in frames.items():
        schema = ", ".join(f"`{column}` string" for column in frame.columns)
        rows = frame.astype(object).where(frame.notna(), None).values.tolist()
        made[name] = session.createDataFrame(rows, schema).repartition(3)
    return made


def whole(frames: dict[str, pd.DataFrame]) -> dict[str, Any]:
    card: dict[str, Any] = json.loads(Dataset(frames).scorecard(*YEAR, **OPTIONS).to_json())
    return card


KEYS = ("results", "groups", "columns", "definitions", "policy")


@pytest.mark.parametrize("parts", [1, 2, 5, None])
def test_parts_on_executors_are_the_whole(session: Any, frames: dict[str, pd.DataFrame], parts: int | None) -> None:
    card = json.loads(spark.scorecard(given(session, frames), *YEAR, parts=parts, **OPTIONS).to_json())
    expected = whole(frames)
    for key in KEYS:
        assert json.dumps(card[key]) == json.dumps(expected[key]), key
    assert len(card["data_issues"]) == len(expected["data_issues"])


def test_types_of_spark_are_read_as_those_of_arrow(session: Any, frames: dict[str, pd.DataFrame]) -> None:
    from pyspark.sql import functions

    tables = given(session, frames)
    tables["cp_visits"] = tables["cp_visits"].withColumn("date", functions.to_date("date"))
    card = json.loads(spark.scorecard(tables, *YEAR, parts=3, **OPTIONS).to_json())
    assert card["results"] == whole(frames)["results"]


def test_each_authority_has_its_own_scorecard(session: Any, frames: dict[str, pd.DataFrame]) -> None:
    # The second has no persons whose id ends in 7, and its own ids are those of the first.
    fewer = {
        name: frame[~frame["person_id"].fillna("").str.endswith("7")] if "person_id" in frame else frame
        for name, frame in frames.items()
    }
    both = {
        name: pd.concat([frames[name].assign(authority="Northam"), fewer[name].assign(authority="Southam")])
        for name in frames
    }
    for parts in (None, 3):
        cards = spark.scorecard(given(session, both), *YEAR, by_authority=True, parts=parts, **OPTIONS)
        assert list(cards) == ["Northam", "Southam"]
        for name, of in (("Northam", frames), ("Southam", fewer)):
            card, expected = json.loads(cards[name].to_json()), whole(of)
            for key in KEYS:
                assert json.dumps(card[key]) == json.dumps(expected[key]), (name, key)


def test_an_executor_that_is_killed_is_done_without(session: Any, frames: dict[str, pd.DataFrame]) -> None:
    tables = given(session, frames)
    killed = []

    def kill() -> None:
        for _ in range(100):
            found = subprocess.run(
                ["pgrep", "-n", "-f", "CoarseGrainedExecutorBackend"], capture_output=True, text=True, check=False
            ).stdout.split()
            if found:
                time.sleep(1)
                os.kill(int(found[0]), signal.SIGKILL)
                killed.append(found[0])
                return
            time.sleep(0.1)

    killer = threading.Thread(target=kill)
    killer.start()
    card = json.loads(spark.scorecard(tables, *YEAR, parts=4, **OPTIONS).to_json())
    killer.join()
    assert killed
    assert card["results"] == whole(frames)["results"]


def test_a_part_that_is_far_larger_than_the_others_is_warned_of(session: Any) -> None:
    many = pd.DataFrame(
        {"cp_visit_id": range(20_000), "person_id": "P1", "date": "2017-03-01", "seen": "true"}, dtype="string"
    )
    plans = pd.DataFrame({"cp_plan_id": ["1"], "person_id": ["P1"], "start_date": ["2017-01-01"], "end_date": [None]})
    tables = given(session, {"cp_visits": many, "cp_plans": plans.astype("string")})
    with pytest.warns(UserWarning, match=r"part \d has 20,001 of the 20,001 rows in 8 parts"):
        spark.scorecard(tables, "2017-03", parts=8)


def test_what_cannot_be_worked_out_is_an_error_in_plain_words(session: Any) -> None:
    plans = pd.DataFrame({"cp_plan_id": ["1"], "person_id": ["P1"], "start_date": ["2017-01-01"], "end_date": [None]})
    tables = given(session, {"cp_plans": plans.astype("string")})
    with pytest.raises(BadTableError, match="`cp_plans` has no column `authority`"):
        spark.scorecard(tables, "2017-03", by_authority=True)
    with pytest.raises(BadTableError, match="must be given as `cp_plans`"):
        spark.scorecard({"ssd_cp_plans": tables["cp_plans"]}, "2017-03")
    with pytest.raises(BadTableError, match="has no column `start_date`"):
        spark.scorecard({"cp_plans": tables["cp_plans"].drop("start_date")}, "2017-03")
    with pytest.raises(UnknownNameError, match="O3.M4"):
        spark.scorecard(tables, "2017-03", measures=["O3.M44"])
    with pytest.raises(ValueError, match="`parts` is 0"):
        spark.scorecard(tables, "2017-03", parts=0)
    two = pd.DataFrame({"cp_plan_id": ["1", "1"], "person_id": ["P1", "P2"], "start_date": ["2017-01-01"] * 2})
    two["end_date"] = None
    with pytest.raises(PartsError, match="same id"):
        spark.scorecard(given(session, {"cp_plans": two.astype("string")}), "2017-03", parts=64)


def test_no_rows_at_all_are_none(session: Any) -> None:
    empty = session.createDataFrame([], "`compliment_id` string, `received_date` string")
    card = json.loads(spark.scorecard({"compliments": empty}, "2017-03").to_json())
    [result] = [row for row in card["results"] if row["measure"] == "O4.M4"]
    assert (result["status"], result["value"]) == ("ok", 0)
