"""Long work: threads, signals, progress, memory, pickles."""

from __future__ import annotations

import gc
import json
import os
import pickle
import resource
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import csc_measures
import pyarrow as pa
import pytest
from conftest import SAMPLE
from csc_measures import Calendar, Dataset, Scorecard


def part(index: int) -> csc_measures.Part:
    return Dataset.read(SAMPLE).part("2017-01", "2017-03", index=index, of=2)


def test_parts_cross_to_other_processes(sample: Dataset) -> None:
    with ProcessPoolExecutor(2) as pool:
        parts = list(pool.map(part, range(2)))
    assert Scorecard.merge(parts).to_json() == sample.scorecard("2017-01", "2017-03").to_json()
    copied = pickle.loads(pickle.dumps(parts[0]))
    assert bytes(copied) == bytes(parts[0]) == parts[0].to_json().encode()
    assert (copied.first, copied.last) == ("2017-01", "2017-03")
    clock = csc_measures.Clock("cp_visit", working_days=10, amber=2)
    assert pickle.loads(pickle.dumps(clock)) == clock


def test_many_threads_ask_one_dataset(sample: Dataset) -> None:
    expected = sample.scorecard("2017-03").to_json()
    due = sample.due_list("2017-03-31").to_json()
    with ThreadPoolExecutor(8) as pool:
        cards = [pool.submit(lambda: sample.scorecard("2017-03", threads=1).to_json()) for _ in range(40)]
        lists = [pool.submit(lambda: sample.due_list("2017-03-31").to_json()) for _ in range(40)]
        assert {one.result() for one in cards} == {expected}
        assert {one.result() for one in lists} == {due}


def test_the_lock_is_released_around_work(sample: Dataset) -> None:
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    start = time.perf_counter()
    while time.perf_counter() - start < 0.5:
        sample.scorecard("2015-04", "2017-03", threads=1)
    done.set()
    ticker.join()
    assert ticks > 20


def test_ctrl_c_is_heard_in_a_long_call() -> None:
    program = textwrap.dedent(
        """
        import time
        import pyarrow as pa
        from csc_measures import Dataset

        schema = pa.schema([("compliment_id", pa.string()), ("received_date", pa.string())])

        def batches():
            print("begun", flush=True)
            while True:
                time.sleep(0.05)
                yield pa.record_batch([["1"], ["2017-03-01"]], schema=schema)

        try:
            Dataset({"compliments": pa.RecordBatchReader.from_batches(schema, batches())})
        except KeyboardInterrupt:
            print("interrupted", flush=True)
            import os
            os._exit(0)
        """
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(0.3)
    sent = time.perf_counter()
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "interrupted\n"
    assert time.perf_counter() - sent < 2
    assert process.wait(10) == 0


def test_progress(sample: Dataset, capfd: pytest.CaptureFixture[str]) -> None:
    told: list[tuple[str, int, int]] = []
    Dataset.read(SAMPLE, progress=lambda *step: told.append(step))
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert told[-1][1] == told[-1][2] == sum(path.stat().st_size for path in SAMPLE.glob("*.csv"))
    assert {what for what, _, _ in told} == set(sample.tables["table"])
    told.clear()
    Dataset({"compliments": []}, progress=lambda *step: told.append(step))
    assert told == [("compliments", 0, 1), ("compliments", 1, 1)]
    Dataset.read(SAMPLE, progress=True)
    assert "%" in capfd.readouterr().err
    with pytest.raises(TypeError, match="`progress`"):
        Dataset.read(SAMPLE, progress=5)  # type: ignore[arg-type]

    def stop(*_: Any) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        Dataset.read(SAMPLE, progress=stop)


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_no_leak_over_many_calls() -> None:
    visits = pa.table({"cp_visit_id": ["1", "2"], "person_id": ["P", "P"], "date": ["2017-03-01", "2017-03-09"]})
    plans = [{"cp_plan_id": "1", "person_id": "P", "start_date": "2017-01-03"}]
    calendar = Calendar.england_and_wales()

    def everything() -> None:
        data = Dataset({"cp_plans": plans, "cp_visits": visits})
        card = data.scorecard("2017-03", threads=1)
        pa.table(card.results)
        card.cases("O3.M4", "2017-03").to_dicts()
        data.person("P", "2017-03-31").obligations.to_dicts()
        Scorecard.merge([data.part("2017-03")]).to_json()
        card.published().to_json()
        calendar.working_days_between(visits["date"].cast(pa.date32()), "2017-04-01")
        with pytest.raises(KeyError):
            data.person("Q", "2017-03-31")

    for _ in range(300):
        everything()
    gc.collect()
    before = peak()
    for _ in range(1500):
        everything()
    gc.collect()
    # in KiB: a leak of one small table a round would be more
    assert peak() - before < 4096


def test_an_import_takes_milliseconds() -> None:
    timed = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import csc_measures"],
        capture_output=True,
        text=True,
        check=True,
    )
    microseconds = [
        int(line.split("|")[1]) for line in timed.stderr.splitlines() if line.endswith("| csc_measures")
    ]
    # without numpy, pandas, Polars and pyarrow, which take a hundred times as long
    assert microseconds[0] < 150_000
    loaded = subprocess.run(
        [sys.executable, "-c", "import csc_measures, sys; print(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"numpy", "pandas", "polars", "pyarrow", "altair", "tqdm"} & set(loaded.stdout.split())


def test_nothing_is_needed_at_run_time(tmp_path: Path) -> None:
    """Without any other package: lists in, dicts out."""
    shutil.copytree(Path(csc_measures.__file__).parent, tmp_path / "csc_measures")
    program = textwrap.dedent(
        f"""
        import sys
        sys.path.insert(0, {os.fspath(tmp_path)!r})
        from datetime import date
        from csc_measures import Calendar, Dataset
        data = Dataset({{"compliments": [{{"compliment_id": "1", "received_date": date(2017, 3, 1)}}]}})
        card = data.scorecard("2017-03")
        assert [row["value"] for row in card.results if row["measure"] == "O4.M4"] == [1]
        assert Calendar.england_and_wales().is_working_day([date(2017, 3, 1), None]) == [True, None]
        assert "<table" in card._repr_html_()
        try:
            card.plot("O4.M4")
        except ImportError as error:
            assert "csc-measures[plot]" in str(error)
        else:
            raise SystemExit("plotted")
        print("fine")
        """
    )
    # -I -S: no site-packages at all
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, cwd=tmp_path)
    assert ran.stdout == "fine\n", ran.stderr


def test_json_of_everything_reads(sample: Dataset, card: Scorecard) -> None:
    for text in [
        card.to_json(),
        card.published().to_json(),
        card.results.to_json(),
        sample.issues.to_json(),
        sample.due_list("2017-03-31").to_json(),
        csc_measures.tables_json(),
        csc_measures.clocks_json(),
    ]:
        assert json.loads(text)
