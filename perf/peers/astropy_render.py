# SPDX-License-Identifier: BSD-3-Clause
"""Sersic2D at pixel centres, profile by profile."""

import numpy as np
from astropy.modeling.models import Sersic2D

from peers.registry import rival
from peers.sersic import axes, constants


@rival("render")
def astropy(data, precision, threads):
    table, centre = constants(data)
    y, x = np.broadcast_arrays(*axes(data))
    models = [
        Sersic2D(
            amplitude=centre[p] * np.exp(-table[p, 6]),
            r_eff=data.re[p],
            n=data.n[p],
            x_0=data.x[p],
            y_0=data.y[p],
            ellip=1 - data.q[p],
            theta=data.theta[p],
        )
        for p in range(data.n.size)
    ]

    def draw():
        image = np.zeros((data.ny, data.nx), data.real)
        for model in models:
            image += model(x, y)
        return image

    return draw
