"""An authority in parts: two processes work out one half each, and the whole is put together."""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from csc_measures import Dataset, Part, Scorecard

FOLDER = Path(__file__).parents[1] / "data" / "sample-authority"


def part(index: int) -> Part:
    return Dataset.read(FOLDER).part("2016-04", "2017-03", index=index, of=2, publish=True)


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as processes:
        whole = Scorecard.merge(processes.map(part, range(2)))
    at_once = Dataset.read(FOLDER).scorecard("2016-04", "2017-03")
    print(f"{len(whole.results)} results, the same byte for byte: {whole.to_json() == at_once.to_json()}")
    published = whole.published()
    print(f"for publication {published.hidden} of them are hidden")
