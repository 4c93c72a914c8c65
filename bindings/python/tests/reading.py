"""A program: reads a million visits from a database, and says what memory that took. Run by `test_from_sql_memory.py`.

Its words are the module of a driver, its function that connects, its arguments as JSON, and as JSON where the tables
are.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import sys
import warnings
from typing import Any

from csc_measures import Dataset


def memory(what: str) -> int:
    """A figure of the memory of this process, in bytes."""
    with open("/proc/self/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith(f"{what}:"))
    return int(line.split()[1]) * 1024


def settle() -> int:
    """What is in use, once what is not has gone back."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return memory("VmRSS")


def main(module: str, function: str, arguments: str, tables: str) -> None:
    connection: Any = getattr(importlib.import_module(module), function)(*json.loads(arguments))
    warnings.simplefilter("ignore")
    where = json.loads(tables)
    # What is loaded at the first reading is of no table.
    Dataset.from_sql(connection, tables={**where, "cp_visits": None})
    before = settle()
    with open("/proc/self/clear_refs", "w", encoding="ascii") as reset:
        reset.write("5")
    data = Dataset.from_sql(connection, tables=where)
    most = memory("VmHWM")
    after = settle()
    rows = {table["table"]: table["rows"] for table in data.tables}
    (month,) = data.scorecard("2016-07", measures=["O3.M4"]).results
    in_time = [month["numerator"], month["denominator"]]
    print(json.dumps({"visits": rows["cp_visits"], "in_time": in_time, "own": after - before, "above": most - after}))


if __name__ == "__main__":
    main(*sys.argv[1:])
