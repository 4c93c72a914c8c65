"""What the Python half raises and warns, listed in a text, so that whoever reads the text has read it all.

``WRITE_MESSAGES=1`` writes the text anew. The messages of the native half are in ``tests/messages/python.txt``.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import sqlite3
import sys
import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import csc_measures
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from csc_measures import Calendar, Dataset, Plan, Scorecard, _native, _sql, measure_rag, spark

from conftest import PACKAGE, ROOT, refusal

MESSAGES = ROOT / "tests" / "messages"
KEPT = MESSAGES / "python-package.txt"
ANYTHING: Any = 5

Messages = dict[str, list[str]]


def of_error(call: Callable[[], object]) -> str:
    """The message of what a call raises."""
    with pytest.raises((csc_measures.CscMeasuresError, TypeError, ImportError)) as caught:
        call()
    return str(caught.value)


def of_warning() -> str:
    """The warning of a native half that was built without optimisation."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings(record=True) as caught:
        patch.setattr(_native, "OPTIMISED", False)
        importlib.reload(csc_measures)
    (warning,) = caught
    return str(warning.message)


def without(package: str, call: Callable[[], object]) -> str:
    """The message where a package is not installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, package, None)
        return of_error(call)


def of_import(source: Path) -> str:
    """The message of an import that cannot work."""
    message = refusal(source).partition("ImportError: ")[2]
    return message.replace(str(source), "<folder>").replace(csc_measures.__version__, "<version>")


def of_sql() -> list[str]:
    """The messages of what is read by a connection."""

    def read(**arguments: Any) -> Callable[[], object]:
        return lambda: Dataset.from_sql(connection, **arguments)

    def warned(call: Callable[[], object]) -> str:
        with pytest.warns(UserWarning) as caught:
            call()
        return str(caught[-1].message)

    tables: dict[str, str | None] = {one["table"]: None for one in json.loads(csc_measures.tables_json())}
    connection = sqlite3.connect(":memory:")
    connection.create_function("fails", 1, lambda value: 1 / 0)
    connection.execute("CREATE TABLE ssd_person (person_id)")
    connection.execute("INSERT INTO ssd_person VALUES ('P1')")
    connection.execute('CREATE TABLE blanks ("person id")')
    connection.execute("CREATE VIEW fails AS SELECT fails(person_id) AS person_id FROM ssd_person")
    connection.execute("CREATE VIEW loops AS SELECT * FROM loops")
    found = [
        of_error(read(batch_rows=0)),
        of_error(read(schema=ANYTHING)),
        of_error(read(schema="my schema")),
        of_error(read(tables=ANYTHING)),
        of_error(read(tables={ANYTHING: "ssd_person"})),
        of_error(read(tables={"persons": "ssd_person", "ssd_person": "ssd_person"})),
        of_error(lambda: Dataset.from_sql(ANYTHING)),
        of_error(read(tables=tables)),
        of_error(read(prefix="ssd_live_")),
        warned(read(tables={**tables, "persons": "ssd_person", "audits": "audits", "policies": "policies"})),
        of_error(read(tables={**tables, "persons": "loops"})),
        of_error(read(tables={**tables, "persons": "blanks"})),
        of_error(read(tables={**tables, "persons": "fails"})),
    ]
    tables["persons"] = "ssd_person"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_sql, "_add", lambda *given: 0)
        found.append(warned(read(tables=tables)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_sql, "_add", lambda *given: connection.execute("DROP TABLE ssd_person"))
        found.append(of_error(read(tables=tables)))
    connection.close()
    return found


@pytest.fixture()
def messages(sample: Dataset, card: Scorecard, source: Path, tmp_path: Path) -> Messages:
    """Every message, provoked: by the file that raises it."""
    short = sample.scorecard("2017-03", measures=["O1.M1", "O4.M5"])
    plan = Plan.worcestershire_2017()
    target: Any = {"better": "higher", "target": 90, "tolerance": 5}
    not_built = of_import(source)
    (source / "_native.py").write_text('__version__ = "0.0.9"\n', encoding="utf-8")
    twice = pd.DataFrame([[1, 2, 3]], columns=["cp_plan_id", "person_id", "person_id"])
    far = np.array(["9999999-01-01"], dtype="datetime64[D]")
    return {
        "__init__.py": [of_warning()],
        "_built.py": [not_built, of_import(source)],
        "_arguments.py": of_arguments(sample, card),
        "_columns.py": [
            of_error(lambda: Calendar.england_and_wales().is_working_day(far)),
            of_error(lambda: Calendar.england_and_wales().working_days_between(pd.Series(["2017-03-01"]), pd.Series([], dtype=str))),
        ],
        "_files.py": [of_letters(tmp_path)],
        "_frames.py": [
            of_error(lambda: Dataset(ANYTHING)),
            of_error(lambda: Dataset({ANYTHING: []})),
            of_error(lambda: Dataset({"cp_plans": ANYTHING})),
            of_error(lambda: Dataset({"cp_plans": twice})),
            of_error(lambda: Dataset({"cp_plans": pd.concat({"a": twice}, axis=1)})),
            of_error(lambda: Dataset({"cp_plans": "cp_plans.csv"})),  # type: ignore[dict-item]
        ],
        "_options.py": [
            of_error(lambda: sample.scorecard("2017-03", targets={"O3.M4": {**target, "target": float("nan")}})),
            of_error(lambda: sample.scorecard("2017-03", targets={"O3.M4": {**target, "target": Decimal("-inf")}})),
            of_error(lambda: sample.scorecard("2017-03", targets={"O3.M4": {**target, "target": object()}})),
        ],
        "_plot.py": [
            without("altair", lambda: card.plot("O3.M4")),
            of_error(lambda: short.plot("O3.M4")),
            of_error(lambda: short.plot("O4.M5")),
        ],
        "_progress.py": [
            of_error(lambda: Dataset({}, progress=ANYTHING)),
            without("tqdm.auto", lambda: Dataset({}, progress=True)),
        ],
        "_sql.py": of_sql(),
        "plan.py": [
            of_error(lambda: Plan.from_json("worcestershire-2017")),
            of_error(lambda: Plan.read(os.path.relpath(KEPT))),
            of_error(lambda: Plan.all_measures().recommendation("R1")),
            of_error(lambda: plan["O3.M44"]),
            of_error(lambda: plan.outcome("O9")),
            of_error(lambda: plan.recommendation("R99")),
        ],
        "rag.py": [
            of_error(lambda: measure_rag("O3.M4", target, Fraction(1, 7))),
            of_error(lambda: measure_rag("O3.M4", target, 10**16)),
        ],
        "spark.py": of_spark(),
    }


def of_arguments(sample: Dataset, card: Scorecard) -> list[str]:
    """What is said of arguments."""

    def asked(**options: Any) -> Callable[[], object]:
        return lambda: sample.scorecard("2017-03", **options)

    return [
        of_error(asked(policy=ANYTHING)),
        of_error(asked(signals=ANYTHING)),
        of_error(asked(by=ANYTHING)),
        of_error(asked(by="team")),
        of_error(asked(measures=ANYTHING)),
        of_error(asked(measures=[ANYTHING])),
        of_error(asked(threads="4")),
        of_error(asked(threads=0)),
        of_error(asked(targets={"O3.M4": ANYTHING})),
        of_error(asked(closures="2017-12-24")),
        of_error(asked(closures=ANYTHING)),
        of_error(lambda: sample.person([], "2017-03-31")),  # type: ignore[arg-type]
        of_error(lambda: Dataset.read(ANYTHING)),
        of_error(lambda: Dataset.read([ANYTHING])),
        of_error(lambda: Dataset.read("no/such/*.csv")),
        of_error(lambda: Dataset.read(["no", "no"])),
        of_error(lambda: Dataset({}, dates=ANYTHING)),
        of_error(lambda: Dataset({}, dates={"cp_visits": ANYTHING})),
        of_error(lambda: Dataset({}, columns=ANYTHING)),
        of_error(lambda: Dataset({}, columns={"cp_plans": ANYTHING})),
        of_error(lambda: card.to_html(sources=ANYTHING)),
        of_error(lambda: Scorecard.merge(ANYTHING)),
    ]


def of_letters(folder: Path) -> str:
    """The warning of a file in the letters of Windows."""
    (folder / "compliments.csv").write_bytes("compliment_id,received_date\nCafé,2017-03-01\n".encode("cp1252"))
    with pytest.warns(UserWarning) as caught:
        Dataset.read(folder / "compliments.csv")
    return str(caught[0].message)


def of_spark() -> list[str]:
    """What is told without a cluster, too."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        spark._tell_skew(3, 20_001, 20_001, 8, " of Northam")
    no_authority = pa.record_batch({"authority": pa.array([None], pa.string())})
    frame: Any = SimpleNamespace(columns=["cp_plan_id"])
    return [
        of_error(lambda: spark.scorecard({}, "2017-03")),
        of_error(lambda: spark.scorecard({"cp_plans": frame}, "2017-03", parts=0)),
        of_error(lambda: spark.scorecard({"cp_plans": frame}, "2017-03", by_authority=True)),
        of_error(lambda: spark.scorecard({"ssd_cp_plans": frame}, "2017-03")),
        of_error(lambda: spark._refuse("BadTableError", 3, "table `cp_plans` has no column `start_date`, which it needs")),
        str(caught[0].message),
        of_error(lambda: list(spark._of_each(no_authority, "authority"))),
    ]


def raised(source: str) -> Iterator[tuple[int, list[str]]]:
    """The line of each ``raise`` and ``warnings.warn`` of a source, with the constant parts of its message."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield node.lineno, parts(node.exc, tree)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("warnings.warn", "warn"):
            yield node.lineno, parts(node.args[0], tree)


def parts(of: ast.expr, tree: ast.Module) -> list[str]:
    """The constant parts of an expression, in order: also those of a name or a function of the same module."""
    if isinstance(of, ast.Constant):
        return [of.value] if isinstance(of.value, str) else []
    if isinstance(of, ast.JoinedStr):
        return [part for value in of.values for part in parts(value, tree)]
    if isinstance(of, ast.Name):
        return [part for value in assigned(of.id, tree) for part in parts(value, tree)]
    if isinstance(of, ast.Call):
        return [part for value in returned(of.func, tree) or of.args for part in parts(value, tree)]
    return []


def assigned(name: str, tree: ast.Module) -> list[ast.expr]:
    """What a name is set to anywhere in a module."""
    sets = (node for node in ast.walk(tree) if isinstance(node, ast.Assign))
    return [one.value for one in sets if any(isinstance(to, ast.Name) and to.id == name for to in one.targets)]


def returned(function: ast.expr, tree: ast.Module) -> list[ast.expr]:
    """What a function of a module returns."""
    if not isinstance(function, ast.Name):
        return []
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == function.id)
    returns = (node for one in functions for node in ast.walk(one) if isinstance(node, ast.Return))
    return [one.value for one in returns if one.value is not None]


def has(message: str, parts: list[str]) -> bool:
    """Whether a message has these parts, in their order."""
    return re.search(".*".join(map(re.escape, parts)), message, re.DOTALL) is not None


def not_listed(source: str, listed: list[str]) -> list[int]:
    """The lines of a source that raise or warn what is not listed, or what cannot be seen in it."""
    return sorted(
        line
        for line, found in raised(source)
        if not "".join(found).strip() or not any(has(message, found) for message in listed)
    )


def test_every_raise_and_warning_is_listed(messages: Messages) -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.glob("**/*.py"))}
    missing = {name: not_listed(source, messages.get(name, [])) for name, source in sources.items()}
    assert not {name: lines for name, lines in missing.items() if lines}
    assert {name for name, source in sources.items() if list(raised(source))} == set(messages)


def test_the_messages_are_those_that_are_kept(messages: Messages) -> None:
    text = "".join(f"{name}\n" + "".join(f"  {one}\n" for one in listed) for name, listed in messages.items())
    if "WRITE_MESSAGES" in os.environ:
        KEPT.write_text(text, encoding="utf-8")
    words = re.search(r"const NOT_SAID.*?=\s*\[(.*?)\];", (MESSAGES / "golden.rs").read_text("utf-8"), re.DOTALL)
    assert words is not None
    not_said = re.findall('"(.*?)"', words[1])
    assert len(not_said) > 5
    for message in (one for listed in messages.values() for one in listed):
        assert not message[0].isupper() and message[-1] not in ". " and "\n" not in message, message
        assert not [word for word in not_said if word in message], message
    assert text == KEPT.read_text(encoding="utf-8"), "WRITE_MESSAGES=1 writes it anew"


def test_raises_that_are_not_listed_are_found() -> None:
    source = """\
REMEDY = "mend it"
def refusal(name):
    return ValueError(f"unknown {name}, sorry")
def f(name, error):
    raise ValueError(f"one {name}, two")
    raise ValueError(f"three {name}. {REMEDY}") from None
    raise refusal(name)
    raise error
    raise ValueError
    warnings.warn("four", stacklevel=2)
    raise
"""
    assert not_listed(source, []) == [5, 6, 7, 8, 9, 10]
    assert not_listed(source, ["one x, two", "three x. mend it", "unknown x, sorry", "four"]) == [8, 9]
    assert not_listed(source, ["two, one x", "three x", "unknown x", "five"]) == [5, 6, 7, 8, 9, 10]
