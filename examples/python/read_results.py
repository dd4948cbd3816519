"""Reads a folder of `billcast run … --out FOLDER --format arrow,parquet,csv`: budgets from the summary, percentiles from the trials.

Uses duckdb or pyarrow for the trials. Without them, it reads the CSV file with the standard library.
"""

import csv
import json
import sys
from pathlib import Path


def trials(folder: Path) -> dict[str, list[float]]:
    """Each offer's cost in every trial."""
    parquet = folder / "trials.parquet"
    if parquet.exists():
        try:
            import duckdb

            table = duckdb.sql(f"select * exclude (trial) from '{parquet}'").fetchnumpy()
            return {name: list(values) for name, values in table.items()}
        except ImportError:
            pass
        try:
            import pyarrow.parquet

            table = pyarrow.parquet.read_table(parquet).drop(["trial"])
            return {name: table[name].to_pylist() for name in table.column_names}
        except ImportError:
            pass
    with open(folder / "trials.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: [float(row[name]) for row in rows] for name in rows[0] if name != "trial"}


def percentile(values: list[float], p: float) -> float:
    """Hyndman and Fan's type 7, NumPy's default."""
    values = sorted(values)
    h = (len(values) - 1) * p
    below = int(h)
    above = min(len(values) - 1, below + 1)
    return values[below] + (h - below) * (values[above] - values[below])


def main(folder: Path) -> None:
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    measure = summary["comparison"]["measure"]
    for offer, costs in trials(folder).items():
        p80 = summary["offers"][offer][measure]["percentiles"]["p80"]
        print(f"{offer}: P80 {p80['value']:.2f} ± {p80['se']:.2f}, of the trials {percentile(costs, 0.8):.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
