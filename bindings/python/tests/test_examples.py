"""The examples run, and print what is kept beside them; the notebooks are as they were executed.

With WRITE_EXAMPLES=1 what they print is kept anew.
"""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import databases
import pytest
from conftest import ROOT
from nbclient import NotebookClient

nbformat: Any = importlib.import_module("nbformat")  # it comes without types

EXAMPLES = ROOT / "examples" / "python"
WRITES = os.environ.get("WRITE_EXAMPLES") == "1"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_an_example(path: Path, tmp_path: Path) -> None:
    is_of_spark = path.stem == "spark"
    if is_of_spark and not databases.IS_FULL:
        pytest.skip("Spark is started by `cargo xtask test python --full` alone")
    # Spark itself warns of versions of others.
    strict = [] if is_of_spark else ["-W", "error"]
    ran = subprocess.run(
        [sys.executable, *strict, str(path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYSPARK_PYTHON": sys.executable},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    kept = path.with_suffix(".txt")
    if WRITES:
        kept.write_text(ran.stdout, encoding="utf-8")
    assert ran.stdout == kept.read_text(encoding="utf-8")


def outputs(notebook: Any) -> list[Any]:
    """What the cells say; of pictures that there is one."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {"text/plain": output.get("text", "")})
            said = {kind: "a picture" if kind == "image/png" else text for kind, text in data.items()}
            # the text of a picture names an object by its place in memory
            if "image/png" in said:
                said["text/plain"] = ""
            found.append((output["output_type"], said))
    return found


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook(path: Path) -> None:
    kept = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    NotebookClient(fresh, timeout=120, resources={"metadata": {"path": str(EXAMPLES)}}).execute()
    for cell in fresh.cells:
        cell.metadata.pop("execution", None)
    if WRITES:
        fresh.metadata = kept.metadata
        nbformat.write(fresh, path)
        kept = fresh
    assert outputs(fresh) == outputs(kept)
    assert any("text/html" in said for _, said in outputs(kept))
    text = re.sub(r'"image/png": "[^"]*"', "", path.read_text(encoding="utf-8"))
    assert str(ROOT) not in text
