"""The programs in the documents run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from conftest import ROOT, SAMPLE

DOCUMENTS = ["README.md", "docs/python.md", "bindings/python/README.md"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_programs_run(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ["cp_plans.csv", "cp_visits.csv"]:
        # pandas reads no table in which a row has a field too many, as one of the sample's has.
        lines = (SAMPLE / name).read_text(encoding="utf-8").splitlines(keepends=True)
        rows = [line for line in lines if line.count(",") == lines[0].count(",")]
        (tmp_path / name).write_text("".join(rows), encoding="utf-8")
    pd.read_csv(tmp_path / "cp_visits.csv", dtype="str").to_parquet(tmp_path / "cp_visits.parquet")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / document).read_text(encoding="utf-8")
    programs = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert programs
    names: dict[str, Any] = {}
    for program in programs:
        exec(compile(program, document, "exec"), names)
    assert names["card"].first == "2016-04"
    assert "Traceback" not in capsys.readouterr().out
