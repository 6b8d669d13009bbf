// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_GATHER_HPP
#define GLINT_GATHER_HPP

#include <algorithm>
#include <cmath>
#include <glint/interferometry_io.hpp>
#include <glint/uv_sums.hpp>
#include <memory>
#include <vector>

#include "options.hpp"
#include "report.hpp"
#include "support/progress_line.hpp"

/// All that is summed over the visibilities of a data set.
template <class ExecutionSpace>
struct Gathered {
  glint::UvSums<ExecutionSpace> sums;
  std::unique_ptr<glint::UvSums<ExecutionSpace>> exact;  ///< where `sums` are not, if wanted
  std::vector<double> w_tilde_data;                      ///< if wanted
};

/// Reads the visibilities chunk by chunk; memory does not depend on their number.
template <class ExecutionSpace>
Gathered<ExecutionSpace> gather(
    const ExecutionSpace& space, const Options& options, const glint::InterferometerFile& file,
    const glint::SkyPixels<typename ExecutionSpace::memory_space>& pixels, Report& report) {
  Gathered<ExecutionSpace> gathered{{space, pixels, options.sums}, nullptr, {}};
  if (options.sums.noise == glint::NoiseWeights::real && options.wants("curvature_matrix_exact")) {
    glint::UvSumsOptions exact = options.sums;
    exact.noise = glint::NoiseWeights::exact;
    gathered.exact = std::make_unique<glint::UvSums<ExecutionSpace>>(space, pixels, exact);
  }
  const bool with_data_image = options.wants("w_tilde_data");
  using Column = glint::Vector<double, typename ExecutionSpace::memory_space>;
  Column part;
  glint::KernelWorkspace<ExecutionSpace> workspace;
  if (with_data_image) {
    gathered.w_tilde_data.assign(pixels.size(), 0.0);
    part = glint::allocate<Column>(space, "reconstruct_source::w_tilde_data", pixels.size());
  }

  const std::size_t count = file.count();
  ProgressLine progress(glint::concat("summing ", count, " visibilities ..."));
  for (std::size_t first = 0; first < count; first += options.chunk) {
    const auto host = file.visibilities(first, std::min(options.chunk, count - first));
    for (std::size_t k = 0; k < host.size(); ++k)
      report.longest = std::max({report.longest, std::fabs(host.u(k)), std::fabs(host.v(k))});
    const auto chunk = glint::to_space(space, host);
    glint::accumulate(space, chunk, gathered.sums);
    if (gathered.exact) glint::accumulate(space, chunk, *gathered.exact);
    if (with_data_image && chunk.size() > 0) {
      glint::w_tilde_data(space, pixels, chunk.re, chunk.noise_re, chunk.u, chunk.v, part,
                          options.sums.kernel, workspace);
      const auto host_part = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), part);
      glint::compat::fence(space, "reconstruct_source::w_tilde_data");
      for (std::size_t m = 0; m < pixels.size(); ++m) gathered.w_tilde_data[m] += host_part(m);
    }
    progress.change(glint::concat("summed ", std::min(first + options.chunk, count), " of ", count,
                                  " visibilities ..."));
  }
  report.longest *= 2.0 * pixels.grid.step();
  report.visibilities = gathered.sums.count();
  report.flagged = count - report.visibilities;
  report.unequal_noise = gathered.sums.has_hankel();
  GLINT_EXPECTS(report.visibilities > 0, "all ", count, " visibilities of '", file.path().string(),
                "' are flagged");
  return gathered;
}

#endif
