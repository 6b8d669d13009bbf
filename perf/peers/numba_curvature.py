# SPDX-License-Identifier: BSD-3-Clause
"""F = T^T W T: by rows of W T, by pairs of non-zeros, and from W in memory."""

import numba
import numpy as np

from peers import mapping, offsets
from peers.evidence import evidence
from peers.registry import rival


@numba.njit(parallel=True, fastmath=True)
def omega_of_kernel(table, place, middle, columns, values, omega):
    for i in numba.prange(place.size):
        omega[i] = 0
        row = table[place[i] + middle - place]  # row i of W
        for j in range(place.size):
            for b in range(columns.shape[1]):
                if columns[j, b] >= 0:
                    omega[i, columns[j, b]] += values[j, b] * row[j]


@numba.njit(parallel=True, fastmath=True)
def omega_of_w(w, columns, values, omega):
    for i in numba.prange(w.shape[0]):
        omega[i] = 0
        for j in range(w.shape[0]):
            for b in range(columns.shape[1]):
                if columns[j, b] >= 0:
                    omega[i, columns[j, b]] += values[j, b] * w[i, j]


@numba.njit(parallel=True, fastmath=True)
def project(starts, pixels, values, omega, f):
    for s in numba.prange(f.shape[0]):
        f[s] = 0
        for k in range(starts[s], starts[s + 1]):
            for t in range(f.shape[1]):
                f[s, t] += values[k] * omega[pixels[k], t]


@numba.njit(parallel=True, fastmath=True)
def pairs(table, place, middle, starts, pixels, weights, columns, values, f):
    for s in numba.prange(f.shape[0]):
        f[s] = 0
        for k in range(starts[s], starts[s + 1]):
            start = place[pixels[k]] + middle
            for j in range(place.size):
                product = weights[k] * table[start - place[j]]
                for b in range(columns.shape[1]):
                    if columns[j, b] >= 0:
                        f[s, columns[j, b]] += values[j, b] * product


def by_rows(data, threads):
    numba.set_num_threads(threads)
    shape = data.compact.shape
    place, middle = offsets.places(data, shape), offsets.middle(shape)
    transposed = mapping.by_source(data)
    omega = np.empty((place.size, data.sources))
    f = np.empty((data.sources, data.sources))

    def call():
        table = offsets.table(data.compact)
        omega_of_kernel(table, place, middle, data.columns, data.values, omega)
        project(*transposed, omega, f)
        return f

    return call


@rival("curvature")
def numba_rows(data, precision, threads):
    return by_rows(data, threads)


@rival("curvature")
def numba_pairs(data, precision, threads):
    numba.set_num_threads(threads)
    shape = data.compact.shape
    place, middle = offsets.places(data, shape), offsets.middle(shape)
    transposed = mapping.by_source(data)
    f = np.empty((data.sources, data.sources))

    def call():
        table = offsets.table(data.compact)
        pairs(table, place, middle, *transposed, data.columns, data.values, f)
        return f

    return call


@rival("curvature_from_w")
def numba_from_w(data, precision, threads):
    numba.set_num_threads(threads)
    transposed = mapping.by_source(data)
    omega = np.empty((data.w.shape[0], data.sources))
    f = np.empty((data.sources, data.sources))

    def call():
        omega_of_w(data.w, data.columns, data.values, omega)
        project(*transposed, omega, f)
        return f

    return call


@rival("likelihood", name="numba_rows", few_threads=True)
def numba_likelihood(data, precision, threads):
    """Numba on all threads; whether LAPACK gets them too is what `threads` decides."""
    return evidence(data, by_rows(data, numba.config.NUMBA_NUM_THREADS))


@numba.njit
def scatter(columns, values, t):
    t[:] = 0
    for i in range(columns.shape[0]):
        for b in range(columns.shape[1]):
            if columns[i, b] >= 0:
                t[i, columns[i, b]] += values[i, b]


@rival("mapping_matrix")
def numba_mapping(data, precision, threads):
    t = np.empty((data.columns.shape[0], data.sources))

    def call():
        scatter(data.columns, data.values, t)
        return t

    return call
