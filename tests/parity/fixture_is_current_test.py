"""The parity fixture was made from the texts that lie under tests/parity/text now: fixture_is_current_test.py ROOT."""

import json
import pathlib
import sys

ROOT = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(ROOT / "tools"))
from parity_texts import read_texts  # noqa: E402  (the path comes first)

MIN_SENTENCES = 3000

lines = (ROOT / "tests/parity/fixture.jsonl").read_text(encoding="utf-8").split("\n")
header, records = json.loads(lines[0]), [json.loads(line) for line in lines[1:] if line]
want = dict(read_texts(ROOT / "tests/parity/text"))
have = {record["name"]: record["text"] for record in records}
stale = sorted(name for name in want.keys() | have.keys() if want.get(name) != have.get(name))
if stale:
    sys.exit(f"{len(stale)} texts differ from the fixture, the first is {stale[0]}: run tools/make_parity_fixture.py")
if sum(len(record["sent"]) for record in records) < MIN_SENTENCES:
    sys.exit(f"fewer than {MIN_SENTENCES} sentences")
print(f"{len(records)} texts, {header['sentences']} sentences, all as in the fixture")
