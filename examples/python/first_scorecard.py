"""A scorecard from pandas frames: the last month of each measure of one outcome, and why one of them is as it is."""

from pathlib import Path

import pandas as pd
from csc_measures import Dataset

# pandas passes over a line with a field too many without a word; Dataset.read(folder) would list it.
folder = Path(__file__).parents[1] / "data" / "sample-authority"
data = Dataset({path.stem: pd.read_csv(path, dtype="str", on_bad_lines="skip") for path in folder.glob("*.csv")})

targets = {"O3.M4": {"better": "higher", "target": 90, "tolerance": 5}}
card = data.scorecard("2016-04", "2017-03", targets=targets)

results = card.results.to_pandas()
march = results[(results["month"] == "2017-03") & results["measure"].str.startswith("O3.")]
print(march[["measure", "numerator", "denominator", "value", "rag", "direction"]].to_string(index=False))

cases = card.cases("O3.M4", "2017-03").to_pandas()
print("\nO3.M4 in March 2017:")
print(cases["outcome"].value_counts().to_string())
print("\nThe children not seen in time, longest first:")
late = cases[cases["outcome"] == "overdue"].sort_values(["elapsed", "subject"], ascending=[False, True])
print(late[["subject", "anchor", "due", "elapsed"]].head(5).to_string(index=False))
