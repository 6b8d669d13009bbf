# SPDX-License-Identifier: BSD-3-Clause
"""Sums over visibilities, a cosine for every term."""

import numba
import numpy as np

from peers.numba_expand import expand
from peers.registry import rival
from peers.visibilities import image_axes, image_weights, phases


@numba.njit(parallel=True, fastmath=True)
def kernel(p, q, weights, compact):
    ny, columns = compact.shape
    for m in numba.prange(ny):
        for column in range(columns):
            n = column - columns // 2
            total = 0.0
            for k in range(p.size):
                total += weights[k] * np.cos(n * p[k] - m * q[k])
            compact[m, column] = total


@rival("w_compact")
def numba_cosines(data, precision, threads):
    numba.set_num_threads(threads)
    compact = np.empty((data.ny, 2 * data.nx - 1))

    def call():
        kernel(*phases(data), data.weights, compact)
        return compact

    return call


@numba.njit(parallel=True, fastmath=True)
def image(x, y, p, q, a, b, dirty):
    for i in numba.prange(dirty.size):
        total = 0.0
        for k in range(p.size):
            phase = x[i] * p[k] + y[i] * q[k]
            total += a[k] * np.cos(phase) - b[k] * np.sin(phase)
        dirty[i] = total


@rival("dirty_image", name="numba_cosines")
def numba_image(data, precision, threads):
    numba.set_num_threads(threads)
    x, y = image_axes(data)
    x, y = x[data.column], y[data.row]
    dirty = np.empty(x.size)

    def call():
        weights = image_weights(data)
        image(x, y, *phases(data), weights.real.copy(), weights.imag.copy(), dirty)
        return dirty

    return call


@numba.njit(parallel=True, fastmath=True)
def dense(row, column, p, q, weights, w):
    for i in numba.prange(row.size):
        for j in range(i + 1):
            right, down = column[i] - column[j], row[i] - row[j]
            total = 0.0
            for k in range(p.size):
                total += weights[k] * np.cos(right * p[k] - down * q[k])
            w[i, j] = total
            w[j, i] = total


@rival("w_tilde", name="numba_cosines")
def numba_definition(data, precision, threads):
    numba.set_num_threads(threads)
    w = np.empty((data.row.size, data.row.size))

    def call():
        dense(data.row, data.column, *phases(data), data.weights, w)
        return w

    return call


@rival("w_tilde")
def numba_via_kernel(data, precision, threads):
    numba.set_num_threads(threads)
    compact = np.empty((data.ny, 2 * data.nx - 1))
    w = np.empty((data.row.size, data.row.size))

    def call():
        kernel(*phases(data), data.weights, compact)
        expand(compact, data.row, data.column, w)
        return w

    return call
