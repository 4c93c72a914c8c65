"""The morning list of every team with Polars: what is overdue or due within five working days."""

from pathlib import Path

import polars as pl
from csc_measures import Dataset

data = Dataset.read(Path(__file__).parents[1] / "data" / "sample-authority")
due = data.due_list("2017-03-31", within=5)

teams = (
    pl.DataFrame(due.obligations)
    .with_columns(pl.col("team").fill_null("(nobody)"))
    .group_by("team")
    .agg(
        pl.len().alias("open"),
        (pl.col("rag") == "red").sum().alias("red"),
        (pl.col("rag") == "amber").sum().alias("amber"),
        pl.col("days_over").max().alias("longest_over"),
    )
    .sort("team")
)
for team in teams.iter_rows(named=True):
    print("{team:24} {open:4} open {red:4} red {amber:4} amber, longest {longest_over}".format(**team))
