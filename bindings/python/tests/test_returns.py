"""Returns as councils send them, alone and together."""

from __future__ import annotations

import datetime
import json
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest

import csc_measures as cm

CENSUS = """<Message><Header><CollectionDetails><Year>2017</Year></CollectionDetails></Header><Children><Child>
<ChildIdentifiers><LAchildID>A</LAchildID><PersonBirthDate>2010-02-01</PersonBirthDate></ChildIdentifiers>
<CINdetails><CINreferralDate>2017-03-01</CINreferralDate></CINdetails></Child></Children></Message>"""


def ssda903(folder: Path) -> Path:
    folder.mkdir()
    (folder / "header.csv").write_text("CHILD,SEX,DOB,ETHNIC,UPN\nB,1,01/02/2005,WBRI,UN1\n")
    (folder / "episodes.csv").write_text(
        "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC\nB,03/01/2017,S,V2,N1,U6,,\nB,31/02/2017,P,V2,N1,U6,,\n"
    )
    return folder


def workbook(path: Path) -> Path:
    """Child protection plans: child 7, last seen on 2 March 2017."""
    header = ["Child Unique ID", "Child Protection Plan Start Date", "Date of the Last Statutory Visit"]
    rows = [[*header, "Child Protection Plan End Date"], ["7", "01/11/2016", "02/03/2017", ""]]
    cells = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in zip("ABCD", row, strict=True)
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships {package}><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="List 7" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships {package}><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
        )
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>")
    return path


def result(card: cm.Scorecard, measure: str, month: str) -> dict[str, Any]:
    (found,) = [row for row in card.results if (row["measure"], row["month"]) == (measure, month)]
    return found


def source_of(dataset: cm.Dataset, table: str) -> object:
    (found,) = [row["source"] for row in dataset.tables if row["table"] == table]
    return found


def test_a_return_alone(tmp_path: Path) -> None:
    dataset = cm.Dataset.read(ssda903(tmp_path / "903"))
    card = dataset.scorecard("2017-03")
    assert result(card, "O6.M6", "2017-03")["status"] == "ok"
    assert result(card, "O5.M3", "2017-03")["missing_tables"] == ["referrals"]
    assert source_of(dataset, "cla_episodes") == "ssda903"
    (issue,) = dataset.issues
    assert (issue["source"], issue["row"], issue["code"]) == ("episodes.csv", 2, "bad_date")


def test_a_return_of_several_years(tmp_path: Path) -> None:
    for year in (2015, 2017):
        folder = tmp_path / str(year)
        folder.mkdir()
        rows = f"CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC\n{year},03/01/{year},S,V2,N1,U6,,\n"
        (folder / "episodes.csv").write_text(rows)
    with pytest.warns(UserWarning, match="SSDA903 return: year_missing:2016"):
        dataset = cm.Dataset.read(tmp_path)
    (source,) = dataset.sources
    assert (source["source"], source["years"], source["warnings"]) == ("ssda903", [2015, 2017], ["year_missing:2016"])
    assert source["files"] == ["episodes.csv", "episodes.csv"]
    assert cm.Dataset({}).sources == []


def test_returns_together(tmp_path: Path) -> None:
    census = tmp_path / "census.xml"
    census.write_text(CENSUS)
    paths: list[str | Path] = [ssda903(tmp_path / "903"), str(census)]
    with pytest.raises(cm.BadTableError, match="table `persons` is in two sources: ssda903 and cin_census"):
        cm.Dataset.read(paths)
    dataset = cm.Dataset.read(paths, choose={"persons": "cin_census"})
    # the child of the other return is not lost, nor is the birthday
    assert dataset.person_count == 2
    assert (source_of(dataset, "persons"), source_of(dataset, "referrals")) == ("cin_census", "cin_census")
    assert dataset.person("B", "2017-03-31").as_at == datetime.date(2017, 3, 31)
    with pytest.raises(cm.BadTableError, match="cannot be taken from csc_api"):
        cm.Dataset.read(paths, choose={"persons": "csc_api"})
    with pytest.raises(cm.BadValueError, match="unknown source `cin`"):
        cm.Dataset.read(paths, choose={"persons": "cin"})  # type: ignore[dict-item]
    with pytest.raises(cm.UnknownNameError, match="did you mean `persons`"):
        cm.Dataset.read(paths, choose={"persns": "cin_census"})


@pytest.mark.parametrize("as_at", ["2017-03-16", datetime.date(2017, 3, 16)])
def test_annex_a_is_as_at_a_day(tmp_path: Path, as_at: str | datetime.date) -> None:
    dataset = cm.Dataset.read(workbook(tmp_path / "Annex A.xlsx"), as_at=as_at)
    (plans,) = [row for row in dataset.tables if row["table"] == "cp_plans"]
    assert (plans["source"], plans["as_at"]) == ("annex_a", datetime.date(2017, 3, 16))
    card = dataset.scorecard("2017-02", "2017-03")
    assert result(card, "O3.M4", "2017-03")["value"] == 100.0
    before = result(card, "O3.M4", "2017-02")
    assert (before["status"], before["missing_tables"]) == ("not_supplied", ["cp_plans", "cp_visits"])
    assert "as_at:cp_visits:2017-03-16" in before["warnings"]


def test_without_a_day_it_is_the_latest(tmp_path: Path) -> None:
    dataset = cm.Dataset.read([workbook(tmp_path / "Annex A.xlsx")])
    assert {row["as_at"] for row in dataset.tables if row["table"] != "persons"} == {datetime.date(2017, 3, 2)}


def test_the_api(tmp_path: Path) -> None:
    child = {
        "la_child_id": "C1",
        "child_details": {"date_of_birth": "2010-02-01"},
        "social_care_episodes": [{"social_care_episode_id": "R1", "referral_date": "2017-03-06"}],
    }
    file = tmp_path / "monday.json"
    file.write_text(json.dumps([child]))
    seen: list[tuple[str, int, int]] = []
    dataset = cm.Dataset.read(file, progress=lambda *step: seen.append(step))
    assert result(dataset.scorecard("2017-03"), "O5.M3", "2017-03")["denominator"] == 1
    size = file.stat().st_size
    assert seen[-1] == ("monday.json", size, size)


def test_what_is_not_read_is_warned_of(tmp_path: Path) -> None:
    folder = ssda903(tmp_path / "903")
    (folder / "notes.csv").write_text("a,b\n")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        cm.Dataset.read(folder)
    assert str(told[0].message) == "`notes.csv` is not read: not part of a return that is read"
    # The return has rows that are left out, too.
    assert all("left out" in str(warning.message) for warning in told[1:])
