"""Looks at reports in a real browser, as people do: on a screen, a telephone, in the dark, by keyboard and on paper.

Used as `check.py CHROMIUM FOLDER REPORT...`. Pictures and the paper are left in FOLDER, for whoever wants to look.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

MODES = {
    "desktop": {"width": 1200, "height": 1600, "scheme": "light"},
    "telephone": {"width": 390, "height": 844, "scheme": "light"},
    "dark": {"width": 1200, "height": 1600, "scheme": "dark"},
}

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# The least contrast of a text with its ground: of WCAG 2.2, level AA.
CONTRAST = 4.5

# Every text with the ground that it is on. What axe cannot tell by itself (a text in a picture, or beside one) is in it too.
LEAST_CONTRAST = """
() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [red, green, blue] = channels(colour).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      const alpha = channels(colour)[3] ?? 1;
      if (alpha === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  let least = { ratio: 21, text: "" };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || ["TITLE", "DESC", "STYLE"].includes(element.tagName.toUpperCase())) continue;
    const style = getComputedStyle(element);
    const ink = element instanceof SVGElement ? style.fill : style.color;
    const [one, other] = [light(ink), light(ground(element))];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (ratio < least.ratio) least = { ratio, text };
  }
  return least;
}
"""


def look(browser: Browser, report: Path, mode: str, folder: Path) -> list[str]:
    """What is wrong with a report in one mode."""
    how = MODES[mode]
    context = browser.new_context(
        viewport={"width": how["width"], "height": how["height"]}, color_scheme=how["scheme"]
    )
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(report.as_uri())
    page.screenshot(path=folder / f"{report.stem}-{mode}.png")
    wrong = [f"it asks the network for {url}" for url in asked[1:]]
    wrong += [f"the browser says {text}" for text in said]
    wrong += keyboard(page)
    page.evaluate("() => document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        wrong.append(f"it is {over} pixels wider than the screen")
    least = page.evaluate(LEAST_CONTRAST)
    if least["ratio"] < CONTRAST:
        wrong.append(f"a contrast of {least['ratio']:.2f}: {least['text']!r}")
    answer = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    for violation in answer.response["violations"]:
        where = violation["nodes"][0]["html"][:200]
        wrong.append(f"axe: {violation['id']}, {violation['help']}, {len(violation['nodes'])} times: {where}")
    context.close()
    return [f"{report.name}, {mode}: {what}" for what in wrong]


def keyboard(page: Page) -> list[str]:
    """What is wrong for whoever has no mouse."""
    page.keyboard.press("Tab")
    first = page.evaluate("() => [document.activeElement.className, getComputedStyle(document.activeElement).outlineStyle]")
    if first != ["skip", "solid"]:
        return [f"the first stop is {first}, and not the link to the report, with an outline"]
    page.keyboard.press("Enter")
    if page.evaluate("() => document.activeElement.id") != "content":
        return ["the link to the report does not lead there"]
    page.evaluate("() => document.querySelector('summary').focus()")
    page.keyboard.press("Enter")
    if not page.evaluate("() => document.querySelector('summary').parentElement.open"):
        return ["what is folded does not open by keyboard"]
    return []


def paper(browser: Browser, report: Path, folder: Path) -> list[str]:
    """What is wrong with a report on A4. A measure is on one page, unless it is longer than one by itself."""
    page = browser.new_page(color_scheme="dark")
    page.goto(report.as_uri())
    data = page.pdf(path=folder / f"{report.stem}.pdf", prefer_css_page_size=True, print_background=True)
    page.emulate_media(media="print")
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    page.close()
    wrong = []
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    if len(boxes) < 10 or any(abs(float(wide) - 595) > 1 or abs(float(high) - 842) > 1 for wide, high in boxes):
        wrong.append(f"{len(boxes)} pages, and not of A4: {set(boxes)}")
    if ground != "rgb(255, 255, 255)":
        wrong.append(f"paper is {ground}")
    return [f"{report.name}, on paper: {what}" for what in wrong]


def main() -> int:
    """Looks at each report in each mode, and says what is wrong."""
    chromium, folder, *reports = [Path(argument).resolve() for argument in sys.argv[1:]]
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for report in reports:
            for mode in MODES:
                wrong += look(browser, report, mode, folder)
            wrong += paper(browser, report, folder)
        print(f"{len(reports)} reports in Chromium {browser.version}: {len(wrong)} things wrong")
        browser.close()
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
