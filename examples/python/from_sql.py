"""A measure from a database, here one of SQLite in memory, with three of the tables and the types that a database has."""

import csv
import sqlite3
import warnings
from pathlib import Path

from csc_measures import Dataset

folder = Path(__file__).parents[1] / "data" / "sample-authority"
tables = {"persons": "children", "cp_plans": "plans", "cp_visits": "visits"}
database = sqlite3.connect(":memory:")
for table, name in tables.items():
    header, *rows = csv.reader((folder / f"{table}.csv").read_text(encoding="utf-8").splitlines())
    types = (f"{column} {'DATE' if 'date' in column else 'VARCHAR(48)'}" for column in header)
    database.execute(f"CREATE TABLE {name} ({', '.join(types)})")
    filled = ([value or None for value in row] for row in rows if len(row) == len(header))
    database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(header))})", filled)

# A table that is not named here is looked for as `ssd_...`; those that are not there are listed in a warning.
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    data = Dataset.from_sql(database, tables=tables)
print(str(caught[0].message).split(";")[0])
for one in data.tables:
    print(one["table"], one["rows"])

(visits,) = data.scorecard("2017-03", measures=["O3.M4"]).results
print(f"{visits['numerator']:g} of {visits['denominator']:g} children on a plan were visited in time")
