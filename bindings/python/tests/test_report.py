"""The board report: the same page as from the library's other languages, as text or as a file."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import csc_measures as cm
import pytest

from conftest import SAMPLE


@pytest.fixture(scope="module")
def card() -> cm.Scorecard:
    return cm.Dataset.read(SAMPLE).scorecard("2015-04", "2017-03", breakdown=["sex"])


class Words(HTMLParser):
    """The texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_report_is_text_or_a_file(card: cm.Scorecard, tmp_path: Path) -> None:
    page = card.to_html(authority="Fenshire <Council>")
    assert page.startswith("<!DOCTYPE html>")
    words = Words(page).text
    for said in ("Fenshire <Council>", "Internal: not for publication", "Number of audits completed"):
        assert said in words
    for path in (tmp_path / "report.html", str(tmp_path / "other.html")):
        assert card.to_html(path, authority="Fenshire <Council>") is None
        assert Path(path).read_bytes() == page.encode()


def test_what_is_published_is_made_from_published_figures(card: cm.Scorecard, tmp_path: Path) -> None:
    published = card.published()
    page = published.to_html()
    assert "Published: small numbers hidden" in page
    assert published.to_html(tmp_path / "public.html") is None
    assert (tmp_path / "public.html").read_bytes() == page.encode()


def test_measures_are_put_under_what_is_asked_for(card: cm.Scorecard) -> None:
    assert 'id="section-O3"' in card.to_html()
    page = card.to_html(by="recommendation", sources={"data": "made up by FCC"}, abbreviations={"FCC": "Fenshire"})
    assert 'id="part-4"' in page
    assert "made up by FCC (Fenshire)" in Words(page).text


def test_what_cannot_be_is_said(card: cm.Scorecard, tmp_path: Path) -> None:
    anything: Any = "outcomes"
    with pytest.raises(ValueError, match="`by`: unknown value `outcomes`; expected `outcome` or `recommendation`"):
        card.to_html(by=anything)
    every = cm.Dataset.read(SAMPLE).scorecard("2017-03", plan="all-measures")
    with pytest.raises(ValueError, match="the plan `all-measures` has no recommendations"):
        every.to_html(by="recommendation")
    missing = tmp_path / "no" / "report.html"
    with pytest.raises(FileNotFoundError) as caught:
        card.to_html(missing)
    assert Path(caught.value.filename) == missing
