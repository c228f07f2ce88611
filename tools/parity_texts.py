"""Reads the texts of the parity fixture. Standard library only: a test uses it too."""

import json

SEPARATOR = "%%"


def read_texts(folder):
    """(name, text) of each document: *.txt files cut at lines that hold only %%, *.jsonl files of JSON strings."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".txt":
            pieces = [[]]
            for line in path.read_text(encoding="utf-8").split("\n"):
                if line == SEPARATOR:
                    pieces.append([])
                else:
                    pieces[-1].append(line)
            for number, lines in enumerate(pieces, 1):
                text = "\n".join(lines)
                if number == len(pieces):
                    text = text.removesuffix("\n")  # the end of the file's last line
                if text:
                    yield f"{path.stem}:{number}", text
        elif path.suffix == ".jsonl":
            for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
                if line:
                    yield f"{path.stem}:{number}", json.loads(line)
