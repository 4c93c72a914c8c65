"""A package that cannot work says at its import what to do."""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
from pathlib import Path

import csc_measures
import pytest
from csc_measures import _native

from conftest import ROOT


@pytest.fixture()
def source(tmp_path: Path) -> Path:
    """The package as it is in the source, in a folder of its own, without what a build may have left there."""
    package = tmp_path / "csc_measures"
    built = shutil.ignore_patterns("__pycache__", "_native.*[!i]")
    shutil.copytree(ROOT / "bindings" / "python" / "python" / "csc_measures", package, ignore=built)
    assert (package / "_native.pyi").is_file()
    return package


def refusal(package: Path) -> str:
    """What Python says last, where it imports the package in that folder."""
    program = f"import sys; sys.path.insert(0, {str(package.parent)!r}); import csc_measures"
    run = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 1 and run.stdout == ""
    return run.stderr.splitlines()[-1]


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
