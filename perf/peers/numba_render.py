# SPDX-License-Identifier: BSD-3-Clause
"""Centre samples, rows in parallel."""

import numba
import numpy as np

from peers.registry import rival
from peers.sersic import axes, constants


@numba.njit(parallel=True, fastmath=True)
def draw_rows(table, centre, y, x, image):
    for row in numba.prange(y.size):
        image[row] = 0
        for p in range(centre.size):
            x0, y0, c, s, a, d, b, power = table[p]
            i = y[row] - y0
            for column in range(x.size):
                j = x[column] - x0
                u, v = (j * c + i * s) * a, (i * c - j * s) * d
                image[row, column] += centre[p] * np.exp(-b * (u * u + v * v) ** power)


@rival("render")
def numba_rows(data, precision, threads):
    numba.set_num_threads(threads)
    table, centre = constants(data)
    y, x = (axis.ravel() for axis in axes(data))
    image = np.empty((data.ny, data.nx), data.real)

    def draw():
        draw_rows(table, centre, y, x, image)
        return image

    return draw
