"""Runs every console block of the docs and compares what is printed: console_test.py ROOT PROGRAM [--update].

A block is fenced as "console". Its lines that begin with "$ " are commands, run by bash in the root of the repository with
the program as casus; the lines up to the next command are what it prints on standard output. --update writes what is
printed now into the docs: read the difference before it is committed.
"""

import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1])
PROGRAM = pathlib.Path(sys.argv[2])
UPDATE = "--update" in sys.argv[3:]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TIMEOUT_S = 60


def printed_by(command):
    env = {name: value for name, value in os.environ.items() if not name.startswith("CASUS_")}
    env.update({"PATH": f"{PROGRAM.parent}:{env.get('PATH', '')}", "COLUMNS": "100"})
    result = subprocess.run(["bash", "-c", command], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT_S)
    return result.stdout.decode("utf-8", errors="replace")   # cut may end inside a letter


def as_it_is(block):
    """The block as it would be printed today."""
    lines = block.splitlines()
    return "".join(f"{line}\n{printed_by(line[2:])}" for line in lines if line.startswith("$ "))


def main():
    failed = False
    count = 0
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        text = document.read_text(encoding="utf-8")
        new = text
        for block in BLOCK.findall(text):
            count += 1
            today = as_it_is(block)
            if today != block:
                failed = True
                print(f"{document.relative_to(ROOT)}: printed today:\n{today}\n{document.relative_to(ROOT)}: in the document:\n{block}")
                new = new.replace(f"```console\n{block}```", f"```console\n{today}```", 1)
        if UPDATE:
            document.write_text(new, encoding="utf-8")
    print(f"{count} console blocks")
    sys.exit(1 if (failed and not UPDATE) or count == 0 else 0)


main()
