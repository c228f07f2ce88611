"""Compressed files, archives and web archives from outside: right sums, flat memory, nothing written, nothing silent."""

import gzip
import io
import os
import subprocess
import sys
import tarfile
import unittest
import zipfile

from program import SANITIZED, SLOWNESS, SOURCE, STRIKE, TALKS, Finished, TestCase, run, start

MAKE_WARC = SOURCE / "tools" / "make_warc.py"
MOST_GROWTH_MB = 16


def run_measured(*arguments):
    """Runs and says how much memory the run took at most, in MB."""
    with start(*arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        err = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Finished(process.returncode, b"", err), usage.ru_maxrss / 1024


def tar_of(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, text in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()


class Containers(TestCase):
    def test_web_archive_of_ten_thousand_records_has_right_sums_and_flat_memory(self):
        peaks = []
        for count in (1000 // SLOWNESS, 10_000 // SLOWNESS):
            path = self.folder / f"{count}.warc.gz"
            subprocess.run([sys.executable, MAKE_WARC, SOURCE / "examples", str(count), path], check=True)
            result, megabytes = run_measured("articles", path, "--dry-run")
            self.assert_fine(result)
            self.assert_sums(result, unreadable=0, empty=0)
            self.assertIn(f"read {count * 7 // 10:,} = ", result.stderr)
            peaks.append(megabytes)
        if not SANITIZED:
            self.assertLess(peaks[1] - peaks[0], MOST_GROWTH_MB, peaks)

    def test_compressed_standard_input_is_read(self):
        result = run("code", "-", stdin=gzip.compress(TALKS.encode()))
        self.assert_fine(result)
        self.assertTrue(result.records())
        self.assertEqual({record["doc"] for record in result.records()}, {"stdin"})

    def test_members_of_archives_are_named_by_archive_and_path(self):
        path = self.write("news.tar.gz", gzip.compress(tar_of({"a/one.txt": TALKS, "two.txt": STRIKE})))
        result = run("code", path)
        self.assert_fine(result)
        self.assertEqual({record["doc"] for record in result.records()}, {"news.tar.gz!a/one.txt", "news.tar.gz!two.txt"})

    def test_archive_that_leads_out_writes_nothing(self):
        path = self.write("in/evil.zip", b"")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("../../outside.txt", TALKS)
        self.assert_fine(run("code", path))
        self.assertEqual([file.name for file in self.folder.rglob("*") if file.is_file()], ["evil.zip"])

    def test_bomb_is_an_error_and_the_rest_goes_on(self):
        bomb = self.write("bomb.txt.gz", gzip.compress(bytes(20_000_000)))
        good = self.write("good.txt", TALKS)
        result = run("code", bomb, good)
        self.assertEqual(result.status, 1)
        self.assertIn("bomb.txt.gz", result.stderr)
        self.assertEqual({record["doc"] for record in result.records()}, {"good"})

    def test_broken_web_archive_costs_its_broken_records_only(self):
        broken = SOURCE / "tests" / "broken_inputs" / "article"
        for name, articles in (("lying.warc", 2), ("broken_member.warc.gz", 2)):
            result = run("articles", broken / name, "--dry-run")
            self.assertEqual(result.status, 1)
            self.assertIn(f"= {articles} readable ", result.stderr)


if __name__ == "__main__":
    unittest.main()
