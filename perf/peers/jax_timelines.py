# SPDX-License-Identifier: BSD-3-Clause
"""Detector timelines under jit, with XLA's own generator of random bits, the faster one on hosts."""

import jax

from peers.jax_setup import finished, moved
from peers.registry import rival
from peers.timelines import checked


@jax.jit
def timelines(gain, source, glitch, offset, sigma, key):
    signal = gain[:, None] * source + glitch + offset[:, None]
    return signal + sigma * jax.random.normal(key, signal.shape, signal.dtype)


@rival("detector_timelines")
def jax_timelines(data, precision, threads):
    arrays = moved(data.gain, data.source, data.glitch, data.offset)
    key = jax.random.key(1, impl="rbg")

    def with_noise(sigma):
        return finished(timelines, *arrays, data.real(sigma), key)

    return checked(with_noise(data.sigma), with_noise(0), data)
