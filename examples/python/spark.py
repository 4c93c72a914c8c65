"""A scorecard of tables that Spark holds, here in one process that plays the cluster."""

from pathlib import Path

from csc_measures import spark
from pyspark.sql import SparkSession

folder = Path(__file__).parents[1] / "data" / "sample-authority"
session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
tables = {path.stem: session.read.csv(str(path), header=True) for path in sorted(folder.glob("*.csv"))}

# Each of four parts of the children is worked out by an executor.
card = spark.scorecard(tables, "2016-04", "2017-03", parts=4)
last = next(row for row in card.results.to_dicts() if row["measure"] == "O3.M4" and row["month"] == "2017-03")
print(f"{last['numerator']:g} of {last['denominator']:g} children on a plan were visited in time")

# Two authorities in the same tables, told apart by a column.
both = {
    name: table.selectExpr("*", "'Northam' AS authority").unionAll(table.selectExpr("*", "'Southam' AS authority"))
    for name, table in tables.items()
}
for authority, its_card in spark.scorecard(both, "2017-03", by_authority=True).items():
    print(authority, len(its_card.results), "results")
session.stop()
