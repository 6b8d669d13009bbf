# SPDX-License-Identifier: BSD-3-Clause
"""W from its kernel, entry by entry."""

import numba
import numpy as np

from peers.registry import rival


@numba.njit(parallel=True)
def expand(compact, row, column, w):
    middle = compact.shape[1] // 2
    for i in numba.prange(row.size):
        for j in range(row.size):
            down, right = row[i] - row[j], column[i] - column[j]
            if down < 0:
                down, right = -down, -right
            w[i, j] = compact[down, middle + right]


@rival("w_tilde_expand", name="numba_expand")
def numba_expansion(data, precision, threads):
    numba.set_num_threads(threads)
    w = np.empty((data.row.size, data.row.size))

    def call():
        expand(data.compact, data.row, data.column, w)
        return w

    return call
