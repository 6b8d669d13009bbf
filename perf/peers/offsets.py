# SPDX-License-Identifier: BSD-3-Clause
"""The kernel over all offsets: W_ij = table[place_i - place_j + middle]."""

import numpy as np


def table(compact):
    """(2 ny - 1) x (2 nx - 1), flat: w(-d) = w(d)."""
    return np.concatenate([compact[:0:-1, ::-1], compact]).ravel()


def middle(shape):
    return (shape[0] - 1) * shape[1] + shape[1] // 2


def places(data, shape):
    return data.row.astype(np.int64) * shape[1] + data.column


def index(data, shape):
    """Where entry (i, j) of W stands in the table."""
    place = places(data, shape)
    return place[:, None] - place[None, :] + middle(shape)
