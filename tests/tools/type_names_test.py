"""The search for two types of one name: finds them, leaves unnamed namespaces alone, and finds none in the tree."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ["CASUS_SOURCE"])


def check(*folders):
    return subprocess.run([sys.executable, SOURCE / "tools" / "check_type_names.py", *folders], capture_output=True, text=True)


class TypeNames(unittest.TestCase):
    def check_files(self, first, second):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a.h").write_text(first)
            (Path(folder) / "b.cc").write_text(second)
            return check(folder)

    def test_two_of_one_name_are_found(self):
        result = self.check_files("namespace casus {\nstruct Pair {\n};\n}\n", "namespace casus {\nclass Pair final : public X {\n};\n}\n")
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stdout, r"^Pair: .*a\.h:2 and .*b\.cc:2\n$")

    def test_of_one_file_alone_they_may_have_any_name(self):
        result = self.check_files("namespace casus {\nstruct Pair {\n};\n}\n",
                                  "namespace casus {\nnamespace {\nstruct Pair {\n};\n}  // namespace\n}  // namespace casus\n")
        self.assertEqual(result.returncode, 0, result.stdout)

    def test_the_tree_has_none(self):
        result = check(SOURCE / "src", SOURCE / "include")
        self.assertEqual((result.returncode, result.stdout), (0, ""))

    def test_no_folder_is_wrong_usage(self):
        self.assertEqual(check("/nowhere/at/all").returncode, 2)


if __name__ == "__main__":
    unittest.main()
