# SPDX-License-Identifier: BSD-3-Clause
"""W times images, and W T, by Fourier transforms, zero-padded; and from W in memory, T sparse."""

import numpy as np
import scipy.fft

from peers import mapping
from peers.evidence import evidence
from peers.registry import rival

BLOCK = 64


class Frames:
    """Images in frames large enough that nothing wraps around."""

    def __init__(self, data, threads):
        self.compact, self.threads = data.compact, threads
        self.ny, self.nx = data.compact.shape[0], data.compact.shape[1] // 2 + 1
        self.height = scipy.fft.next_fast_len(2 * self.ny - 1, real=False)
        self.width = scipy.fft.next_fast_len(2 * self.nx - 1, real=True)
        self.pixel = data.row.astype(np.int64) * self.nx + data.column

    def spectrum(self):
        """Real: the kernel is even."""
        compact, ny, nx = self.compact, self.ny, self.nx
        height, width = self.height, self.width
        wrapped = np.zeros((height, width))
        wrapped[:ny, :nx] = compact[:, nx - 1 :]
        wrapped[:ny, width - nx + 1 :] = compact[:, : nx - 1]
        wrapped[height - ny + 1 :, :nx] = compact[:0:-1, nx - 1 :: -1]
        wrapped[height - ny + 1 :, width - nx + 1 :] = compact[:0:-1, : nx - 1 : -1]
        return scipy.fft.rfft2(wrapped, workers=self.threads).real

    def products(self, kernel, values):
        """W times each row of `values`: rows below the frame are zeros before, unwanted after."""
        options = dict(workers=self.threads, overwrite_x=True)
        images = np.zeros((len(values), self.ny * self.nx))
        images[:, self.pixel] = values
        images = scipy.fft.rfft(images.reshape(-1, self.ny, self.nx), n=self.width, **options)
        images = scipy.fft.fft(images, n=self.height, axis=1, **options)
        images *= kernel
        images = scipy.fft.ifft(images, axis=1, **options)[:, : self.ny]
        images = scipy.fft.irfft(images, n=self.width, **options)[:, :, : self.nx]
        return images.reshape(-1, self.ny * self.nx)[:, self.pixel]


@rival("precision_operator", name="scipy_fft", few_threads=True)
def scipy_products(data, precision, threads):
    frames = Frames(data, threads)
    kernel = frames.spectrum()
    return lambda: frames.products(kernel, data.images)


def by_fft(data, threads):
    frames = Frames(data, threads)
    t = mapping.sparse(data)
    columns = t.tocsc()

    def call():
        kernel = frames.spectrum()
        f = np.empty((data.sources, data.sources))
        for start in range(0, data.sources, BLOCK):
            some = slice(start, min(start + BLOCK, data.sources))
            f[:, some] = t.T @ frames.products(kernel, columns[:, some].T.toarray()).T
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
