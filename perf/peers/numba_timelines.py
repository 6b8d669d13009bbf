# SPDX-License-Identifier: BSD-3-Clause
"""Detector timelines, detectors in parallel."""

import numba
import numpy as np

from peers.registry import rival
from peers.timelines import checked


@numba.njit(parallel=True, fastmath=True)
def timelines(gain, source, glitch, offset, sigma, signal):
    for d in numba.prange(gain.size):
        for t in range(source.size):
            signal[d, t] = gain[d] * source[t] + glitch[t] + offset[d]
        if sigma > 0:
            for t in range(source.size):
                signal[d, t] += sigma * np.random.standard_normal()


@rival("detector_timelines")
def numba_timelines(data, precision, threads):
    numba.set_num_threads(threads)
    signal = np.empty((data.gain.size, data.source.size), data.real)

    def call(sigma=data.sigma):
        timelines(data.gain, data.source, data.glitch, data.offset, data.real(sigma), signal)
        return signal

    return checked(call, lambda: call(0), data)
