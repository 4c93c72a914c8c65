"""A package that cannot work says at its import what to do."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import csc_measures
from csc_measures import _native

from conftest import refusal


def test_source_that_was_not_built_says_how_to_build_it(source: Path) -> None:
    assert refusal(source) == (
        f"ImportError: csc_measures was not built: `{source}` is its source and has no native half. "
        "Run `pip install ./bindings/python` in the folder of the project, with Rust installed, "
        "and start Python outside that source"
    )


def test_a_native_half_of_another_version_is_refused_by_name(source: Path) -> None:
    (source / "_native.py").write_text('__version__ = "0.0.9"\n', encoding="utf-8")
    assert refusal(source) == (
        f"ImportError: csc_measures is in two versions: its Python half is {csc_measures.__version__} and its "
        "native half is 0.0.9. Run `pip install ./bindings/python` in the folder of the project, with Rust "
        "installed, which builds both"
    )


def test_a_native_half_that_fails_by_itself_says_why(source: Path) -> None:
    (source / "_native.py").write_text("import no_such_module\n", encoding="utf-8")
    assert refusal(source) == "ModuleNotFoundError: No module named 'no_such_module'"


def test_the_version_is_one_everywhere() -> None:
    assert csc_measures.__version__ == _native.__version__ == importlib.metadata.version("csc-measures")
