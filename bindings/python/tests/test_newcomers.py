"""The mistakes of whoever is new to the package: each is an error in their own words that says what to do instead."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import csc_measures
import pandas as pd
import pytest
from csc_measures import (
    BadTableError,
    BadValueError,
    Calendar,
    Clock,
    Dataset,
    Plan,
    Scorecard,
    UnknownNameError,
    UnreadableError,
    measure_rag,
)

DAY = "2017-03-31"
COLUMNS = {"compliment_id": ["1"], "received_date": ["2017-03-01"]}
LEVELS = pd.DataFrame([["1", "2017-03-01"]], columns=pd.MultiIndex.from_product([["a"], COLUMNS]))
NOT_A_MONTH = "`first`: `{}` is not a month; write it as `2017-03`"
NOT_OF_MONTHS = '`first` must be text such as "2017-03", a datetime.date or a pandas.Period, not {}'
NOT_A_DATE = "`as_at` is not a date; write it as 2017-03-31"
NOT_A_COUNT = "`{}` is {}; expected a whole number from {} to 4294967295"
TARGET = '{"better": "higher", "target": 90}'
NAMES = "'cp_plans': frame"

Mistake = tuple[Callable[[Any], Any], type[Exception], str]

OF_QUESTIONS: list[Mistake] = [
    (lambda data: data.scorecard("March 2017"), BadValueError, NOT_A_MONTH.format("March 2017")),
    (lambda data: data.scorecard("2017-3"), BadValueError, NOT_A_MONTH.format("2017-3")),
    (lambda data: data.scorecard("03/2017"), BadValueError, NOT_A_MONTH.format("03/2017")),
    (lambda data: data.scorecard("201703"), BadValueError, NOT_A_MONTH.format("201703")),
    (lambda data: data.scorecard("2016/17"), BadValueError, NOT_A_MONTH.format("2016/17")),
    (lambda data: data.scorecard("2017-03-31"), BadValueError, NOT_A_MONTH.format("2017-03-31")),
    (lambda data: data.scorecard(201703), TypeError, NOT_OF_MONTHS.format("int") + '; write it as "2017-03"'),
    (lambda data: data.scorecard(2017), TypeError, NOT_OF_MONTHS.format("int")),
    (lambda data: data.scorecard(None), TypeError, NOT_OF_MONTHS.format("NoneType")),
    (lambda data: data.scorecard(("2016-04", "2017-03")), TypeError, NOT_OF_MONTHS.format("tuple")),
    (
        lambda data: data.scorecard(pd.Period("2017Q1")),
        BadValueError,
        '`first` is a pandas.Period of frequency Q-DEC; one month is needed, as pandas.Period("2017-03", "M") is',
    ),
    (
        lambda data: data.scorecard("2017-03", "2016-04"),
        BadValueError,
        "the run of months ends before it begins: 2017-03 to 2016-04",
    ),
    (lambda data: data.scorecard("2017-03", threads=0), BadValueError, NOT_A_COUNT.format("threads", 0, 1)),
    (lambda data: data.scorecard("2017-03", threads="4"), TypeError, "`threads` must be a whole number, not str"),
    (
        lambda data: data.scorecard("2017-03", policy=["cp_visit_working_days"]),
        TypeError,
        '`policy` must be a dict such as {"cp_visit_working_days": 10}, not list',
    ),
    (
        lambda data: data.scorecard("2017-03", policy={"cp_visit_days": 10}),
        BadValueError,
        "unknown policy `cp_visit_days`, did you mean `cp_visit_working_days`?",
    ),
    (
        lambda data: data.scorecard("2017-03", policy={"cp_visit_working_days": "ten"}),
        BadValueError,
        'policy `cp_visit_working_days`: `"ten"` is not a whole number from 0 to 65535',
    ),
    (
        lambda data: data.scorecard("2017-03", targets={"O3.M4": 90}),
        TypeError,
        f"`targets`: that of `O3.M4` must be a dict such as {TARGET}, not int",
    ),
    (
        lambda data: data.scorecard("2017-03", targets={"O3.M4": {"better": "higher", "target": 0.9}}),
        BadValueError,
        "target of `O3.M4`: a percentage is of a hundred, and `0.9` is below 1; if the target is meant, add "
        '`"confirm": true` to it',
    ),
    (
        lambda data: data.scorecard("2017-03", measures="O3M4"),
        UnknownNameError,
        "unknown measure `O3M4`, did you mean `O3.M4`?",
    ),
    (
        lambda data: data.scorecard("2017-03", measures=[4]),
        TypeError,
        "`measures` must be a text or a list of texts, not a list with int",
    ),
    (
        lambda data: data.scorecard("2017-03", plan="worcester"),
        UnknownNameError,
        "unknown plan `worcester`, did you mean `worcestershire-2017`?",
    ),
    (
        lambda data: data.scorecard("2017-03", breakdown="sexx"),
        UnknownNameError,
        "unknown dimension `sexx`, did you mean `sex`?",
    ),
    (
        lambda data: data.scorecard("2017-03", by="team"),
        BadValueError,
        "`by`: unknown value `team`; expected `outcome` or `recommendation`",
    ),
    (
        lambda data: data.scorecard("2017-03", closures="2017-12-24"),
        BadValueError,
        "`closures` must be JSON if it is text: Extra data: line 1 column 5 (char 4); one day is a list of one: "
        '["2017-12-24"]',
    ),
    (
        lambda data: data.scorecard("2017-03", closures=20171224),
        TypeError,
        "`closures` must be a list of dates, or bank holidays as GOV.UK publishes them, not int",
    ),
    (lambda data: data.scorecard("2017-03", signals="yes"), TypeError, "`signals` must be True or False, not str"),
    (
        lambda data: data.scorecard("2017-03").cases("O3.M44", "2017-03"),
        UnknownNameError,
        "unknown measure `O3.M44`, did you mean `O3.M4`?",
    ),
    (
        lambda data: data.scorecard("2017-03").cases("O3.M4", "2017-04"),
        BadValueError,
        "2017-04 is not one of the months of the scorecard (2017-03 to 2017-03)",
    ),
    (
        lambda data: data.scorecard("2017-03").results["valeu"],
        UnknownNameError,
        "unknown column `valeu`, did you mean `value`?",
    ),
    (
        lambda data: data.scorecard("2017-03").published(protection="round"),
        BadValueError,
        "`protection`: unknown value `round`; expected `suppression` or `rounding`",
    ),
    (
        lambda data: data.scorecard("2017-03").to_html(sources=["Mosaic"]),
        TypeError,
        '`sources` must be a dict such as {"Visits": "Mosaic"}, not list',
    ),
    (lambda data: data.person(1, DAY), UnknownNameError, "person `1` is in none of the tables"),
    (
        lambda data: data.person(None, DAY),
        TypeError,
        "`person_id` must be an id as text or as a whole number, not None",
    ),
    (
        lambda data: data.due_list(DAY, rag="Red"),
        BadValueError,
        "`rag`: unknown value `Red`; expected `green`, `amber` or `red`",
    ),
    (lambda data: data.due_list(DAY, within=-5), BadValueError, NOT_A_COUNT.format("within", -5, 0)),
    (lambda data: data.due_list(DAY, within="5"), TypeError, "`within` must be a whole number, not str"),
    (
        lambda data: data.due_list(DAY, clocks="cp_visits"),
        UnknownNameError,
        "unknown clock `cp_visits`, did you mean `cp_visit`?",
    ),
    (
        lambda data: data.due_list(DAY, teams="Safeguarding Nroth"),
        UnknownNameError,
        "unknown team `Safeguarding Nroth`, did you mean `Safeguarding North`?",
    ),
    (lambda data: data.due_list("31/03/2017"), BadValueError, NOT_A_DATE),
    (lambda data: data.due_list("2017-02-30"), BadValueError, NOT_A_DATE),
    (
        lambda data: data.due_list(20170331),
        TypeError,
        '`as_at` must be a datetime.date or a text such as "2017-03-31", not int',
    ),
    (
        lambda data: Scorecard.merge([data.scorecard("2017-03")]),
        TypeError,
        "a part must be a Part, its bytes or its JSON, not Scorecard",
    ),
    (lambda data: Scorecard.merge(data.part("2017-03")), TypeError, "`parts` must be a list of parts, not Part"),
    (lambda data: data.part("2017-03", index=-1, of=2), BadValueError, NOT_A_COUNT.format("index", -1, 0)),
]

OF_TABLES: list[Mistake] = [
    (
        lambda _: Dataset(pd.DataFrame(COLUMNS)),
        TypeError,
        f"`tables` must be a dict of tables by name, such as {{{NAMES}}}, not DataFrame; `Dataset.read` reads a folder",
    ),
    (
        lambda _: Dataset({"compliments": "compliments.csv"}),  # type: ignore[dict-item]
        TypeError,
        "table `compliments` must be a frame, not the path of one; `Dataset.read` reads files and folders",
    ),
    (
        lambda _: Dataset({"compliments": LEVELS}),
        BadTableError,
        "table `compliments` has columns of 2 levels; give each one name, as by "
        "`frame.columns = frame.columns.get_level_values(-1)`",
    ),
    (lambda _: Dataset({"compliment": COLUMNS}), UnknownNameError, "unknown table `compliment`, did you mean `compliments`?"),
    (
        lambda _: Dataset({"compliments": {"id": ["1"], "received_date": ["2017-03-01"]}}),
        BadTableError,
        "table `compliments` has no column `compliment_id`, which it needs; if it is one of these, name it by the option "
        "`columns`: `id`",
    ),
    (
        lambda _: Dataset({"cp_plans": [], "ssd_cp_plans": []}),
        BadTableError,
        "table `cp_plans` is supplied twice: as `cp_plans` and as `ssd_cp_plans`",
    ),
    (
        lambda _: Dataset({"compliments": COLUMNS}, columns={"PersonID": "person_id"}),  # type: ignore[dict-item]
        TypeError,
        '`columns` must be a dict by table such as {"cp_plans": {"PersonID": "person_id"}}; of `PersonID` it has str',
    ),
    (
        lambda _: Dataset({"compliments": COLUMNS}, dates=5),  # type: ignore[arg-type]
        TypeError,
        '`dates` must be "iso", "uk" or a dict such as {"cp_visits": "uk"}, not int',
    ),
    (
        lambda _: Dataset({}, dates="dmy"),  # type: ignore[arg-type]
        BadValueError,
        "`dates`: unknown form of dates `dmy`, did you mean `iso`? `iso` is 2017-03-31, `uk` 31/03/2017",
    ),
    (
        lambda _: Dataset({}, dates={"cp_visit": "uk"}),
        UnknownNameError,
        "`dates`: unknown table `cp_visit`, did you mean `cp_visits`? `iso` is 2017-03-31, `uk` 31/03/2017",
    ),
    (
        lambda _: Dataset({}, unknown_columns="warning"),  # type: ignore[arg-type]
        BadValueError,
        "`unknown_columns`: unknown value `warning`; expected `warn`, `error` or `ignore`",
    ),
]

OF_FILES: list[Mistake] = [
    (lambda _: Dataset.read("no/such/folder"), UnreadableError, "cannot read folder `no/such/folder`: it does not exist"),
    (
        lambda _: Dataset.read("*.csv"),
        UnreadableError,
        "`*.csv` does not exist, and a pattern is not searched for; give the folder, or a list of files as `glob.glob` "
        "makes it",
    ),
    (
        lambda _: Dataset.read(["compliments.csv", Path("compliments.csv")]),
        BadValueError,
        "`compliments.csv` is given twice in `paths`; give each file or folder once",
    ),
    (
        lambda _: Dataset.read(["compliments.csv", "none/../compliments.csv"]),
        BadValueError,
        "`none/../compliments.csv` is given twice in `paths`; give each file or folder once",
    ),
    (
        lambda _: Dataset.read("none"),
        UnreadableError,
        "no table was found in `none`: expected files with names such as `persons.csv`, `cp_plans.parquet` or "
        "`ssd_cp_plans.csv`",
    ),
    (
        lambda _: Dataset.read("old"),
        UnreadableError,
        "`Annex A.xls` has the name of an Annex A workbook and is not in a form that is read: save it as an Excel "
        "workbook (.xlsx), or take it out of the folder",
    ),
    (
        lambda _: Dataset.read("utf16"),
        UnreadableError,
        "`compliments.csv` is written in UTF-16; save it as CSV in UTF-8",
    ),
    (
        lambda _: Dataset.read(pd.DataFrame(COLUMNS)),
        TypeError,
        "`paths` must be a path or a list of paths, not DataFrame; `Dataset` takes frames",
    ),
    (
        lambda _: Dataset.read("compliments.csv", choose=["tables"]),  # type: ignore[arg-type]
        TypeError,
        '`choose` must be a dict such as {"persons": "cin_census"}, not list',
    ),
    (
        lambda _: Dataset.read("compliments.csv", memory_limit="4 GB"),  # type: ignore[arg-type]
        TypeError,
        "`memory_limit` must be a whole number, not str",
    ),
]

OF_DATES: list[Mistake] = [
    (lambda _: Clock("cp visits"), UnknownNameError, "unknown clock `cp visits`, did you mean `cp_visit`?"),
    (lambda _: Clock(5), TypeError, "`id` must be text, not int"),  # type: ignore[arg-type]
    (lambda _: Clock("cp_visit", working_days=-1), BadValueError, NOT_A_COUNT.format("working_days", -1, 0)),
    (
        lambda _: Calendar.england_and_wales().add_working_days(DAY, 2.5),  # type: ignore[call-overload]
        TypeError,
        "`working_days` must be a whole number, not float",
    ),
    (
        lambda _: Calendar.england_and_wales().is_working_day(["2017-03-31", "31/03/2017"]),
        BadValueError,
        "`day`, row 2: not a date; write it as 2017-03-31",
    ),
    (
        lambda _: Plan.worcestershire_2017()["O3.M44"],
        UnknownNameError,
        "unknown measure `O3.M44`, did you mean `O3.M4`?",
    ),
    (
        lambda _: measure_rag("O3.M4", 90, 1, 2),  # type: ignore[arg-type]
        TypeError,
        f"`target` must be a dict such as {TARGET}, not int",
    ),
]


@pytest.fixture()
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with a table, an empty folder, an old workbook and a table in UTF-16."""
    text = "compliment_id,received_date\n1,2017-03-01\n"
    for name in ("none", "old", "utf16", "cp1252"):
        (tmp_path / name).mkdir()
    (tmp_path / "compliments.csv").write_text(text)
    (tmp_path / "old" / "Annex A.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (tmp_path / "utf16" / "compliments.csv").write_bytes(text.encode("utf-16"))
    (tmp_path / "cp1252" / "compliments.csv").write_bytes(text.replace("\n1", "\nCafé").encode("cp1252"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(data: Any, mistake: Mistake) -> None:
    call, kind, message = mistake
    with pytest.raises(kind) as caught:
        call(data)
    assert type(caught.value) is kind
    assert str(caught.value) == message
    # nothing of how the library is made
    assert not re.search(r"u(8|16|32|64|size)\b|variant|serde|enum |PyO3|invalid type|Option|Vec\b", message)
    assert getattr(caught.value, "__notes__", None) is None


@pytest.mark.parametrize("mistake", OF_QUESTIONS, ids=lambda mistake: mistake[2][:60])
def test_a_question_that_cannot_be_answered(sample: Dataset, mistake: Mistake) -> None:
    check(sample, mistake)


@pytest.mark.parametrize("mistake", OF_TABLES + OF_DATES, ids=lambda mistake: mistake[2][:60])
def test_a_table_or_a_date_that_cannot_be_taken(mistake: Mistake) -> None:
    check(None, mistake)


@pytest.mark.parametrize("mistake", OF_FILES, ids=lambda mistake: mistake[2][:60])
def test_a_file_that_cannot_be_read(folder: Path, mistake: Mistake) -> None:
    check(None, mistake)


def test_a_file_in_the_letters_of_windows_is_warned_of(folder: Path) -> None:
    with pytest.warns(UserWarning) as caught:
        data = Dataset.read("cp1252")
    assert data.tables["used"] == [0]
    assert "`compliments.csv` is not in UTF-8, so values with letters such as é or £ are not read; save it as CSV UTF-8" in [
        str(one.message) for one in caught
    ]


def test_what_looks_like_a_mistake_and_is_none(sample: Dataset) -> None:
    march = sample.scorecard("2017-03").to_json()
    # a day or a period of the month, one measure without a list, closures as text
    for month in (datetime.date(2017, 3, 31), datetime.datetime(2017, 3, 1, 9), pd.Timestamp("2017-03-31"), pd.Period("2017-03"), pd.Period("2017-03-31", "D")):
        assert sample.scorecard(month).to_json() == march
    assert sample.scorecard("2017-03", measures="O3.M4").to_json() == sample.scorecard("2017-03", measures=["O3.M4"]).to_json()
    closed = sample.scorecard("2017-03", closures=[datetime.date(2017, 3, 1)]).to_json()
    assert sample.scorecard("2017-03", closures='["2017-03-01"]').to_json() == closed != march
    red = sample.due_list(DAY, rag=csc_measures.Rag.RED).to_json()
    assert sample.due_list(DAY, rag="red").to_json() == red == sample.due_list(DAY, rag=["red"]).to_json()
    visit = sample.due_list(DAY, clocks="cp_visit").to_json()
    assert sample.due_list(DAY, clocks=Clock("cp_visit")).to_json() == visit == sample.due_list(DAY, clocks=[Clock("cp_visit")]).to_json()


def test_an_id_may_be_the_number_that_it_is() -> None:
    rows = [{"person_id": 1831, "date_of_birth": "2010-03-04"}]
    data = Dataset({"persons": rows})
    numbers: list[Any] = [1831, "1831", 1831.0, pd.Series([1831])[0], pd.Series([1831.0])[0]]
    for person_id in numbers:
        assert data.person(person_id, DAY).id == "1831"
        assert data.as_at(DAY).person(person_id).age == 7
    for wrong in (True, 1.5, float("nan"), [1831]):
        with pytest.raises(TypeError, match="`person_id` must be an id as text or as a whole number"):
            data.person(wrong, DAY)  # type: ignore[arg-type]
