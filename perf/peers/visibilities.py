# SPDX-License-Identifier: BSD-3-Clause
"""What the sums over visibilities need: phases of one pixel, and the weights of an image.

The kernel is Σ w cos(n p - m q) for n pixels to the right and m rows down, the image
Re Σ c exp(i(x u + y v) 2π) at x = column - (nx - 1)/2 and y = (ny - 1)/2 - row pixels.
"""

import numpy as np


def phases(data):
    """p and q: what one pixel to the right and one row up add to the phase."""
    return 2 * np.pi * data.step * data.u, 2 * np.pi * data.step * data.v


def image_weights(data):
    return data.re / data.noise_re**2 + 1j * data.im / data.noise_im**2


def image_axes(data):
    """x of the columns and y of the rows, in pixels."""
    return np.arange(data.nx) - (data.nx - 1) / 2, (data.ny - 1) / 2 - np.arange(data.ny)
