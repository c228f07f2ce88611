"""Pipes, full disks, Ctrl-C, terminals."""

import json
import os
import pty
import select
import signal
import subprocess
import time
import unittest

from program import EXAMPLES, SANITIZED, SLOWNESS, TALKS, TIMEOUT_S, TestCase, Finished, environment, json_lines, many_articles, run, start


ARTICLES = 8000 // SLOWNESS   # more than the half second that runs without progress


def finish(process, stdin=None):
    stdout, stderr = process.communicate(stdin, timeout=TIMEOUT_S)
    return Finished(process.returncode, stdout, stderr)


class Pipes(TestCase):
    def test_closed_pipe_ends_quietly(self):
        path = self.write("many.jsonl", many_articles(300))
        process = start("parse", path, "--format", "conllu", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()
        self.assertEqual(process.wait(TIMEOUT_S), 0)

    def test_closed_pipe_ends_though_input_stays_open(self):
        process = start("parse", "-", "--format", "conllu", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write(many_articles(1).encode())
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(many_articles(300).encode())
        process.stdin.flush()
        self.assertEqual(process.wait(TIMEOUT_S), 0)
        process.stdin.close()
        process.stderr.close()

    def test_full_disk_is_status_3(self):
        with open("/dev/full", "wb") as full:
            process = start("code", EXAMPLES, stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE)
            _, stderr = process.communicate(timeout=TIMEOUT_S)
        self.assertEqual(process.returncode, 3)
        self.assertIn(b"cannot be written", stderr)

    def test_first_results_come_while_input_goes_on(self):
        process = start("parse", "-", "--format", "jsonl", "--threads", "2", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write(json_lines([{"id": "first", "text": TALKS}]).encode())
        process.stdin.flush()
        self.assertTrue(select.select([process.stdout], [], [], TIMEOUT_S)[0])
        self.assertEqual(json.loads(process.stdout.readline())["id"], "first")
        self.assertEqual(finish(process).status, 0)

    def test_standard_input_may_be_one_of_the_inputs(self):
        path = self.write("a.txt", TALKS)
        result = run("parse", path, "-", "--format", "jsonl", stdin="Rain fell on Tuesday.")
        self.assert_fine(result)
        self.assertEqual(len(result.records()), 2)


class Interrupts(TestCase):
    def test_interrupt_while_waiting_for_input_prints_sums(self):
        for number in [signal.SIGINT, signal.SIGTERM]:
            process = start("parse", "-", "--format", "jsonl", "--threads", "2", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            process.stdin.write(many_articles(3).encode())
            process.stdin.flush()
            lines = [process.stdout.readline() for _ in range(3)]
            process.send_signal(number)
            stderr = process.stderr.read()   # ends though standard input stays open
            self.assertEqual(process.wait(TIMEOUT_S), 130)
            self.assertTrue(all(json.loads(line) for line in lines))
            self.assert_sums(Finished(130, b"", stderr), parsed=3)
            for stream in [process.stdin, process.stdout, process.stderr]:
                stream.close()

    def test_interrupt_finishes_running_articles(self):
        path = self.write("many.jsonl", many_articles(20000))
        process = start("parse", path, "--format", "jsonl", "--threads", "2", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        result = finish(process)
        records = [json.loads(first)] + result.records()
        self.assertEqual(result.status, 130)
        self.assertLess(len(records), 20000)
        self.assertEqual([record["id"] for record in records], [f"a{i}" for i in range(len(records))])
        self.assert_sums(result, parsed=len(records))

    def test_second_interrupt_stops_at_once(self):
        text = (TALKS + " ") * 30000   # seconds of work in one article
        path = self.write("long.jsonl", json_lines([{"id": "short", "text": TALKS}, {"id": "long", "text": text}]))
        process = start("parse", path, "--format", "jsonl", "--threads", "1", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.readline()   # the long one is read next, and then at work for long
        time.sleep(3 if SANITIZED else 0.5)
        process.send_signal(signal.SIGINT)
        self.assertIn(b"again to stop at once", process.stderr.readline())
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        result = finish(process)
        self.assertEqual(result.status, 130)
        self.assertLess(time.monotonic() - began, 3)
        self.assertNotIn("casus: read", result.stderr)


class Terminal(TestCase):
    def on_terminal(self, *arguments, env=None):
        """Runs with standard output and error on a terminal; what it shows, and the status."""
        master, slave = pty.openpty()
        process = start(*arguments, env=env, stdin=subprocess.DEVNULL, stdout=slave, stderr=slave)
        os.close(slave)
        shown = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        os.close(master)
        return process.wait(TIMEOUT_S), shown.decode("utf-8")

    def test_code_shows_the_table_in_bold(self):
        status, shown = self.on_terminal("code", EXAMPLES)
        self.assertEqual(status, 0)
        self.assertIn("SOURCE → TARGET", shown)
        self.assertIn("\x1b[1m", shown)

    def test_no_color_and_dumb_terminals_get_no_escapes(self):
        for changes in [{"NO_COLOR": "1"}, {"TERM": "dumb"}]:
            _, shown = self.on_terminal("code", EXAMPLES, "--limit", "2", "--quiet", env=environment(**changes))
            self.assertNotIn("\x1b", shown)

    def test_long_run_shows_progress_and_takes_it_away(self):
        path = self.write("many.jsonl", many_articles(ARTICLES))
        status, shown = self.on_terminal("parse", path, "--format", "none", "--threads", "1")
        self.assertEqual(status, 0)
        draws = shown.split("\r\x1b[K")
        self.assertRegex(draws[1], r"^[\d,]+ articles · \d+ % of [\d,]+ kB · [\d,]+/s$")
        self.assertRegex(draws[-1], r"^casus: read [\d,]+ = ")

    def test_no_progress_where_no_terminal_is(self):
        path = self.write("many.jsonl", many_articles(ARTICLES))
        result = run("parse", path, "--format", "none", "--threads", "1")
        self.assertNotIn("\r", result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1)


if __name__ == "__main__":
    unittest.main()
