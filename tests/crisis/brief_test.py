"""Compares the briefs of the examples with tests/crisis/expected: brief_test.py ROOT PROGRAM [--update].

Each file there is the brief of one input below examples/, or of all of them (all.txt), by rules alone and in lines of 100 columns. --update
writes what is printed now: read the difference before it is committed. Inputs in another order, and one thread or four, must give the same bytes.
"""

import difflib
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
PROGRAM = pathlib.Path(sys.argv[2])
UPDATE = "--update" in sys.argv[3:]
EXPECTED = ROOT / "tests" / "crisis" / "expected"
INPUTS = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir() or path.suffix == ".jsonl")
TIMEOUT_S = 120


def printed(command, inputs, *options):
    env = {name: value for name, value in os.environ.items() if not name.startswith("CASUS_")}
    env["COLUMNS"] = "100"
    arguments = [PROGRAM, command, *(path.relative_to(ROOT) for path in inputs), "--judge", "off", "--quiet", *options]
    result = subprocess.run(list(map(str, arguments)), cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT_S)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}: status {result.returncode}: {result.stderr.decode()}")
    return result.stdout.decode("utf-8")


def compare(name, today):
    path = EXPECTED / f"{name}.txt"
    if UPDATE:
        path.write_text(today, encoding="utf-8")
        return True
    expected = path.read_text(encoding="utf-8")
    sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), today.splitlines(True), str(path), "printed today"))
    return expected == today


def main():
    fine = [compare(path.stem, printed("brief", [path])) for path in INPUTS]
    fine.append(compare("all", printed("brief", INPUTS)))
    if len(list(EXPECTED.glob("*.txt"))) != len(fine):
        sys.exit(f"{EXPECTED} has files of no input")
    files = [path for folder in INPUTS if folder.is_dir() for path in folder.glob("*.txt") if not (folder / "INDEX.tsv").exists()]
    for command, options in (("brief", ()), ("incidents", ("--format", "jsonl")), ("calendar", ("--format", "ics")), ("dyads", ("--format", "csv"))):
        forwards = printed(command, INPUTS + files, *options, "--threads", "1")
        backwards = printed(command, list(reversed(INPUTS)) + files, *options, "--threads", "4")
        if len(forwards) < 1000 or forwards != backwards:
            print(f"{command}: another order of inputs gives other bytes, or hardly any")
            fine.append(False)
    sys.exit(0 if all(fine) else 1)


main()
