# SPDX-License-Identifier: BSD-3-Clause
"""Detector timelines with NumPy's fastest generator."""

import numpy as np

from peers.registry import rival
from peers.timelines import checked


@rival("detector_timelines")
def numpy_timelines(data, precision, threads):
    random = np.random.Generator(np.random.SFC64(1))
    signal = np.empty((data.gain.size, data.source.size), data.real)
    noise = np.empty(data.source.size, data.real)

    def call(sigma=data.real(data.sigma)):
        for row, gain, offset in zip(signal, data.gain, data.offset):
            np.multiply(gain, data.source, out=row)
            row += data.glitch
            row += offset
            if sigma:
                random.standard_normal(out=noise, dtype=data.real)
                np.multiply(noise, sigma, out=noise)
                row += noise
        return signal

    return checked(call, lambda: call(0), data)
