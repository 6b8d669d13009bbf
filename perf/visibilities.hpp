// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_VISIBILITIES_HPP
#define GLINT_PERF_VISIBILITIES_HPP

#include <cmath>
#include <glint/uv_data.hpp>

#include "case.hpp"
#include "inversions.hpp"

/// Visibilities, and what sums over them should be.

namespace glint::perf {

/// Baselines up to the grid's Nyquist limit.
inline UvData<> visibilities(const SkyGrid& grid, std::size_t count, bool equal_noise) {
  Spread spread(4711);
  const double longest = 0.5 / grid.step();
  UvData<> data(count);
  for (std::size_t k = 0; k < count; ++k) {
    data.u(k) = spread(-longest, longest), data.v(k) = spread(-longest, longest);
    data.re(k) = spread(-1.0, 1.0), data.im(k) = spread(-1.0, 1.0);
    data.noise_re(k) = spread(0.5, 2.0);
    data.noise_im(k) = equal_noise ? data.noise_re(k) : spread(0.5, 2.0);
  }
  return data;
}

/// cos and sin of 2 pi turn at `count` turns first, first + step, ...
struct Phases {
  Numbers cosine, sine;

  void assign(std::size_t count, double first, double step) {
    cosine.resize(count), sine.resize(count);
    for (std::size_t k = 0; k < count; ++k) {
      const double phase = 2.0 * constants::pi * (first + step * static_cast<double>(k));
      cosine[k] = std::cos(phase), sine[k] = std::sin(phase);
    }
  }
};

/// The kernel of weights noise_re, as w_compact() defines it: every cosine and sine by the standard
/// library, cos(a - b) by cos a cos b + sin a sin b.
inline Numbers kernel_sum(const SkyGrid& grid, const UvData<>& data) {
  const std::size_t ny = grid.ny, width = 2 * grid.nx - 1;
  Numbers kernel(ny * width, 0.0);
  Phases along_x, along_y;
  for (std::size_t k = 0; k < data.size(); ++k) {
    const double u = grid.step() * data.u(k), v = grid.step() * data.v(k);
    along_x.assign(width, -u * static_cast<double>(grid.nx - 1), u);
    along_y.assign(ny, 0.0, v);
    const double *cosine = along_x.cosine.data(), *sine = along_x.sine.data();
    for (std::size_t m = 0; m < ny; ++m) {
      const double a = data.noise_re(k) * along_y.cosine[m], b = data.noise_re(k) * along_y.sine[m];
      double* row = kernel.data() + m * width;
      for (std::size_t c = 0; c < width; ++c) row[c] += a * cosine[c] + b * sine[c];
    }
  }
  return kernel;
}

/// The dirty image in the same way, as dirty_image() defines it.
inline Numbers image_sum(const SkyPixels<>& pixels, const UvData<>& data) {
  const SkyGrid& grid = pixels.grid;
  Numbers frame(grid.ny * grid.nx, 0.0), image(pixels.size());
  Phases along_x, along_y;
  for (std::size_t k = 0; k < data.size(); ++k) {
    const double re = data.re(k) / (data.noise_re(k) * data.noise_re(k));
    const double im = data.im(k) / (data.noise_im(k) * data.noise_im(k));
    along_x.assign(grid.nx, grid.x(0.0) * data.u(k), grid.step() * data.u(k));
    along_y.assign(grid.ny, grid.y(0.0) * data.v(k), -grid.step() * data.v(k));
    const double *cosine = along_x.cosine.data(), *sine = along_x.sine.data();
    for (std::size_t i = 0; i < grid.ny; ++i) {
      // re cos(x + y) - im sin(x + y)
      const double a = re * along_y.cosine[i] - im * along_y.sine[i];
      const double b = re * along_y.sine[i] + im * along_y.cosine[i];
      double* row = frame.data() + i * grid.nx;
      for (std::size_t j = 0; j < grid.nx; ++j) row[j] += a * cosine[j] - b * sine[j];
    }
  }
  for (std::size_t m = 0; m < image.size(); ++m)
    image[m] = frame[static_cast<std::size_t>(pixels.row(m)) * grid.nx +
                     static_cast<std::size_t>(pixels.column(m))];
  return image;
}

inline void export_visibilities(Export& out, const UvData<>& data) {
  for_each_column(data, [&](const char* name, const auto& column) { out.array(name, column); });
}

}  // namespace glint::perf

#endif
