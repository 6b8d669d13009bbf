# SPDX-License-Identifier: BSD-3-Clause
"""python -m suite --glint COMMAND ... --out FOLDER [--quick] [--backend NAME ...]"""

import argparse
import pathlib
import shutil
import signal
import sys
import time

from suite import cases, digest, summary, table
from suite.alone import everything_of_glint
from suite.lanes import cores_here, make_lanes
from suite.lines import Problem
from suite.measure import QUICK, Pace, run_case, with_fewer_threads
from suite.progress import Progress


def arguments():
    parser = argparse.ArgumentParser(prog="python -m suite", description=__doc__)
    parser.add_argument("--glint", action="append", required=True, help="command of a glint_perf")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--exchange", type=pathlib.Path, required=True, help="folder for inputs")
    parser.add_argument("--log", type=pathlib.Path, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--backend", action="append", default=[])
    parser.add_argument("--only", default="", help="cases whose title has this text")
    parser.add_argument("--server", help="what serves rivals instead of peers.server")
    return parser.parse_args()


def server_of(options):
    module = [options.server] if options.server else ["-m", "peers.server"]
    return lambda tool, threads: [sys.executable, *module, tool, str(threads)]


def run(options, log, progress):
    begun = time.monotonic()
    pace = QUICK if options.quick else Pace()
    chosen = [c for c in cases.all_cases(options.quick) if options.only in c.title]
    if not chosen:
        progress.say(f"no case has '{options.only}' in its title")
        return 2
    lanes = make_lanes(
        options.glint, options.backend, server_of(options), cores_here(), log, progress.say
    )
    if not lanes:
        progress.say("there is nothing to measure")
        return 1
    entries, alone, contexts = [], [], {}
    folder = options.exchange.resolve()
    try:
        for number, case in enumerate(chosen, 1):
            there, best = set(), {}

            def exported(glint, name, there=there):
                if not there:
                    glint.export(name, folder, pace.glint)
                    there.add(name)

            shutil.rmtree(folder, ignore_errors=True)
            for lane in lanes:
                progress.show(f"{number}/{len(chosen)} {case.title}, {lane.name}")
                glints, rivals = run_case(
                    case, lane, folder, exported, pace, progress.say, best
                )
                rivals = with_fewer_threads(rivals, best)
                best.update((rival.name, rival) for rival in rivals)
                entries += summary.rows(case, glints, rivals)
                alone += [summary.alone(glint, glint.name, case) for glint in glints]
            write(options, entries, alone, {}, {})
        if not options.quick and not options.only:
            alone += everything_of_glint(
                lanes, {(row["name"], row["threads"]) for row in alone}, progress
            )
        for lane in lanes:
            for glint in lane.glints:
                if glint.backend not in contexts:
                    contexts[glint.backend] = glint.context()
        versions = {}
        for lane in lanes:
            versions.update(lane.rivals.versions())
        write(options, entries, alone, contexts, versions, progress)
    finally:
        for lane in lanes:
            lane.close()
        shutil.rmtree(folder, ignore_errors=True)
        progress.done()
    if not entries:
        progress.say("no glint row has a rival; out/perf/summary.json is empty")
        return 1
    minutes = (time.monotonic() - begun) / 60
    progress.say(
        f"{len(entries)} rows in {options.out}/summary.json and .md, {minutes:.1f} minutes"
    )
    return 0


def write(options, entries, alone, contexts, versions, progress=None):
    summary.write(options.out / "summary.json", entries)
    summary.write(options.out / "glint.json", alone)
    if progress is None:  # in between, so that what is done is kept
        return
    table.write(options.out / "summary.md", entries, contexts, versions)
    digest.write(options.out / "digest.md", entries, contexts, versions)
    if entries:
        try:
            from suite import plots
        except ImportError as error:  # the rest does not need it
            progress.say(f"no plots: {error}")
            return
        headlines = list(dict.fromkeys(c.name for c in cases.all_cases() if c.headline))
        plots.plot_all(entries, headlines, options.out / "plots")


def main():
    options = arguments()
    progress = Progress()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options.log.parent.mkdir(parents=True, exist_ok=True)
    with open(options.log, "wb") as log:
        try:
            return run(options, log, progress)
        except Problem as problem:
            progress.say(str(problem))
            return 1
        except KeyboardInterrupt:
            return 130


if __name__ == "__main__":
    sys.exit(main())
