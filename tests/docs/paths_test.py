"""Every path of the repository that a document names exists: in backticks, and as the target of a link."""

import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
FOLDERS = sorted(path.name for path in ROOT.iterdir() if path.is_dir() and path.name not in (".git", "build", "vendor"))
SKIPPED = ("build/", "vendor/", "web/node_modules/", "web/dist/")   # made by the scripts, not part of the repository
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)")
PATH = re.compile(r"^(?:\./)?[\w.+-]+(?:/[\w.+-]+)*/?$")


def documents():
    for path in sorted(ROOT.rglob("*.md")):
        if not str(path.relative_to(ROOT)).startswith(SKIPPED + (".git/",)):
            yield path


def named_paths(text):
    """Pairs of a path and whether it is relative to the document (a link) or to the root (code)."""
    for code in CODE.findall(text):
        for word in code.split():
            word = word.rstrip(",;:")
            first = word.removeprefix("./").split("/")[0]
            is_script = word.startswith("./") and "/" not in word[2:]
            if PATH.match(word) and (is_script or ("/" in word and first in FOLDERS)):
                yield word.removeprefix("./"), False
    for link in LINK.findall(text):
        if "://" not in link:
            yield link, True


def main():
    missing = []
    count = 0
    for document in documents():
        for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
            for path, is_link in named_paths(line):
                count += 1
                target = (document.parent if is_link else ROOT) / path
                if not target.exists() and not path.startswith(SKIPPED):
                    missing.append(f"{document.relative_to(ROOT)}:{number}: no such path: {path}")
    print("\n".join(missing) if missing else f"{count} paths, all there")
    if count < 20:
        sys.exit("too few paths found: is the pattern still right?")
    sys.exit(1 if missing else 0)


main()
