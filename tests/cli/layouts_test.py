"""casus export --layout: the columns that scripts for other data expect, and what planned acts become there."""

import csv
import json
import unittest

from program import SOURCE, STRIKE, TALKS, TestCase, json_lines, run

PLANNED = "Russian President Vladimir Putin said that Russia would attack Ukraine. Ukraine and Poland will sign an agreement next week."
DENIED = "Germany said that it would not send weapons to Ukraine."


def columns_of(layout):
    lines = (SOURCE / "data" / "layouts" / f"{layout}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if not line.startswith("#")][1:]


class Layouts(TestCase):
    def setUp(self):
        super().setUp()
        self.db = self.folder / "a.db"
        texts = {"talks": TALKS, "strike": STRIKE, "planned": PLANNED, "denied": DENIED}
        records = json_lines({"id": name, "published": "2022-02-04", "outlet": "Wire", "url": f"https://a.example/{name}", "text": text}
                             for name, text in texts.items())
        self.assert_fine(run("ingest", "-", "--db", self.db, stdin=records))

    def export(self, layout, *options):
        folder = self.folder / f"{layout}{len(options)}"
        self.assert_fine(run("export", folder, "--db", self.db, "--layout", layout, *options))
        [file] = [path for path in folder.iterdir() if path.name.startswith("events.")]
        rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
        names = columns_of(layout)
        if layout != "gdelt":
            self.assertEqual(rows.pop(0), names)
        self.assertTrue(all(len(row) == len(names) for row in rows), rows)
        return [dict(zip(names, row)) for row in rows], folder

    def test_icews_has_a_row_a_pair(self):
        rows, folder = self.export("icews")
        [strike] = [row for row in rows if row["CAMEO Code"].startswith(("18", "19")) and row["Source Country"] == "Israel"][:1]
        self.assertEqual((strike["Publisher"], strike["Story ID"] != "", strike["District"]), ("Wire", True, ""))
        self.assertRegex(strike["Event Date"], r"^2022-\d\d-\d\d$")
        ids = [row["Event ID"] for row in rows]
        self.assertEqual(len(set(ids)), len(ids))
        self.assertTrue(all(int(number) < 2 ** 63 for number in ids))
        self.assertNotIn("NA", {cell for row in rows for cell in row.values()})
        codebook = (folder / "codebook.md").read_text()
        for name in columns_of("icews"):
            self.assertIn(f"| {name} |", codebook)

    def test_polecat_has_a_row_an_event(self):
        rows, _ = self.export("polecat")
        [talks] = [row for row in rows if row["Event Type"] == "CONSULT"][:1]
        self.assertIn("; ", talks["Actor Name"])
        self.assertEqual(talks["Recipient Name"], "")
        self.assertEqual(set(talks["Actor COW"].split("; ")), {"365", "255"})
        self.assertEqual((talks["Language"], talks["Publication Date"], talks["Quad Code"]), ("en", "2022-02-04", "VERBAL COOPERATION"))

    def test_gdelt_has_61_columns_and_no_names(self):
        rows, _ = self.export("gdelt")
        self.assertEqual(len(columns_of("gdelt")), 61)
        [strike] = [row for row in rows if row["EventRootCode"] in ("18", "19") and row["Actor1CountryCode"] == "ISR"][:1]
        self.assertEqual((strike["QuadClass"], strike["Actor1Code"], strike["SOURCEURL"]), ("4", "ISRMIL", "https://a.example/strike"))
        self.assertEqual(strike["SQLDATE"][:6], strike["MonthYear"])
        self.assertEqual(strike["DATEADDED"], "20220204000000")
        self.assertEqual(strike["AvgTone"], "")

    def test_planned_acts_are_what_announcing_them_is(self):
        events = {event["type"]: event for event in run("events", "--db", self.db, "--article", "planned").records()}
        rows, folder = self.export("polecat")
        types = [row["Event Type"] for row in rows]
        planned = [event for event in events.values() if event["status"] == "planned"]
        self.assertTrue(planned, events)
        for event in planned:
            [row] = [row for row in rows if row["Event ID"] == event["id"]] or [None]
            if event["quad"] == 4 and row is not None:
                self.assertEqual((row["Event Type"], row["Event Mode"], row["Event Date"]), ("THREATEN", "violence", "2022-02-04"))
            elif row is not None:
                self.assertEqual((row["Event Type"], row["Event Date"]), ("AGREE", "2022-02-04"))
        self.assertTrue({"THREATEN", "AGREE"} & set(types))
        self.assertEqual(json.loads((folder / "manifest.json").read_text())["statuses"], ["actual", "planned"])

    def test_denied_acts_only_where_asked_for(self):
        denied = [event["id"] for event in run("events", "--db", self.db, "--status", "denied").records()]
        self.assertTrue(denied)
        rows, folder = self.export("polecat")
        self.assertFalse(set(denied) & {row["Event ID"] for row in rows})
        self.assertGreater(json.loads((folder / "manifest.json").read_text())["left_out"]["denied"], 0)
        rows, _ = self.export("polecat", "--status", "denied")
        self.assertLessEqual({row["Event Type"] for row in rows}, {"REJECT"})

    def test_no_text_leaves_out_words(self):
        rows, _ = self.export("polecat", "--no-text")
        self.assertEqual({row["Actor Name Raw"] + row["Raw Placename"] for row in rows}, {""})

    def test_wrong_layout_is_told(self):
        result = run("export", self.folder / "out", "--db", self.db, "--layout", "acled")
        self.assertEqual(result.status, 2)
        self.assertIn("icews polecat gdelt", result.stderr)
        self.assertEqual(run("export", self.folder / "out", "--db", self.db, "--status", "denied").status, 2)


if __name__ == "__main__":
    unittest.main()
