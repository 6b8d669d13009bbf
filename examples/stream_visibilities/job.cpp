// SPDX-License-Identifier: BSD-3-Clause
#include "job.hpp"

#include <algorithm>
#include <glint/backends.hpp>
#include <glint/image_io.hpp>
#include <glint/interferometry_io.hpp>
#include <glint/memory.hpp>
#include <memory>

#include "observation.hpp"
#include "picture.hpp"
#include "support/output_paths.hpp"
#include "support/progress_line.hpp"

#if __has_include(<sys/resource.h>)
#include <sys/resource.h>
#endif

namespace {

constexpr double pixel_scale = 0.05;

std::size_t peak_bytes() {
#if __has_include(<sys/resource.h>)
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
#if defined(__APPLE__)
  return static_cast<std::size_t>(usage.ru_maxrss);
#else
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
#endif
#else
  return 0;
#endif
}

glint::SkyPixels<> whole_frame(std::size_t side) {
  glint::SkyPixels<> pixels;
  pixels.grid = {side, side, pixel_scale};
  pixels.row = glint::SkyPixels<>::Indices("stream_visibilities::row", side * side);
  pixels.column = glint::SkyPixels<>::Indices("stream_visibilities::column", side * side);
  for (std::size_t m = 0; m < side * side; ++m) {
    pixels.row(m) = static_cast<int>(m / side);
    pixels.column(m) = static_cast<int>(m % side);
  }
  return pixels;
}

// What is summed, so that a checkpoint of something else is told apart; their number is left out:
// a longer observation begins with the shorter one.
std::string name_of(const Options& options) {
  return glint::concat("visibilities made from seed ", options.seed, ", noise ",
                       options.unequal_noise ? "unequal" : "equal", ", frame ", options.side);
}

template <class ExecutionSpace>
void sum(const ExecutionSpace& space, const Options& options, glint::UvSums<ExecutionSpace>& sums,
         Report& report) {
  const Checkpoints checkpoints(options.checkpoint, name_of(options), options.chunk);
  std::uint64_t first = 0;
  if (const auto earlier = checkpoints.earlier()) {
    const auto& path = options.checkpoint.path;
    GLINT_EXPECTS(earlier->next <= options.visibilities, "the checkpoint '", path.string(),
                  "' holds ", earlier->next, " visibilities, more than the ", options.visibilities,
                  " asked for");
    sums.restore(space, sums_of(*earlier, "sums", path));
    first = report.resumed = earlier->next;
  }
  Observation<ExecutionSpace> observation;
  observation.chunk = glint::UvData<typename ExecutionSpace::memory_space>(
      space, static_cast<std::size_t>(
                 std::min<std::uint64_t>(options.chunk, options.visibilities - first)));
  observation.seed = options.seed;
  observation.longest = 0.5 / sums.grid().step();  // the grid's Nyquist limit
  observation.field = static_cast<double>(options.side) * sums.grid().step();
  observation.unequal_noise = options.unequal_noise;
  const auto whole = observation.chunk;
  Kokkos::Timer timer;
  const auto lap = [&](double& seconds) {
    glint::compat::fence(space, "stream_visibilities::lap");
    seconds += timer.seconds();
    timer.reset();
  };
  ProgressLine progress(glint::concat("summing ", options.visibilities, " visibilities ..."));
  while (first < options.visibilities) {
    const std::uint64_t next = std::min<std::uint64_t>(first + options.chunk, options.visibilities);
    const auto count = static_cast<std::size_t>(next - first);
    if (count < whole.size()) {
      const auto part = std::make_pair(std::size_t(0), count);
      observation.chunk.u = Kokkos::subview(whole.u, part);
      observation.chunk.v = Kokkos::subview(whole.v, part);
      observation.chunk.re = Kokkos::subview(whole.re, part);
      observation.chunk.im = Kokkos::subview(whole.im, part);
      observation.chunk.noise_re = Kokkos::subview(whole.noise_re, part);
      observation.chunk.noise_im = Kokkos::subview(whole.noise_im, part);
    }
    observation.first = first;
    Kokkos::parallel_for("stream_visibilities::make", glint::range(space, count), observation);
    lap(report.make_seconds);
    glint::accumulate(space, observation.chunk, sums);
    lap(report.sum_seconds);
    if (checkpoints.due(first, next, options.visibilities)) {
      glint::UvCheckpoint checkpoint = checkpoints.make(next);
      checkpoint.sums.emplace("sums", sums.state(space));
      checkpoints.write(checkpoint);
      lap(report.checkpoint_seconds);
    }
    first = next;
    progress.bar(glint::concat("summing ", options.visibilities, " visibilities"),
                 static_cast<double>(first), static_cast<double>(options.visibilities));
  }
}

template <class ExecutionSpace>
void write(const Options& options, const glint::UvSums<ExecutionSpace>& sums,
           const Report& report) {
  const auto kernel = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), sums.compact());
  const auto hankel = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), sums.hankel());
  const auto dirty = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), sums.dirty_image());
  const glint::Hdf5Shape shape{kernel.extent(0), kernel.extent(1)};
  std::vector<glint::ReconstructionOutput> outputs{
      {"w_compact", shape, kernel.data()},
      {"dirty_image", {dirty.extent(0)}, dirty.data()},
      {"data_term", {}, &report.data_term},
      {"noise_normalization", {}, &report.noise_normalization}};
  if (sums.has_hankel()) outputs.push_back({"w_hankel", shape, hankel.data()});
  glint::ReconstructionMetadata metadata;
  metadata.data_set = glint::concat(options.visibilities, " ", name_of(options));
  metadata.pixel_scale = pixel_scale;
  metadata.noise = glint::noise_weights_name(sums.options().noise);
  metadata.kernel = glint::kernel_method_name(options.kernel.method);
  metadata.curvature = "none";
  metadata.backend = report.backend;
  glint::AtomicFile result(options.result);
  glint::write_reconstruction(result, outputs, metadata);
  std::unique_ptr<glint::AtomicFile> picture;
  if (!options.picture.empty()) {
    picture = std::make_unique<glint::AtomicFile>(options.picture);
    glint::write_png(*picture, side_by_side(options.side, dirty, kernel));
  }
  result.commit();
  if (picture) picture->commit();
}

template <class ExecutionSpace>
Report run_on(const ExecutionSpace& space, const Options& options) {
  Report report;
  report.backend = glint::backend_name<ExecutionSpace>();
  report.concurrency = static_cast<int>(space.concurrency());
  const std::string what = glint::concat("a chunk of ", options.chunk, " visibilities");
  report.chunk_bytes = glint::array_bytes(what, {options.chunk}, 48);
  glint::expect_memory(what, report.chunk_bytes);
  if (!options.picture.empty())
    glint::expect_png_size(glint::PixelGrid{options.side, 2 * options.side + 8});
  report.before_bytes = peak_bytes();
  glint::UvSumsOptions sum_options;
  sum_options.kernel = options.kernel;
  const glint::SkyPixels<> frame = whole_frame(options.side);
  glint::UvSums<ExecutionSpace> sums(space, glint::to_space(space, frame), sum_options);
  sum(space, options, sums, report);
  report.peak_bytes = peak_bytes();
  report.data_term = sums.data_term();
  report.noise_normalization = sums.noise_normalization();
  Kokkos::Timer timer;
  write(options, sums, report);
  report.write_seconds = timer.seconds();
  return report;
}

}  // namespace

Report run_job(const Options& options) {
  expect_outputs({{"the result", options.result},
                  {"the picture", options.picture},
                  {"the checkpoint", options.checkpoint.path}},
                 {});
  Report report;
  glint::with_backend(options.backend, [&](const auto& space) { report = run_on(space, options); });
  return report;
}
