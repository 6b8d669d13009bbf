// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_GATHER_HPP
#define GLINT_GATHER_HPP

#include <algorithm>
#include <cmath>
#include <glint/interferometry_io.hpp>
#include <glint/uv_sums.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "options.hpp"
#include "report.hpp"
#include "support/checkpoints.hpp"
#include "support/progress_line.hpp"

/// All that is summed over the visibilities of a data set.
template <class ExecutionSpace>
struct Gathered {
  glint::UvSums<ExecutionSpace> sums;
  std::unique_ptr<glint::UvSums<ExecutionSpace>> exact;  ///< where `sums` are not, if wanted
  std::vector<double> w_tilde_data;                      ///< if wanted
};

/// Names what is summed, so that a checkpoint of another data set is told apart: its size, frame,
/// mask, and the visibilities at both ends.
inline std::string name_of(const glint::InterferometerFile& file) {
  const glint::SourceModel& model = file.model();
  const std::size_t count = file.count(), ends = std::min<std::size_t>(count, 1024);
  std::uint64_t hash = glint::hash_bytes(model.mask.data(), model.mask.size());
  hash = glint::hash_bytes(&model.grid.pixel_scale, sizeof(double), hash);
  for (const std::size_t first : {std::size_t(0), count - ends})
    glint::for_each_column(file.visibilities(first, ends),
                           [&](const char*, const glint::Vector<double>& column) {
                             const std::size_t bytes = column.size() * sizeof(double);
                             hash = glint::hash_bytes(column.data(), bytes, hash);
                           });
  return glint::concat(count, " visibilities, fingerprint ", hash);
}

/// One pass over the visibilities.
template <class ExecutionSpace>
class Gathering {
 public:
  using Memory = typename ExecutionSpace::memory_space;

  Gathering(const ExecutionSpace& space, const Options& options,
            const glint::InterferometerFile& file, const glint::SkyPixels<Memory>& pixels)
      : space_(space),
        options_(options),
        file_(file),
        gathered_{{space, pixels, options.sums}, nullptr, {}} {
    if (options.sums.noise == glint::NoiseWeights::real &&
        options.wants("curvature_matrix_exact")) {
      glint::UvSumsOptions exact = options.sums;
      exact.noise = glint::NoiseWeights::exact;
      gathered_.exact = std::make_unique<glint::UvSums<ExecutionSpace>>(space, pixels, exact);
    }
    if (!options.wants("w_tilde_data")) return;
    gathered_.w_tilde_data.assign(pixels.size(), 0.0);
    part_ = glint::allocate<Column>(space, "reconstruct_source::w_tilde_data", pixels.size());
  }

  /// Reads chunk by chunk, so that memory does not depend on the number of visibilities, and from
  /// where an earlier run was stopped.
  Gathered<ExecutionSpace> run(Report& report) {
    const std::size_t count = file_.count();
    const bool kept = !options_.checkpoint.path.empty();
    const Checkpoints checkpoints(options_.checkpoint, kept ? name_of(file_) : "", options_.chunk);
    std::size_t first = 0;
    if (const auto earlier = checkpoints.earlier()) {
      restore(*earlier);
      first = report.resumed = static_cast<std::size_t>(earlier->next);
    }
    ProgressLine progress(glint::concat("summing ", count, " visibilities ..."));
    while (first < count) {
      const std::size_t next = std::min(first + options_.chunk, count);
      add(file_.visibilities(first, next - first));
      if (checkpoints.due(first, next, count)) checkpoints.write(checkpoint(checkpoints, next));
      first = next;
      progress.bar(glint::concat("summing ", count, " visibilities"), static_cast<double>(first),
                   static_cast<double>(count));
    }
    report.longest = 2.0 * longest_ * gathered_.sums.grid().step();
    report.visibilities = gathered_.sums.count();
    report.flagged = count - report.visibilities;
    report.unequal_noise = gathered_.sums.has_hankel();
    GLINT_EXPECTS(report.visibilities > 0, "all ", count, " visibilities of '",
                  file_.path().string(), "' are flagged");
    return std::move(gathered_);
  }

 private:
  using Column = glint::Vector<double, Memory>;

  void add(const glint::UvData<>& host) {
    for (std::size_t k = 0; k < host.size(); ++k)
      longest_ = std::max({longest_, std::fabs(host.u(k)), std::fabs(host.v(k))});
    const auto chunk = glint::to_space(space_, host);
    glint::accumulate(space_, chunk, gathered_.sums);
    if (gathered_.exact) glint::accumulate(space_, chunk, *gathered_.exact);
    if (gathered_.w_tilde_data.empty() || chunk.size() == 0) return;
    glint::w_tilde_data(space_, gathered_.sums.pixels(), chunk.re, chunk.noise_re, chunk.u, chunk.v,
                        part_, options_.sums.kernel, workspace_);
    const auto host_part = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), part_);
    glint::compat::fence(space_, "reconstruct_source::w_tilde_data");
    for (std::size_t m = 0; m < host_part.extent(0); ++m) gathered_.w_tilde_data[m] += host_part(m);
  }

  glint::UvCheckpoint checkpoint(const Checkpoints& checkpoints, std::size_t next) const {
    glint::UvCheckpoint result = checkpoints.make(next);
    result.sums.emplace("sums", gathered_.sums.state(space_));
    if (gathered_.exact) result.sums.emplace("exact", gathered_.exact->state(space_));
    result.extra["longest"] = {longest_};
    if (!gathered_.w_tilde_data.empty()) result.extra["w_tilde_data"] = gathered_.w_tilde_data;
    return result;
  }

  void restore(const glint::UvCheckpoint& earlier) {
    const auto& path = options_.checkpoint.path;
    const auto into = [&](glint::UvSums<ExecutionSpace>& sums, const char* name) {
      const glint::UvSumsState& state = sums_of(earlier, name, path);
      try {
        sums.restore(space_, state);
      } catch (const glint::Error& error) {
        throw glint::Error(
            glint::concat("the checkpoint '", path.string(), "' does not fit: ", error.sentence()));
      }
    };
    into(gathered_.sums, "sums");
    if (gathered_.exact) into(*gathered_.exact, "exact");
    longest_ = extra_of(earlier, "longest", 1, path)[0];
    if (!gathered_.w_tilde_data.empty())
      gathered_.w_tilde_data =
          extra_of(earlier, "w_tilde_data", gathered_.w_tilde_data.size(), path);
  }

  ExecutionSpace space_;
  const Options& options_;
  const glint::InterferometerFile& file_;
  Gathered<ExecutionSpace> gathered_;
  Column part_;
  glint::KernelWorkspace<ExecutionSpace> workspace_;
  double longest_ = 0.0;
};

#endif
