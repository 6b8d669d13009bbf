# SPDX-License-Identifier: BSD-3-Clause
"""test_cases.py GLINT_PERF: every case of the suite is a benchmark of that binary."""

import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "perf"))

from suite import cases  # noqa: E402
from suite.glint_process import Glint  # noqa: E402


class Cases(unittest.TestCase):
    def test_all_are_benchmarks(self):
        listed = subprocess.run(
            [BINARY, "--benchmark_list_tests"], capture_output=True, text=True, check=True
        ).stdout
        backend = listed.split("/")[2]
        glint = Glint([BINARY, "--serve"], backend, 1)
        try:
            missing = [case.title for case in cases.all_cases() if glint.find(case) is None]
        finally:
            glint.close()
        self.assertEqual(missing, [])


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main()
