# SPDX-License-Identifier: BSD-3-Clause
"""The log likelihood from a way to make F, by SciPy: Cholesky of F + H, sparse LU of H."""

import numpy as np
import scipy.linalg
import scipy.sparse
import scipy.sparse.linalg

from peers import mapping


def regularization(data):
    """H = c^2 (degrees - adjacency) + 1e-8, sparse."""
    source, column = np.nonzero(data.neighbours >= 0)
    other = data.neighbours[source, column]
    size = data.sources, data.sources
    links = scipy.sparse.csc_matrix((np.ones(source.size), (source, other)), shape=size)
    degrees = np.asarray(links.sum(axis=1)).ravel()
    strength = float(data.coefficient) ** 2
    return (scipy.sparse.diags(strength * degrees + 1e-8) - strength * links).tocsc()


def log_determinant(h):
    factors = scipy.sparse.linalg.splu(
        h, permc_spec="MMD_AT_PLUS_A", options={"SymmetricMode": True}
    )
    return np.sum(np.log(np.abs(factors.U.diagonal())))


def evidence(data, curvature):
    t = mapping.sparse(data)

    def call():
        h = regularization(data)
        d = t.T @ data.dirty
        f = curvature()
        matrix = f + h.toarray()
        factor = scipy.linalg.cholesky(matrix, overwrite_a=True, check_finite=False)
        x = scipy.linalg.cho_solve((factor, False), d, check_finite=False)
        chi_squared = x @ f @ x - 2 * (x @ d) + data.data_term
        terms = chi_squared + x @ (h @ x) + data.noise_normalization - log_determinant(h)
        return np.array([-0.5 * (terms + 2 * np.sum(np.log(factor.diagonal())))])

    return call
