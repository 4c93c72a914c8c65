"""What editors and notebooks say of a name is the same, and everything public says something."""

from __future__ import annotations

import ast
import doctest
import inspect
from pathlib import Path
from typing import Any

import csc_measures
from csc_measures import _native


def documented() -> list[tuple[str, str, Any]]:
    """Every name of the stub with its words there, and what it is at run time."""
    stub = Path(_native.__file__).with_name("_native.pyi")
    found = []
    for node in ast.parse(stub.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.append((node.name, ast.get_docstring(node) or "", getattr(_native, node.name)))
        if isinstance(node, ast.ClassDef):
            of = getattr(_native, node.name)
            found.append((node.name, ast.get_docstring(node) or "", of))
            words: dict[str, str] = {}
            for item in node.body:
                if isinstance(item, ast.FunctionDef):
                    words[item.name] = ast.get_docstring(item) or words.get(item.name, "")
            found.extend((f"{node.name}.{name}", said, getattr(of, name)) for name, said in words.items())
    return found


def is_public(name: str) -> bool:
    return not any(part.startswith("_") for part in name.split(".")) and not name.startswith("DatasetBuilder")


def test_the_stub_says_what_help_says() -> None:
    for name, said, what in documented():
        if is_public(name):
            assert said, f"{name} says nothing"
            assert inspect.getdoc(what) == said, name


def test_every_public_name_says_what_it_is() -> None:
    for name in csc_measures.__all__:
        if name != "__version__":
            assert inspect.getdoc(getattr(csc_measures, name)), name


def test_the_examples_in_the_words_hold() -> None:
    names = {name: getattr(csc_measures, name) for name in csc_measures.__all__}
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    docs = [(name, said) for name, said, _ in documented()]
    modules = [csc_measures, csc_measures.plan.Plan, csc_measures.rag.measure_rag]
    docs.extend((str(one), inspect.getdoc(one) or "") for one in modules)
    for name, said in docs:
        runner.run(parser.get_doctest(said, dict(names), name, None, None))
    tried = runner.summarize()
    assert tried.failed == 0 and tried.attempted >= 9
