"""Reads texts and runs casus on them; what the comparison with spaCy and the benchmark share. Standard library only."""

import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def read_documents(paths):
    """(id, text) of every document; white space around a text, which casus takes into no block, is cut off; empty texts go."""
    found = []
    csv.field_size_limit(1 << 30)
    for path in map(Path, paths):
        if path.suffix == ".csv":
            with open(path, encoding="utf-8", newline="") as rows:
                found += [(f"{path.stem}:{n}", row["text"]) for n, row in enumerate(csv.DictReader(rows), 1)]
        elif path.suffix == ".jsonl":
            with open(path, encoding="utf-8") as lines:
                found += [(str(record.get("id", f"{path.stem}:{n}")), record["text"]) for n, record in enumerate(map(json.loads, lines), 1)]
        else:
            found.append((path.stem, path.read_text(encoding="utf-8")))
    return stripped(found)


def stripped(documents):
    return [(name, text.strip()) for name, text in documents if text.strip()]


def stop(message):
    print(f"error: {message}", file=sys.stderr)
    sys.exit(2)


def find_casus(given):
    candidates = [given] if given else [os.environ.get("CASUS"), ROOT / "build/release/casus", ROOT / "build/dev/casus"]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            return str(candidate)
    return stop("casus is not built; give it with --casus")


def write_jsonl(documents, path):
    with open(path, "w", encoding="utf-8") as out:
        for name, text in documents:
            out.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")


def casus_parse(binary, documents, model=None):
    """The objects that casus prints, one per document, in order."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "documents.jsonl"
        write_jsonl(documents, path)
        command = [binary, "parse", "--as-is", "--quiet", "--format", "jsonl", str(path)] + (["--model", str(model)] if model else [])
        run = subprocess.run(command, stdout=subprocess.PIPE, check=False)
        if run.returncode != 0:
            stop(f"casus ended with status {run.returncode}")
        return [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
