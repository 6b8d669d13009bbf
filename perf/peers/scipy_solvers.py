# SPDX-License-Identifier: BSD-3-Clause
"""Sources by SciPy's conjugate gradients, and non-negative ones by its NNLS."""

import numpy as np
import scipy.fft
import scipy.linalg
import scipy.optimize
import scipy.sparse.linalg

from peers import mapping
from peers.evidence import regularization
from peers.registry import rival


@rival("conjugate_gradient", few_threads=True)
def scipy_cg(data, precision, threads):
    ny, nx = data.compact.shape[0], data.compact.shape[1] // 2 + 1
    height = scipy.fft.next_fast_len(2 * ny - 1, real=False)
    width = scipy.fft.next_fast_len(2 * nx - 1, real=True)
    wrapped = np.zeros((height, width))
    wrapped[:ny, :nx] = data.compact[:, nx - 1 :]
    wrapped[:ny, width - nx + 1 :] = data.compact[:, : nx - 1]
    wrapped[height - ny + 1 :, :nx] = data.compact[:0:-1, nx - 1 :: -1]
    wrapped[height - ny + 1 :, width - nx + 1 :] = data.compact[:0:-1, : nx - 1 : -1]
    kernel = scipy.fft.rfft2(wrapped).real
    pixel = data.row.astype(np.int64) * nx + data.column
    t = mapping.sparse(data)

    def call():
        transposed = t.T.tocsr()
        h = regularization(data)
        frame = np.zeros(ny * nx)
        # The diagonal of T^T W T is not to be had cheaply; that of w(0) T^T T is.
        squares = np.asarray(transposed.multiply(transposed).sum(axis=1)).ravel()
        scale = 1.0 / (data.compact[0, nx - 1] * squares + h.diagonal())

        def product(x):
            frame[pixel] = t @ x
            image = scipy.fft.rfft(frame.reshape(ny, nx), n=width, workers=threads)
            image = scipy.fft.fft(image, n=height, axis=0, workers=threads)
            image *= kernel
            image = scipy.fft.ifft(image, axis=0, workers=threads)[:ny]
            image = scipy.fft.irfft(image, n=width, workers=threads)[:, :nx]
            return transposed @ image.ravel()[pixel] + h @ x

        size = (data.sources, data.sources)
        operator = scipy.sparse.linalg.LinearOperator(size, product, dtype=np.float64)
        jacobi = scipy.sparse.linalg.LinearOperator(size, lambda r: scale * r, dtype=np.float64)
        x, info = scipy.sparse.linalg.cg(
            operator, transposed @ data.dirty, rtol=data.tolerance, atol=0.0, M=jacobi
        )
        if info:
            raise RuntimeError(f"cg: {info}")
        return x

    return call


@rival("nonnegative")
def scipy_nnls(data, precision, threads):
    def call():
        factor = scipy.linalg.cholesky(data.matrix, check_finite=False)
        right = scipy.linalg.solve_triangular(
            factor, data.data_vector, trans="T", check_finite=False
        )
        return scipy.optimize.nnls(factor, right)[0]

    return call
