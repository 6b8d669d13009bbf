// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <glint/curvature_cost.hpp>
#include <glint/w_tilde.hpp>
#include <limits>

namespace glint::impl {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

double number(std::size_t count) { return static_cast<double>(count); }

/// Numbers of one transform, as FrameProduct lays it out, and their n log2 n.
struct Transform {
  Transform(std::size_t height, std::size_t width)
      : numbers(number(good_fft_size(2 * height - 1)) * number(2 * good_fft_size(width))),
        steps(numbers * std::log2(numbers)),
        in_cache(12.0 * numbers < 1 << 20) {}
  double numbers, steps;
  bool in_cache;  // rows that are there and half a spectrum: 12 bytes a number
};

/// Seconds of one core for each count; "far": what a count costs more where arrays outgrow caches.
struct HostRates {
  double call, arranged, tile_source, run, project, entry_far;          // direct
  double step, step_far, pixel, fft_arranged, gather, mirror_far;       // fft
  double entry, term, row, close, write;                                // products
  double expand, expand_far, product, product_far, omega, finish, out;  // dense
  double apply_call, apply_multiply, apply_fft_call, apply_step;        // W x
};
constexpr HostRates rates{
    4.4e-6,   2.26e-8,  2.77e-10, 7.58e-11, 7.47e-11, 2.39e-9,           // direct
    2.99e-10, 3.83e-10, 3.05e-10, 7.6e-9,   5.33e-11, 8.5e-10,           // fft
    3.5e-9,   1.29e-10, 5.5e-10,  5.4e-11,  9.5e-10,                     // products
    2.1e-10,  1.31e-9,  1.18e-10, 1.03e-10, 7.03e-10, 4.3e-11, 1.03e-9,  // dense
    7.5e-7,   3.8e-11,  9e-7,     3.0e-10,                               // W x
};

/// The mean number of pixels below each other that a source seen in c pixels is worked on by.
double run_length(double c) { return 1.0 + 3.0 * c / (c + 10.0); }

/// Entries of F that are far from the core: from S = 1000 on most of them.
double far_entries(double s) { return s * s * (s * s / (s * s + 1e6)); }

/// Image pixels with those that tiles hold besides.
double tiled(const CurvatureShape& shape) {
  return number(shape.pixels) + 14.0 * number(shape.height);
}

double direct_on_host(const CurvatureShape& shape) {
  const double nnz = number(shape.nonzeros), s = number(shape.sources), m = tiled(shape);
  const double passes = shape.hankel ? 3.0 : 1.0;  // a Hankel part has no triangle
  return rates.call + rates.arranged * nnz +
         m * (rates.tile_source * s + passes * rates.run * nnz / run_length(nnz / s)) +
         rates.project * nnz * s + rates.entry_far * far_entries(s);
}

/// Further threads hasten the transforms; arranging and gathering not, as measured on two.
double fft_on_host(const CurvatureShape& shape, double threads) {
  const Transform transform(shape.height, shape.width);
  const double nnz = number(shape.nonzeros), s = number(shape.sources);
  const double step = transform.in_cache ? rates.step : rates.step_far;
  return s * (step * transform.steps + rates.pixel * number(shape.pixels)) / threads +
         rates.fft_arranged * nnz + rates.gather * nnz * s +
         rates.mirror_far * far_entries(s) / threads;
}

double dense_on_host(const CurvatureShape& shape) {
  const double nnz = number(shape.nonzeros), s = number(shape.sources), m = number(shape.pixels);
  const bool far = m * m > 2e6;
  return (rates.expand + (far ? rates.expand_far : 0.0)) * (shape.hankel ? 2.0 : 1.0) * m * m +
         (rates.product + (far ? rates.product_far : 0.0)) * nnz * m + rates.omega * m * s +
         rates.finish * nnz * s + rates.out * far_entries(s);
}

double products_on_host(const CurvatureShape& shape) {
  const double nnz = number(shape.nonzeros), s = number(shape.sources), m = number(shape.pixels);
  return rates.entry * nnz + rates.term * (shape.hankel ? 2.0 : 1.0) * nnz * m + rates.row * m * s +
         rates.close * nnz * s + rates.write * far_entries(s);
}

/// What one thread's part of the direct route is: source pixels go to threads in blocks of 32.
double direct_share(const CurvatureShape& shape, double threads) {
  const double blocks = std::ceil(number(shape.sources) / 32.0);
  if (blocks < threads) return 1.0 / threads;  // there threads share blocks
  return std::min(1.0, 32.0 * std::ceil(blocks / threads) / number(shape.sources));
}

/// Several threads wait for each other at every launch.
constexpr double host_launch = 2.5e-6;

/// Of a device, per multiply-add, per number moved and per launch: guesses.
constexpr double device_multiply = 3e-13, device_move = 8e-12, device_launch = 5e-6;

CurvatureCost on_device(const CurvatureShape& shape) {
  const Transform transform(shape.height, shape.width);
  const double nnz = number(shape.nonzeros), s = number(shape.sources), m = number(shape.pixels);
  const double columns = s / 32.0;
  return {10.0 * device_launch + device_multiply * nnz * ((shape.hankel ? 3.0 : 1.0) * m + s),
          (10.0 + 8.0 * columns) * device_launch +
              device_move * (6.0 * s * transform.numbers + 2.0 * nnz * s),
          10.0 * device_launch + device_move * nnz * (2.0 * m + s),
          10.0 * device_launch + device_move * (2.0 * m * m + nnz * (m + s))};
}

}  // namespace

CurvatureCost curvature_cost(const Workers& workers, const CurvatureShape& shape) {
  CurvatureCost cost;
  if (workers.host) {
    const double launch = workers.threads > 1.0 ? host_launch : 0.0;
    cost.direct = 12.0 * launch + direct_on_host(shape) * direct_share(shape, workers.threads);
    cost.fft = 40.0 * launch + fft_on_host(shape, workers.threads);
    cost.products = 12.0 * launch + products_on_host(shape) / workers.threads;
    cost.dense = 24.0 * launch + dense_on_host(shape) / workers.threads;
  } else {
    cost = on_device(shape);
  }
  if (!workers.fft) cost.fft = never;
  if (shape.pixels > w_tilde_limit) cost.products = cost.dense = never;
  return cost;
}

OperatorCost operator_cost(const Workers& workers, std::size_t height, std::size_t width) {
  const Transform transform(height, width);
  const double h = number(height), w = number(width);
  OperatorCost cost;
  if (workers.host) {
    cost.direct = rates.apply_call +
                  rates.apply_multiply * (h + 4.0) * (w + 8.0) * (h + 2.0) * w / workers.threads;
    cost.fft = rates.apply_fft_call + rates.apply_step * transform.steps / workers.threads;
  } else {
    cost.direct = 3.0 * device_launch + device_multiply * h * w * h * w;
    cost.fft = 6.0 * device_launch + device_move * 6.0 * transform.numbers;
  }
  if (!workers.fft) cost.fft = never;
  return cost;
}

}  // namespace glint::impl
