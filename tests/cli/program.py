"""Runs casus for the tests of this folder, with an environment that nothing outside decides."""

import json
import os
import pathlib
import signal
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["CASUS_PROGRAM"]
SOURCE = pathlib.Path(os.environ["CASUS_SOURCE"])
MODEL = SOURCE / "vendor" / "model"
SANITIZED = os.environ.get("CASUS_SANITIZED") == "1"
SLOWNESS = 10 if SANITIZED else 1   # large inputs are so much smaller under sanitizers
EXAMPLES = SOURCE / "examples" / ("gulf_1990" if SANITIZED else "")
TIMEOUT_S = 240

TALKS = "Russian Foreign Minister Sergey Lavrov met his German counterpart in Moscow on Tuesday. They discussed Ukraine."
STRIKE = "Israeli jets bombed a weapons depot near Damascus on Sunday, Syrian state media reported. Two soldiers were killed."


def environment(**changes):
    """The environment of a run: the caller's without anything of casus', with `changes`. By rules alone, which is ten times as fast: what
    tests the judge says JUDGED."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("CASUS_") and name != "NO_COLOR"}
    env.update({"TERM": "xterm", "COLUMNS": "100", "CASUS_JUDGE": "off"})
    env.update(changes)
    return env


JUDGED = environment(CASUS_JUDGE="")


def default_signals():
    """In a child: signals as a shell in the foreground leaves them, whatever this test runner was started with."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def start(*arguments, env=None, preexec_fn=default_signals, **options):
    """A running program. Its streams have no buffers, so that reading a line takes nothing from whoever reads the rest."""
    return subprocess.Popen([PROGRAM, *map(str, arguments)], bufsize=0, env=env or environment(), preexec_fn=preexec_fn, **options)


class Finished:
    """What a run left behind, decoded."""

    def __init__(self, status, stdout, stderr):
        self.status = status
        self.stdout = stdout.decode("utf-8")
        self.stderr = stderr.decode("utf-8")

    def records(self):
        return [json.loads(line) for line in self.stdout.splitlines()]


def run(*arguments, stdin=b"", env=None):
    if isinstance(stdin, str):
        stdin = stdin.encode("utf-8")
    process = start(*arguments, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    stdout, stderr = process.communicate(stdin, timeout=TIMEOUT_S)
    return Finished(process.returncode, stdout, stderr)


def json_lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


def many_articles(count):
    """Articles that differ, as JSON Lines."""
    return json_lines({"id": f"a{i}", "text": f"{TALKS} It was meeting number {i}.", "published": "2022-01-18"} for i in range(count))


class TestCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def assert_fine(self, result):
        self.assertEqual(result.status, 0, result.stderr)

    def assert_sums(self, result, **expected):
        """The sums of the run's last line that begins with "casus: read" add up, and are the expected ones."""
        lines = [line for line in result.stderr.splitlines() if line.startswith("casus: read ")]
        self.assertEqual(len(lines), 1, result.stderr)
        read, parts = lines[0][len("casus: read "):].split(";")[0].split(" = ")
        counts = {}
        for part in parts.split(" + "):
            number, word = part.split(" ", 1)
            counts[word] = int(number.replace(",", ""))
        self.assertEqual(int(read.replace(",", "")), sum(counts.values()), lines[0])
        for word, number in expected.items():
            self.assertEqual(counts.get(word.replace("_", " ")), number, lines[0])
