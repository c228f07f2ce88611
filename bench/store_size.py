#!/usr/bin/env python3
"""How large a database grows beside the text that it keeps.

    bench/store_size.py --casus build/dev/casus [--times N] [--judge off] TABLE.csv…

The tables (columns url and text, as those of ../shared/gold/load) are repeated N times (8) under other addresses, each with a last line of its own so
that no article is a duplicate of another, and ingested into a new database. Printed: bytes of text and of the file, their ratio, and the parts of the
file that are larger than a hundredth of the text. Nothing is timed. Exit status: 0 fine, 1 ingest failed or not every article came in, 2 wrong usage."""

import argparse
import csv
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

SHOWN = 0.01  # share of the text from which on a part of the file is printed


def repeat(tables, times, path):
    """Writes the rows of the tables `times` times; gives how many there are."""
    csv.field_size_limit(1 << 28)
    rows = [row for table in tables for row in csv.DictReader(table.open(newline="", encoding="utf-8"))]
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(rows[0]), extrasaction="ignore")
        writer.writeheader()
        for copy in range(times):
            writer.writerows(dict(row, url=f"{row['url']}?copy={copy}", text=f"{row['text']}\n\nEdition {copy}.") for row in rows)
    return len(rows) * times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="+", type=Path)
    parser.add_argument("--casus", required=True)
    parser.add_argument("--times", type=int, default=8)
    parser.add_argument("--judge", default="on", choices=("on", "off"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wanted, file = repeat(options.tables, options.times, Path(folder) / "articles.csv"), Path(folder) / "size.db"
        judge = ["--judge", "off"] if options.judge == "off" else []
        if subprocess.run([options.casus, "ingest", f"{folder}/articles.csv", "--db", file, "--quiet", *judge]).returncode != 0:
            return 1
        database = sqlite3.connect(file)
        articles, text = database.execute("SELECT count(*), sum(length(CAST(text AS BLOB))) FROM articles WHERE duplicate_of IS NULL").fetchone()
        size = file.stat().st_size
        print(f"{articles} articles of {wanted}, {text} bytes of text, {size} of the file: {size / text:.2f} times")
        for name, part in database.execute("SELECT name, sum(pgsize) AS size FROM dbstat GROUP BY name HAVING size >= ? ORDER BY size DESC",
                                           (SHOWN * text,)):
            print(f"  {part / text:.3f}  {name}")
        return 0 if articles > 0.98 * wanted else 1


if __name__ == "__main__":
    sys.exit(main())
