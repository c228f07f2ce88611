#!/usr/bin/env python3
"""Makes the database of a released version that the tests keep: keep_database.py PROGRAM.

Run once for each version of the schema, before it is released: the example articles and a fix of each kind, packed as
tests/old_databases/version_N.db.xz, and beside it what must be found in it, as version_N.json. tests/cli/old_databases_test.py opens all
there are with the present program. A file that is there is never made anew.
"""

import json
import lzma
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "old_databases"


def run(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"casus {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def make(program, database):
    """Fills the database; all that a version can hold is to be in it."""
    run(program, "ingest", ROOT / "examples", "--judge", "off", "--mentions", "--quiet", "--db", database)
    corrected = pathlib.Path(database).with_suffix(".jsonl")
    address = "https://kept.example/1"
    for text in ["Moscow warned Kyiv on Friday.", "Moscow warned Kyiv and Warsaw on Friday, and Kyiv rejected the warning."]:
        corrected.write_text(json.dumps({"id": "kept", "url": address, "text": text}) + "\n", encoding="utf-8")
        run(program, "ingest", corrected, "--judge", "off", "--quiet", "--db", database)
    ids = [json.loads(line)["id"] for line in run(program, "events", "--db", database, "--limit", 2).splitlines()]
    run(program, "fix", ids[0], "--reject", "--author", "keeper", "--db", database)
    run(program, "fix", ids[1], "--status", "denied", "--author", "keeper", "--db", database)
    run(program, "fix", "--actor", "Moscow=Moscow/RUS/GOV", "--author", "keeper", "--db", database)


def facts(program, database):
    """What any later version must find in it."""
    found = {kind: int(run(program, kind, "--db", database, "--count", "--duplicates")) for kind in ("articles", "events", "statements")}
    found["fixes"] = len(run(program, "fix", "--list", "--db", database, "--format", "jsonl").splitlines())
    found["search"] = int(run(program, "search", "missiles", "--db", database, "--count"))
    return found


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as scratch:
        database = pathlib.Path(scratch) / "kept.db"
        make(program, database)
        run(program, "db", "vacuum", "--db", database)
        connection = sqlite3.connect(database)
        [version] = connection.execute("PRAGMA user_version").fetchone()
        connection.close()
        packed = FOLDER / f"version_{version}.db.xz"
        if packed.exists():
            sys.exit(f"{packed} is there already: a released version is never made anew")
        packed.write_bytes(lzma.compress(database.read_bytes(), preset=9))
        packed.with_name(f"version_{version}.json").write_text(json.dumps(facts(program, database), indent=1) + "\n", encoding="utf-8")
        print(f"{packed.relative_to(ROOT)}: {packed.stat().st_size} bytes")


if __name__ == "__main__":
    main()
