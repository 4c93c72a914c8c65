"""Columns under misspelt names: no figure changes without a warning that names the column.

The data are the hand-made vectors: of each file, each column in the vector where most rows have a value in it.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from csc_measures import BadTableError, Dataset, Plan

FILES = sorted((ROOT / "tests" / "vectors" / "measures").glob("*.json"))

Misspelling = Callable[[str], str]
Result = dict[str, Any]
Vector = dict[str, Any]


def near(name: str) -> str:
    """One letter twice, and one left out."""
    return name[0] + name[:-1]


def beyond_recognition(name: str) -> str:
    """Every letter another, and four more."""
    return "".join("_" if letter == "_" else "q" for letter in name) + "qqqq"


def columns_of(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def own_tables(vector: Vector) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The tables under the library's own names: those of the Standard Safeguarding Dataset have the same columns."""
    return (item for item in vector["tables"].items() if not item[0].startswith("ssd_"))


def places(vectors: list[Vector]) -> Iterator[tuple[Vector, str, str]]:
    """Each column of each table, in the vector where most rows have a value in it: there its loss shows best."""
    values: dict[tuple[str, str], list[int]] = {}
    for place, vector in enumerate(vectors):
        for table, rows in own_tables(vector):
            for column in columns_of(rows):
                counts = values.setdefault((table, column), [-1] * len(vectors))
                counts[place] = sum(row.get(column) is not None for row in rows)
    for (table, column), counts in values.items():
        yield vectors[counts.index(max(counts))], table, column


def read(path: Path) -> tuple[str, list[Vector]]:
    file = json.loads(path.read_text(encoding="utf-8"))
    return file["measure"], file["vectors"]


def tables_of(vector: Vector, table: str = "", column: str = "", misspelt: str = "") -> dict[str, Any]:
    """The tables of a vector by column, one column of one table under another name."""
    return {
        name: {
            misspelt if (name, given) == (table, column) else given: [row.get(given) for row in rows]
            for given in columns_of(rows)
        }
        or rows
        for name, rows in vector["tables"].items()
    }


def results(dataset: Dataset, vector: Vector, plan: str) -> list[Result]:
    options = {key: vector[key] for key in ("policy", "targets", "closures") if key in vector}
    card = dataset.scorecard(vector["month"], plan=plan, **options)
    found: list[Result] = json.loads(card.to_json())["results"]
    return found


def figure(result: Result) -> Result:
    """What a result says of the data, its warnings left out."""
    return {field: value for field, value in result.items() if field != "warnings"}


def tells_of(result: Result, table: str, column: str) -> bool:
    """Whether a result says that a column is not there."""
    name = f"{table}.{column}"
    told = {"end_date": f"no_end_dates:{table}", "seen": f"seen_not_recorded:{table}"}.get(column, f"no_column:{name}")
    said = {told, f"without:{name}", f"derived:{column}"}.intersection(result["warnings"])
    return bool(said) or name in result["missing_tables"]


def check(before: list[Result], vector: Vector, plan: str, place: tuple[str, str], misspell: Misspelling) -> int:
    """Misspells one column; how many figures change, each of them told of: all, if the table is refused."""
    table, column = place
    misspelt = misspell(column)
    is_near = misspell is near
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            dataset = Dataset(tables_of(vector, table, column, misspelt))
        except BadTableError as error:
            assert f"`{table}`" in str(error) and f"`{column}`" in str(error)
            assert not is_near or f"`{misspelt}`" in str(error)
            return len(before)
    at_the_door = f"table `{table}`: column `{misspelt}` is not read, did you mean `{column}`?"
    assert (at_the_door in [str(one.message) for one in warned if one.category is UserWarning]) == is_near
    (report,) = [row for row in dataset.columns if (row["table"], row["given_as"]) == (table, misspelt)]
    assert (report["state"], report["nearest"]) == ("unknown", column if is_near else None)
    after = results(dataset, vector, plan)
    assert [one["measure"] for one in after] == [one["measure"] for one in before]
    changed = [is_ for was, is_ in zip(before, after) if figure(was) != figure(is_)]
    silent = [one for one in changed if not tells_of(one, table, column)]
    assert not silent, f"{vector['name']}: {table}.{column} as {misspelt}"
    return len(changed)


@pytest.mark.parametrize("misspell", [near, beyond_recognition])
@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
# Some vectors are of rows that are left out.
@pytest.mark.filterwarnings("ignore:table `.*rows (is|are) left out")
def test_no_figure_changes_in_silence(path: Path, misspell: Misspelling) -> None:
    measure, vectors = read(path)
    plan = "worcestershire-2017" if measure in Plan.worcestershire_2017() else "all-measures"
    changed = 0
    for vector, table, column in places(vectors):
        before = results(Dataset(tables_of(vector)), vector, plan)
        changed += check(before, vector, plan, (table, column), misspell)
    assert changed > 0


def test_every_column_of_the_vectors_is_misspelt() -> None:
    files = [read(path)[1] for path in FILES]
    tables = [table for vectors in files for vector in vectors for table in own_tables(vector)]
    every = {(table, column) for table, rows in tables for row in rows for column in row}
    chosen = [place for vectors in files for place in places(vectors)]
    misspelt = {(table, column) for vector, table, column in chosen if column in columns_of(vector["tables"][table])}
    assert misspelt == every


def test_a_silent_change_is_found() -> None:
    told: Result = {"measure": "O3.M4", "warnings": ["no_column:cp_visits.visitor"], "missing_tables": []}
    assert tells_of(told, "cp_visits", "visitor")
    assert not tells_of(told, "cp_visits", "visit_type") and not tells_of(told, "cp_plans", "visitor")
    assert not tells_of(told | {"warnings": []}, "cp_visits", "visitor")
    assert tells_of(told | {"warnings": [], "missing_tables": ["cp_visits.visitor"]}, "cp_visits", "visitor")
    assert figure(told) != figure(told | {"missing_tables": ["cp_visits"]})
    assert figure(told) == figure(told | {"warnings": []})
