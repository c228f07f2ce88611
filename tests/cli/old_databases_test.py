"""Databases that earlier versions wrote are opened, brought up to date, and have what was in them."""

import json
import lzma
import sys
import unittest

from program import PROGRAM, SOURCE, TestCase, json_lines, run, TALKS

KEPT = sorted((SOURCE / "tests" / "old_databases").glob("version_*.db.xz"))
sys.path.insert(0, str(SOURCE / "tools"))
import keep_database  # noqa: E402


class OldDatabases(TestCase):
    def opened(self, packed):
        return self.write(packed.name.removesuffix(".xz"), lzma.decompress(packed.read_bytes()))

    def check(self, database, expected):
        self.assertIn("nothing is wrong", run("db", "check", "--db", database).stdout)   # opened for writing, so brought up to date
        self.assertEqual(keep_database.facts(PROGRAM, database), expected)
        self.assert_fine(run("ingest", "-", "--db", database, stdin=json_lines([{"id": "new", "text": TALKS}])))
        self.assertIn("nothing is wrong", run("db", "check", "--db", database).stdout)

    @unittest.skipUnless(KEPT, "no version was released yet: tests/old_databases has none")
    def test_kept_databases_are_opened(self):
        for packed in KEPT:
            with self.subTest(packed.name):
                self.check(self.opened(packed), json.loads(packed.with_name(packed.name.replace(".db.xz", ".json")).read_text()))

    def test_what_would_be_kept_is_opened(self):
        """The same of the present version, so that what keeps databases works on the day on which it is needed."""
        database = self.folder / "kept.db"
        keep_database.make(PROGRAM, database)
        facts = keep_database.facts(PROGRAM, database)
        self.assertEqual((facts["articles"], facts["fixes"]), (22, 3))
        self.check(database, facts)


if __name__ == "__main__":
    unittest.main()
