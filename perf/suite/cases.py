# SPDX-License-Identifier: BSD-3-Clause
"""All cases, in the order in which they run."""

import dataclasses

from suite.cases_of_arrays import arrays
from suite.cases_of_light import integration, rendering
from suite.cases_of_visibilities import inversions, solvers, visibilities


def all_cases(quick=False):
    everything = [
        *rendering(),
        *integration(),
        *visibilities(),
        *inversions(),
        *solvers(),
        *arrays(),
    ]
    if not quick:
        return everything
    return [dataclasses.replace(case, in_quick=True) for case in everything if case.quick]
