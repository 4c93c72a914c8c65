"""A measure from a database, here one of SQLite in memory, with two of the tables."""

import csv
import sqlite3
import warnings
from pathlib import Path

from csc_measures import Dataset

folder = Path(__file__).parents[1] / "data" / "sample-authority"
tables = {"persons": "children", "cp_plans": "plans"}
database = sqlite3.connect(":memory:")
for table, name in tables.items():
    header, *rows = csv.reader((folder / f"{table}.csv").read_text(encoding="utf-8").splitlines())
    database.execute(f"CREATE TABLE {name} ({', '.join(header)})")
    database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(header))})", rows)

# A table that is not named here is looked for as `ssd_...`; those that are not there are listed in a warning.
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    data = Dataset.from_sql(database, tables=tables)
print(str(caught[0].message).split(";")[0])
for one in data.tables:
    print(one["table"], one["rows"])
