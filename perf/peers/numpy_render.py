# SPDX-License-Identifier: BSD-3-Clause
"""Centre samples, profile by profile."""

import numpy as np

from peers.registry import rival
from peers.sersic import axes, constants


@rival("render")
def numpy(data, precision, threads):
    table, centre = constants(data)
    y, x = axes(data)

    def draw():
        image = np.zeros((data.ny, data.nx), data.real)
        for (x0, y0, c, s, a, d, b, power), amplitude in zip(table, centre):
            i, j = y - y0, x - x0
            r2 = ((j * c + i * s) * a) ** 2
            r2 += ((i * c - j * s) * d) ** 2
            np.power(r2, power, out=r2)
            r2 *= -b
            np.exp(r2, out=r2)
            r2 *= amplitude
            image += r2
        return image

    return draw
