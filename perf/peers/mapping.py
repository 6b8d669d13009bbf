# SPDX-License-Identifier: BSD-3-Clause
"""The mapping T (M, S) in the forms rivals like."""

import numpy as np
import scipy.sparse


def flat(data):
    """Pixel, source and value of every non-zero; -1 pads."""
    keep = data.columns >= 0
    pixel = np.broadcast_to(np.arange(data.columns.shape[0])[:, None], data.columns.shape)
    return pixel[keep], data.columns[keep], data.values[keep]


def sparse(data):
    pixel, source, value = flat(data)
    shape = data.columns.shape[0], data.sources
    return scipy.sparse.csr_matrix((value, (pixel, source)), shape=shape)


def dense(data):
    return sparse(data).toarray()


def by_source(data):
    """Offsets, pixels and values of the non-zeros, source by source."""
    matrix = sparse(data).tocsc()
    return matrix.indptr, matrix.indices, matrix.data
