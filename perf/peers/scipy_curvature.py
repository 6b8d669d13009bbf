# SPDX-License-Identifier: BSD-3-Clause
"""W T by Fourier transforms of the columns of T, zero-padded; and from W in memory, T sparse."""

import numpy as np
import scipy.fft

from peers import mapping
from peers.evidence import evidence
from peers.registry import rival

BLOCK = 64


def by_fft(data, threads):
    ny, nx = data.compact.shape[0], data.compact.shape[1] // 2 + 1
    height = scipy.fft.next_fast_len(2 * ny - 1, real=False)
    width = scipy.fft.next_fast_len(2 * nx - 1, real=True)
    t = mapping.sparse(data)
    columns = t.tocsc()
    pixel = data.row.astype(np.int64) * nx + data.column
    options = dict(workers=threads, overwrite_x=True)

    def spectrum():
        """Real: the kernel is even."""
        wrapped = np.zeros((height, width))
        wrapped[:ny, :nx] = data.compact[:, nx - 1 :]
        wrapped[:ny, width - nx + 1 :] = data.compact[:, : nx - 1]
        wrapped[height - ny + 1 :, :nx] = data.compact[:0:-1, nx - 1 :: -1]
        wrapped[height - ny + 1 :, width - nx + 1 :] = data.compact[:0:-1, : nx - 1 : -1]
        return scipy.fft.rfft2(wrapped, workers=threads).real

    def call():
        kernel = spectrum()
        f = np.empty((data.sources, data.sources))
        for start in range(0, data.sources, BLOCK):
            some = slice(start, min(start + BLOCK, data.sources))
            images = np.zeros((some.stop - some.start, ny * nx))
            images[:, pixel] = columns[:, some].T.toarray()
            # Rows below the frame are zeros before, and not wanted after.
            images = scipy.fft.rfft(images.reshape(-1, ny, nx), n=width, **options)
            images = scipy.fft.fft(images, n=height, axis=1, **options)
            images *= kernel
            images = scipy.fft.ifft(images, axis=1, **options)[:, :ny]
            images = scipy.fft.irfft(images, n=width, **options)[:, :, :nx]
            f[:, some] = t.T @ images.reshape(-1, ny * nx)[:, pixel].T
        return f

    return call


@rival("curvature", few_threads=True)
def scipy_fft(data, precision, threads):
    return by_fft(data, threads)


@rival("likelihood", name="scipy_fft", few_threads=True)
def scipy_likelihood(data, precision, threads):
    return evidence(data, by_fft(data, threads))


@rival("curvature_from_w")
def scipy_from_w(data, precision, threads):
    t = mapping.sparse(data)
    transposed = t.T.tocsr()
    return lambda: transposed @ (transposed @ data.w).T
