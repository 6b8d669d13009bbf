# SPDX-License-Identifier: BSD-3-Clause
"""The runner on a glint and rivals that are made up: no package, no clock, no network."""

import json
import pathlib
import subprocess
import sys
import tempfile
import types
import unittest

HERE = pathlib.Path(__file__).resolve().parent
PERF = HERE.parent.parent / "perf"
sys.path.insert(0, str(PERF))

from suite import cases, digest, files, summary, table  # noqa: E402
from suite.alone import everything_of_glint  # noqa: E402
from suite.case import Case  # noqa: E402
from suite.glint_process import Glint  # noqa: E402
from suite.lines import LineProcess, Problem  # noqa: E402
from suite.measure import Contestant, Pace, contest, tried_in_vain, with_fewer_threads  # noqa: E402

FIELDS = (
    "case size glint_s rival rival_s first_call_s ratio glint_error rival_error limit_fraction "
    "backend threads elements"
).split()


def contestant(name, minima, rounds=3, **first):
    values = iter(minima)
    return Contestant(name, lambda seconds: {"min_s": next(values)}, first, rounds=rounds)


class Contest(unittest.TestCase):
    def test_takes_turns_and_keeps_minima(self):
        order = []

        def timed(name, seconds):
            return lambda _: order.append(name) or {"min_s": seconds}

        a, b = Contestant("a", timed("a", 1.0), {}), Contestant("b", timed("b", 2.0), {})
        contest([a, b], Pace(rounds=2, seconds=0.1, case=60.0), self.fail)
        self.assertEqual(order, ["a", "b", "a", "b"])
        self.assertEqual((a.minima, b.minima), ([1.0, 1.0], [2.0, 2.0]))

    def test_slow_ones_get_fewer_rounds(self):
        slow = contestant("slow", [25.0, 25.0, 25.0])
        contest([slow], Pace(rounds=3, seconds=0.1, case=60.0), self.fail)
        self.assertEqual(len(slow.minima), 2)

    def test_who_fails_is_dropped_and_the_others_go_on(self):
        def broken(seconds):
            raise Problem("it broke")

        dropped = []
        good, bad = contestant("good", [1.0, 0.5]), Contestant("bad", broken, {}, rounds=2)
        contest([bad, good], Pace(rounds=2), lambda who, why: dropped.append((who.name, str(why))))
        self.assertEqual(dropped, [("bad", "it broke")])
        self.assertEqual(good.best, 0.5)
        self.assertEqual(good.spread, 1.0)

    def test_rivals_have_their_better_number_of_threads(self):
        one = Contestant("a", None, {}, [1.0, 1.1]), Contestant("b", None, {}, [3.0])
        two = (
            Contestant("a", None, {}, [2.0], threads=2),
            Contestant("b", None, {}, [2.0], threads=2),
        )
        best = with_fewer_threads(two, {rival.name: rival for rival in one})
        self.assertEqual(
            [(r.name, r.best, r.threads) for r in best], [("a", 1.0, 1), ("b", 2.0, 2)]
        )
        self.assertEqual(with_fewer_threads(two, {}), list(two))
        self.assertEqual(with_fewer_threads([], {"a": one[0]}), [one[0]])  # too slow with two

    def test_tools_of_one_thread_are_timed_once(self):
        earlier = {"galsim_auto": None, "jax_vmap": None}
        tried = [tried_in_vain(name, earlier) for name in ("galsim_auto", "jax_vmap", "astropy")]
        self.assertEqual(tried, [True, False, False])


class Rows(unittest.TestCase):
    def rows(self, **changes):
        first = dict(
            error=1e-12,
            limit_fraction=0.5,
            min_s=2.0,
            limit="flops",
            first_call_s=3.0,
            backend="serial",
            threads=1,
            elements=100,
        )
        first.update(changes)
        glint = contestant("glint", [], **first)
        glint.minima = [2.0, 1.0]
        rival = contestant("numpy", [], first_call_s=5.0, error=1e-10)
        rival.minima = [4.0, 4.4]
        work = Case("sum", "2^10", "sum", "automatic", {}, ("numpy",))
        return summary.rows(work, [glint], [rival])

    def test_has_the_fields_people_read(self):
        (row,) = self.rows()
        self.assertEqual(list(row)[: len(FIELDS)], FIELDS)
        self.assertEqual(row["ratio"], 4.0)
        self.assertEqual(row["limit_fraction"], 1.0)  # of the best time, not of the first
        self.assertEqual(row["glint_spread"], 1.0)
        self.assertAlmostEqual(row["rival_spread"], 0.1)

    def test_errors_are_numbers_or_there_is_no_row(self):
        self.assertEqual(self.rows(error=float("nan")), [])
        self.assertEqual(self.rows(limit_fraction=float("inf")), [])

    def test_table_names_case_once_and_shows_every_rival(self):
        (row,) = self.rows()
        text = table.table(
            [row, dict(row, rival="jax")], {"serial": {"cores": "2"}}, {"numpy": "2"}
        )
        self.assertIn("- serial: cores 2", text)
        self.assertIn("## serial, 1 thread\n", text)
        self.assertEqual(text.count("| sum | 2^10 | 1 s | 100 % (flops) |"), 1)
        self.assertIn("| numpy | 4 s | 5 s | 4.00 | 1e-12 | 1e-10 |", text)
        self.assertIn("| jax |", text)

    def test_digest_has_a_line_a_case_with_the_fastest_rival_of_each_number_of_cores(self):
        (row,) = self.rows()
        all_cores = dict(row, backend="openmp", threads=2, glint_s=0.5)
        rows = [
            row,
            dict(row, rival="jax", rival_s=3.0, ratio=3.0, rival_error=0.5),
            all_cores,
            dict(all_cores, rival="jax", rival_s=5.0, ratio=10.0),
        ]
        text = digest.digest(rows, {"serial": {"cores": "2"}}, {"numpy": "2"})
        self.assertIn(
            "| sum | 2^10 | 1 s | 100 % flops | 3.00 jax | 500 ms | 100 % flops | 4.00 numpy "
            "| 1e-12 | 5e-01 |\n",
            text,
        )
        self.assertEqual(text.count("| sum |"), 1)

    def test_seconds(self):
        self.assertEqual(
            [table.seconds(x) for x in (2.5, 0.012, 3e-6, 4e-9)], ["2.5 s", "12 ms", "3 µs", "4 ns"]
        )


class Cases(unittest.TestCase):
    def test_names_are_unique_and_quick_ones_leave_out_slow_rivals(self):
        everything = cases.all_cases()
        keys = [(c.name, c.size, c.operation, c.method, c.precision) for c in everything]
        self.assertEqual(len(keys), len(set(keys)))
        for one in everything:
            self.assertTrue(one.rivals, one.title)
            self.assertLessEqual(set(one.slow), set(one.all_rivals), one.title)
        for one in cases.all_cases(quick=True):
            self.assertFalse(set(one.rivals) & set(one.slow), one.title)
        self.assertTrue(any(c.headline for c in cases.all_cases(quick=True)))


class Files(unittest.TestCase):
    def test_a_failure_leaves_the_old_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "a.json"
            files.write_text(path, "old")
            with self.assertRaises(RuntimeError):
                with files.replacing(path) as temporary:
                    temporary.write_text("half")
                    raise RuntimeError
            self.assertEqual(path.read_text(), "old")
            self.assertEqual([p.name for p in path.parent.iterdir()], ["a.json"])


class Lines(unittest.TestCase):
    def ask(self, program, limit=30.0):
        process = LineProcess("it", [sys.executable, "-c", program])
        try:
            return process.ask("question", limit)
        finally:
            process.close()

    def test_answers_and_refusals(self):
        self.assertEqual(self.ask("input(); print('[1]')"), [1])
        for program, sentence in (
            ('input(); print(\'{"error_text": "no"}\')', "no"),
            ("input()", "ended without an answer to 'question'"),
            ("input(); print('oops')", "not JSON"),
        ):
            with self.assertRaisesRegex(Problem, sentence):
                self.ask(program)
        with self.assertRaisesRegex(Problem, "no answer to 'question' within 0 s"):
            self.ask("import time; input(); time.sleep(60)", 0.2)
        with self.assertRaisesRegex(Problem, "cannot be started"):
            LineProcess("it", ["/nowhere/at/all"])


class Alone(unittest.TestCase):
    def test_rows_that_have_no_rival_once_and_what_fails_in_a_line(self):
        command, said = [sys.executable, str(HERE / "fake_glint.py")], []
        glint = Glint(command, "serial", 1)
        lane = types.SimpleNamespace(glints=[glint])
        progress = types.SimpleNamespace(show=lambda text: None, say=said.append)
        known = {(glint.rows[0]["name"], 1)}
        try:
            rows = everything_of_glint([lane], known, progress)
        finally:
            glint.close()
        self.assertEqual([row["name"].split("/")[0] for row in rows], ["bilinear_map"])
        self.assertEqual((rows[0]["case"], rows[0]["threads"]), (None, 1))
        self.assertEqual(len(said), 1)
        self.assertIn("the vectors are not normalised", said[0])


class Whole(unittest.TestCase):
    def run_suite(self, folder, *options, glint=("serial",)):
        command = [
            sys.executable,
            "-m",
            "suite",
            "--out",
            f"{folder}/out",
            "--exchange",
            f"{folder}/with space",
            "--log",
            f"{folder}/log",
            "--server",
            str(HERE / "fake_rivals.py"),
            "--quick",
            *options,
        ]
        for backend in glint:
            command += ["--glint", f"'{sys.executable}' '{HERE / 'fake_glint.py'}' {backend}"]
        return subprocess.run(command, cwd=PERF, capture_output=True, text=True, timeout=120)

    def test_rows_of_who_works_and_a_line_for_who_does_not(self):
        with tempfile.TemporaryDirectory() as folder:
            done = self.run_suite(folder, "--only", "2^22")
            self.assertEqual(done.returncode, 1 if "Traceback" in done.stderr else done.returncode)
            self.assertNotIn("Traceback", done.stderr)
            rows = json.loads(pathlib.Path(folder, "out", "summary.json").read_text())
            self.assertEqual(
                {(r["case"], r["rival"]) for r in rows},
                {("sum", "numpy_sum"), ("2xy + 3y + 1", "numpy_map")},
            )
            for row in rows:
                self.assertEqual((row["glint_s"], row["limit_fraction"]), (0.002, 0.5))
                self.assertEqual((row["ratio"], row["backend"], row["threads"]), (3.0, "serial", 1))
            self.assertIn("no time of numba_sum: numba ended without an answer", done.stderr)
            self.assertIn("no time of jax_sum: the result is not a number", done.stderr)
            self.assertIn("serial: the vectors are not normalised", done.stderr)
            alone = json.loads(pathlib.Path(folder, "out", "glint.json").read_text())
            self.assertEqual([row["case"] for row in alone], ["sum", "2xy + 3y + 1"])
            self.assertFalse(pathlib.Path(folder, "with space").exists())

    def test_backends(self):
        with tempfile.TemporaryDirectory() as folder:
            done = self.run_suite(folder, "--only", "sum, 2^22", "--backend", "cuda")
            self.assertEqual(done.returncode, 1)
            self.assertIn("no cuda rows: no binary has that backend", done.stderr)
            done = self.run_suite(folder, "--only", "nothing has this")
            self.assertEqual(done.returncode, 2)
            self.assertIn("no case has 'nothing has this' in its title", done.stderr)


class Script(unittest.TestCase):
    def test_bad_options_are_one_sentence(self):
        for options, sentence in (
            (["--backend", "gpu"], "--backend takes serial, openmp, cuda or hip, not 'gpu'"),
            (["--backend"], "--backend takes serial, openmp, cuda or hip, not ''"),
            (["--only"], "--only takes a part of a case's name"),
            (
                ["--fast"],
                "unknown option '--fast' (legal: --quick, --backend NAME, --only TEXT, --help)",
            ),
        ):
            done = subprocess.run(
                [PERF / "run", *options], capture_output=True, text=True, timeout=30
            )
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertEqual(done.stderr, f"perf/run: {sentence}\n")
        done = subprocess.run([PERF / "run", "--help"], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0)
        self.assertIn("usage: perf/run [--quick]", done.stdout)


if __name__ == "__main__":
    unittest.main()
