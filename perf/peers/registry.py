# SPDX-License-Identifier: BSD-3-Clause
"""Which rival competes in which operation, and the inputs they get."""

import importlib
import json
import pathlib

import numpy as np

RIVALS = {}  # (operation, name) -> function


def rival(*operations, name=None, few_threads=False):
    """Enters a function under its own name or another. `few_threads`: it may be faster on one thread
    than on all, so the better of the two competes."""

    def register(function):
        function.few_threads = few_threads
        for operation in operations:
            RIVALS[operation, name or function.__name__] = function
        return function

    return register


def load(tool):
    """Imports every module of a tool."""
    for path in sorted(pathlib.Path(__file__).parent.glob(f"{tool}_*.py")):
        importlib.import_module(f"peers.{path.stem}")


class Inputs:
    """The arrays of a folder as attributes, floating ones in the precision of the case."""

    def __init__(self, folder, precision):
        folder = pathlib.Path(folder)
        real = np.float32 if precision == "float" else np.float64
        self.real = real
        for path in sorted(folder.glob("*.npy")):
            if path.stem == "expected":
                continue
            array = np.load(path)
            if array.dtype.kind == "f":
                array = array.astype(real, copy=False)
            setattr(self, path.stem, np.ascontiguousarray(array))
        scalars = json.loads((folder / "scalars.json").read_text())
        for name, value in scalars.items():
            setattr(self, name, int(value) if float(value).is_integer() else value)


def error_of(value, expected):
    """Largest difference from what is expected over the largest expected value."""
    value = np.asarray(value)
    if value.size != expected.size:
        raise ValueError(f"the result has shape {value.shape}, expected is {expected.shape}")
    value, expected = value.reshape(-1), expected.reshape(-1)
    worst, largest, step = 0.0, 0.0, 1 << 22
    for start in range(0, expected.size, step):
        part = np.asarray(expected[start : start + step], dtype=np.float64)
        worst = max(worst, float(np.max(np.abs(value[start : start + step] - part))))
        largest = max(largest, float(np.max(np.abs(part))))
    return worst / largest
