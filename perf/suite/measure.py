# SPDX-License-Identifier: BSD-3-Clause
"""A case on a lane: glint and its rivals in turn, round after round, minima and spread."""

import dataclasses
import math
import time

from suite.lines import Problem


@dataclasses.dataclass
class Pace:
    """How long things may take, in seconds."""

    rounds: int = 7
    seconds: float = 0.06  # of each contestant in each round
    slowest_call: float = 300.0  # rivals that need longer are left out
    first_call: float = 3600.0  # of a rival, compilation and check included
    glint: float = 1800.0  # glint's longest answer: what is expected may be slow to find
    long: float = 30.0  # a first call that takes longer is the only one
    case: float = 6.0  # all rounds of one contestant, at least one
    settle: float = 0.05  # before each round on several cores, while others' threads still spin


QUICK = Pace(
    rounds=3,
    seconds=0.04,
    slowest_call=2.0,
    first_call=30.0,
    glint=120.0,
    case=1.0,
    settle=0.03,
)


@dataclasses.dataclass
class Contestant:
    """Who is timed: `time(seconds)` answers with min_s."""

    name: str
    time: object
    first: dict  # what its first call told
    minima: list = dataclasses.field(default_factory=list)
    rounds: int = 1
    threads: int = 1

    @property
    def best(self):
        return min(self.minima)

    @property
    def spread(self):
        """How far the slowest round's minimum is above the best, as a fraction."""
        return max(self.minima) / self.best - 1.0


def contest(contestants, pace, drop, settle=0.0):
    """Interleaved rounds, `settle` seconds apart. `drop(contestant, problem)` is told of whoever
    fails on the way."""
    for number in range(pace.rounds):
        for contestant in list(contestants):
            if number >= contestant.rounds:
                continue
            time.sleep(settle)
            try:
                answer = contestant.time(pace.seconds)
            except Problem as problem:
                contestants.remove(contestant)
                drop(contestant, problem)
                continue
            contestant.minima.append(answer["min_s"])
            if number == 0:
                # Slow ones get fewer rounds.
                length = max(pace.seconds, answer["min_s"])
                contestant.rounds = max(1, min(pace.rounds, int(pace.case / length)))


def first_of_rival(rivals, name, case, folder, pace):
    """Its first call and its check; a Problem for whoever is too slow, wrong or broken."""
    first = rivals.prepare(name, case.operation, case.precision, folder, pace.first_call)
    if not math.isfinite(first["error"]):
        raise Problem("its error is not a number")
    if pace.slowest_call < first["first_call_s"] <= pace.long:  # was it compilation?
        call = rivals.time(name, 0.0, pace.first_call)["min_s"]
        if call > pace.slowest_call:
            raise Problem(f"a call takes {call:.1f} s, more than {pace.slowest_call:g} s")
    return first


def with_fewer_threads(rivals, earlier):
    """More threads may be slower: whoever did better on fewer cores competes with that."""
    best = {**earlier, **{rival.name: rival for rival in rivals}}
    for name, rival in earlier.items():
        if rival.best < best[name].best:
            best[name] = rival
    return list(best.values())


SINGLE_THREADED = ("astropy", "galsim")  # tools that more cores do nothing for


def tried_in_vain(name, earlier):
    """Whether a rival that was timed on fewer cores would only take as long again."""
    return name in earlier and name.split("_")[0] in SINGLE_THREADED


def run_case(case, lane, folder, exported, pace, report, earlier=()):
    """Rows of a case on a lane: pairs of a glint contestant and a rival's, with glint's row.
    `earlier`: rivals with a time on fewer cores, which with_fewer_threads() brings in.

    `exported(glint, name)` writes the inputs to `folder` unless they are there. `report(text)`
    tells the user what is missing."""
    title = f"{case.title}, {lane.name}"
    glints, rivals = [], []
    for glint in lane.glints:
        row = glint.find(case)
        if row is None:
            report(f"{title}: glint's {glint.backend} has no such benchmark")
            continue
        try:
            name = row["name"]
            first = glint.time(name, 0.0, pace.glint)
            if not math.isfinite(first["error"]):
                raise Problem("its error is not a number")
            exported(glint, name)
            first.update(backend=glint.backend, threads=glint.threads, elements=row["elements"])
            glints.append(
                Contestant(
                    name,
                    lambda s, g=glint, n=name: g.time(n, s, pace.glint),
                    first,
                    rounds=pace.rounds,
                )
            )
        except Problem as problem:
            report(f"{title}: glint's {glint.backend}: {problem}")
    if not glints:
        return [], []
    for name in case.rivals:
        if tried_in_vain(name, earlier):
            continue
        try:
            first = first_of_rival(lane.rivals, name, case, folder, pace)
        except Problem as problem:
            report(f"{title}: no time of {name}: {problem}")
            continue
        rival = Contestant(
            name,
            lambda s, n=name: lane.rivals.time(n, s, pace.first_call),
            first,
            rounds=pace.rounds,
            threads=lane.threads,
        )
        if first["first_call_s"] > pace.long:  # minutes: once is enough
            rival.minima, rival.rounds = [first["first_call_s"]], 0
        rivals.append(rival)
    contest_all = glints + rivals
    contest(
        contest_all,
        pace,
        lambda who, why: report(f"{title}: no time of {who.name}: {why}"),
        pace.settle if lane.threads > 1 else 0.0,
    )
    for rival in rivals:
        if rival.minima:
            lane.rivals.count_compilation(case, rival)
    lane.rivals.release()
    for glint in lane.glints:
        try:
            glint.release()
        except Problem as problem:
            report(f"{title}: {problem}")
    alive = [contestant for contestant in contest_all if contestant.minima]
    return [g for g in glints if g in alive], [r for r in rivals if r in alive]
