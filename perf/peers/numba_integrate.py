# SPDX-License-Identifier: BSD-3-Clause
"""Pixel integrals of one galaxy with a fixed rule."""

import numba
import numpy as np

from peers import quadrature
from peers.registry import rival
from peers.sersic import axes, constants


@numba.njit(parallel=True, fastmath=True)
def integrate(row, centre, y, x, offsets, weights, image):
    x0, y0, c, s, a, d, b, power = row
    for i in numba.prange(y.size):
        for j in range(x.size):
            total = image.dtype.type(0)
            for k in range(weights.size):
                down, right = y[i] + offsets[k, 0] - y0, x[j] + offsets[k, 1] - x0
                u, v = (right * c + down * s) * a, (down * c - right * s) * d
                total += weights[k] * np.exp(-b * (u * u + v * v) ** power)
            image[i, j] = centre * total


@rival("integrate")
def numba_gauss_legendre_7(data, precision, threads):
    numba.set_num_threads(threads)
    table, centre = constants(data)
    offsets, weights = quadrature.tensor(quadrature.gauss_legendre(7))
    row = tuple(table[0])
    y, x = (axis.ravel() for axis in axes(data))
    image = np.empty((data.ny, data.nx), data.real)

    def draw():
        integrate(row, centre[0], y, x, offsets, weights, image)
        return image

    return draw
