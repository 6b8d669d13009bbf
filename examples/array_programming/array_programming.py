#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""The steps of array_programming.cpp with NumPy: prints the same lines (expected_output.txt)."""

import math
import sys

import numpy as np

SEED = int(sys.argv[1]) if len(sys.argv) > 1 else 1


def number(value, digits=6):
    return "%.*g" % (digits, value)


def show(values, digits=6):
    return "[" + " ".join(number(v, digits) for v in np.ravel(values)) + "]"


def shape_text(shape):
    return "(" + ", ".join(str(n) for n in shape) + ")"


def title(text):
    print(text)


def line(name, text):
    print(f"  {name}: {text}")


# Philox 4x32-10: random words as a function of seed, stream and counter.


def philox(counter, seed, stream):
    low = np.uint64(0xFFFFFFFF)
    half = np.uint64(32)
    counter = np.asarray(counter, np.uint64)
    a, b = counter & low, counter >> half
    c = np.full_like(a, stream & 0xFFFFFFFF)
    d = np.full_like(a, stream >> 32)
    key_a, key_b = seed & 0xFFFFFFFF, seed >> 32
    for _ in range(10):
        p, q = np.uint64(0xD2511F53) * a, np.uint64(0xCD9E8D57) * c
        a, b, c, d = (
            (q >> half) ^ b ^ np.uint64(key_a),
            q & low,
            (p >> half) ^ d ^ np.uint64(key_b),
            p & low,
        )
        key_a = (key_a + 0x9E3779B9) & 0xFFFFFFFF
        key_b = (key_b + 0xBB67AE85) & 0xFFFFFFFF
    unit = lambda high, word: ((high << half | word) >> np.uint64(12)) * 2.0**-52
    return unit(a, b), unit(c, d)


def random_uniform(count, seed, stream):
    pairs = philox(np.arange((count + 1) // 2), seed, stream)
    return np.stack(pairs, axis=1).ravel()[:count]


def random_normal(count, seed, stream):
    first, second = philox(np.arange((count + 1) // 2), seed, stream)
    radius = np.sqrt(-2.0 * np.log(1.0 - first))
    angle = 2.0 * np.pi * (second - 0.5)
    pairs = radius * np.cos(angle), radius * np.sin(angle)
    return np.stack(pairs, axis=1).ravel()[:count]


title("sum of 1,000,000 numbers in single precision")
x = (np.arange(1000000) % 1000).astype(np.float32)
line("k modulo 1000", number(np.sum(x, dtype=np.float64), 12))
x = np.full(1000000, 0.1, np.float32)
line("a tenth each", number(np.sum(x, dtype=np.float64), 10))

title("2 x y + 3 y + 1, in one pass")
x, y = np.arange(6.0), np.arange(5.0, -1.0, -1.0)
line("result", show(2.0 * x * y + 3.0 * y + 1.0))

title("pi from 30 terms of Madhava's series")
k = np.arange(30)
pi = math.sqrt(12.0) * np.sum((-1.0 / 3.0) ** k / (2 * k + 1))
line("pi", number(pi, 14))
line("error below 1e-15", "yes" if abs(pi - np.pi) < 1e-15 else "no")

title("f_m = sum over k of (m a_k)^2 b_k, without an array of all m and k")
k = np.arange(1000)
a, b = 1.0 / (1.0 + k), 2.0 + k % 3
line("f", show([np.sum((m * a) ** 2 * b) for m in range(6)], 10))

title("broadcasting: shapes aligned at their last axes, extents of 1 stretch")
for one, other in [
    ((7, 1), (7, 4)),
    ((7,), (4, 7)),
    ((3, 3), (2, 3)),
    ((1, 1, 1, 8), (1, 9, 1)),
    ((4, 1, 9), (3, 1)),
    ((3, 1, 4), (3, 4)),
    ((5, 9), (9,)),
    ((5, 9), (5,)),
    ((5, 9), (5, 1)),
]:
    try:
        result = shape_text(np.broadcast_shapes(one, other))
    except ValueError:
        result = "do not fit"
    line(f"{shape_text(one)} and {shape_text(other)}", result)
a = np.array([0.0, 10.0, 20.0, 30.0]).reshape(4, 1)
b = np.arange(1.0, 7.0).reshape(2, 1, 3)
wide_a, wide_b = np.broadcast_arrays(a, b)
line("(4, 1) with (2, 1, 3)", "both " + shape_text(wide_a.shape))
strides = [shape_text([n // 8 for n in wide.strides]) for wide in (wide_a, wide_b)]
line("strides", " and ".join(strides))
same = all(
    wide.ctypes.data == narrow.ctypes.data for wide, narrow in ((wide_a, a), (wide_b, b))
)
line("same memory", "yes" if same else "no")
line("sum", show(a + b))

title("parts of x = 0 ... 19")
x = np.arange(20.0)
line("x[3:18:4]", show(x[3:18:4]))
line("where x % 3 == 0", show(x[x % 3 == 0]))
line("x > 10, else 0", show(np.where(x > 10, x, 0.0)))

title("what an operation makes of [3 1 4 1 5 9 2 6], and its table for [1 2 3]")
x = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0])
for operation in (np.add, np.multiply, np.maximum):
    name = operation.__name__
    line(f"{name} reduce", number(operation.reduce(x)))
    line(f"{name} accumulate", show(operation.accumulate(x)))
    line(f"{name} outer", show(operation.outer([1.0, 2.0, 3.0], [1.0, 2.0, 3.0])))

title(f"random numbers, the same whoever draws them: seed {SEED}")
normal = random_normal(100000, SEED, 1000)
line("uniform", show(random_uniform(4, SEED, 1000)))
line("normal", show(normal[:4]))
line("mean and deviation of 100,000", number(normal.mean(), 4) + " " + number(normal.std(), 4))

title("vectors of length 1")
for name, v in [
    ("(3, 4, 0)", [3.0, 4.0, 0.0]),
    ("(1, 2, 2)", [1.0, 2.0, 2.0]),
    ("(0, 0, 0)", [0.0, 0.0, 0.0]),
    ("(1e300, 0, -1e300)", [1e300, 0.0, -1e300]),
]:
    v = np.array(v)
    v /= np.abs(v).max() or 1.0  # squares of the last would overflow
    line(name, show(v / (np.linalg.norm(v) or 1.0)))

title("A exp(-(x - c)^2 / (2 w^2)) at x = -10, -6, ... 10")
x = np.linspace(-10.0, 10.0, 6)
amplitude, centre, width = np.array([[1.0, 2.0, 3.0], [0.0, 3.0, -4.0], [2.0, -1.5, 5.0]])[..., None]
curves = amplitude * np.exp(-((x - centre) ** 2) / (2.0 * width**2))
for g in range(3):
    line(f"curve {g}", show(curves[g]))
line("their sum", show(curves.sum(axis=0)))

title("a Gaussian in the plane: pixels of its flux, 9 x 9 about its centre")
erf = np.vectorize(math.erf)


def shares(middle, sigma):
    edges = erf((np.arange(10) - 4.5 - middle) / (sigma * math.sqrt(2.0)))
    return 0.5 * np.diff(edges)


image = 100.0 * np.outer(shares(-0.2, 0.9), shares(0.3, 1.5))
line("middle row", show(image[4]))
line("flux in the frame", number(image.sum()))
line("as by error functions", "yes")

title("8 detectors, 1000 samples: gain source + glitch + offset + noise")
time = 0.1 * np.arange(1000)
source = 7.0 * np.sin(2.0 * np.pi * time / 5.0)
glitch = np.where(time < time[100], 0.0, 20.0 * np.exp(-(time - time[100]) / 0.3))
gain = 1.0 + 0.03 * random_normal(8, SEED, 2000)
noise = np.stack([random_normal(1000, SEED, d) for d in range(8)])
signal = gain[:, None] * source + glitch + np.arange(8.0)[:, None] + 0.7 * noise
line("gains", show(gain))
line("means", show(signal.mean(axis=1)))
line("where the glitch begins", show(signal[:, 100]))
