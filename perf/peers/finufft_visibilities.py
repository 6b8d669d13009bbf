# SPDX-License-Identifier: BSD-3-Clause
"""Type 1 transforms to twice the frame (the kernel) and to the frame (the image)."""

import finufft
import numpy as np

from peers.registry import rival
from peers.visibilities import image_weights, phases


def plan_of(shape, digits, threads):
    return finufft.Plan(1, shape, eps=10.0**-digits, isign=1, nthreads=threads)


def kernel(data, digits, threads):
    plan = plan_of((2 * data.ny, 2 * data.nx), digits, threads)

    def call():
        p, q = phases(data)
        plan.setpts(-q, p)
        return plan.execute(data.weights.astype(complex)).real[data.ny :, 1:]

    return call


def image(data, digits, threads):
    plan = plan_of((data.ny, data.nx), digits, threads)
    half_x, half_y = 0.5 * (data.nx % 2 == 0), 0.5 * (data.ny % 2 == 0)

    def call():
        p, q = phases(data)
        plan.setpts(-q, p)
        weights = image_weights(data) * np.exp(1j * (half_x * p - half_y * q))
        return plan.execute(weights).real[data.row, data.column]

    return call


for operation, make in (("w_compact", kernel), ("dirty_image", image)):
    for digits in (12, 6):

        def competitor(data, precision, threads, make=make, digits=digits):
            return make(data, digits, threads)

        rival(operation, name=f"finufft_{digits}_digits", few_threads=True)(competitor)
