// SPDX-License-Identifier: BSD-3-Clause
#include "job.hpp"

#include <glint/backends.hpp>
#include <glint/circular_mask.hpp>
#include <glint/image_io.hpp>
#include <glint/memory.hpp>

#include "outputs.hpp"
#include "picture.hpp"
#include "support/output_paths.hpp"

namespace {

// Whether the outputs with M x M numbers can be had; throws where one was named and cannot.
bool allow_dense(const Options& options, std::size_t pixels, Report& report) {
  const bool small = pixels <= glint::w_tilde_limit;
  for (const std::string& name : options.outputs)
    GLINT_EXPECTS(small || (name != "w_tilde" && name != "omega"), "the output ", name,
                  " is written for up to ", glint::w_tilde_limit, " pixels, and the mask keeps ",
                  pixels);
  GLINT_EXPECTS(small || options.curvature != CurvatureRoute::dense,
                "--curvature dense needs at most ", glint::w_tilde_limit,
                " pixels, and the mask keeps ", pixels);
  if (!small && options.all)
    report.notes += glint::concat("  without     w_tilde and omega, which are written for up to ",
                                  glint::w_tilde_limit, " pixels\n");
  return small;
}

// Predicts the arrays that grow with products of M and S.
void expect_enough_memory(const Options& options, std::size_t pixels, std::size_t sources,
                          bool dense) {
  std::size_t squares = 2, wide = 0;  // S x S and M x S
  for (const char* name :
       {"curvature_matrix_exact", "regularization_matrix", "regularization_matrix_unit"})
    squares += options.wants(name);
  if (options.find_coefficient) squares += 5;  // an EvidenceScan
  wide += options.wants("mapping_matrix") + (dense && options.wants("omega"));
  wide += options.curvature != CurvatureRoute::direct;
  const std::size_t full =
      (dense && options.wants("w_tilde")) + (options.curvature == CurvatureRoute::dense);
  const std::string what =
      glint::concat("a reconstruction of ", sources, " source and ", pixels, " image pixels");
  const std::size_t bytes = glint::array_bytes(what, {squares, sources, sources}, 8);
  const std::size_t more = glint::array_bytes(what, {wide, pixels, sources}, 8);
  const std::size_t most = glint::array_bytes(what, {full, pixels, pixels}, 8);
  glint::expect_memory(what, bytes + more + most);
}

template <class ExecutionSpace>
Model<ExecutionSpace> make_model(const ExecutionSpace& space, const glint::SourceModel& source) {
  const auto there = [&](const auto& matrix) {
    using T = typename std::decay_t<decltype(matrix)>::non_const_value_type;
    const auto copied = glint::allocate<glint::Matrix<T, typename ExecutionSpace::memory_space>>(
        space, "reconstruct_source::table", matrix.extent(0), matrix.extent(1));
    glint::copy(space, copied, matrix);
    return copied;
  };
  Model<ExecutionSpace> model;
  model.pixels = glint::unmasked_pixels(space, there(source.mask), source.grid.pixel_scale);
  model.mapping = glint::make_mapping<double>(space, source.pixels(), source.sources(),
                                              source.indexes.extent(1));
  glint::MappingWorkspace<ExecutionSpace> workspace;
  glint::assign_mapping(space, there(source.indexes), there(source.weights), model.mapping,
                        workspace);
  model.neighbours = there(source.neighbours);
  glint::compat::fence(space, "reconstruct_source::model");
  return model;
}

void write(const Options& options, const glint::InterferometerFile& file, const Report& report,
           const std::vector<glint::ReconstructionOutput>& outputs,
           const glint::Vector<double>& dirty, const glint::Vector<double>& source) {
  glint::ReconstructionMetadata metadata;
  metadata.data_set = options.data_set.string();
  metadata.pixel_scale = report.pixel_scale;
  metadata.coefficient = report.coefficient;
  metadata.noise = glint::noise_weights_name(options.sums.noise);
  metadata.kernel = glint::kernel_method_name(options.sums.kernel.method);
  metadata.curvature = curvature_route_name(options.curvature);
  metadata.backend = report.backend;
  glint::AtomicFile result(options.result);
  glint::write_reconstruction(result, outputs, metadata);
  std::unique_ptr<glint::AtomicFile> picture;
  if (!options.picture.empty()) {
    picture = std::make_unique<glint::AtomicFile>(options.picture);
    glint::write_png(*picture, side_by_side(file.model(), dirty, lensed(file.model(), source)));
  }
  result.commit();
  if (picture) picture->commit();
}

template <class ExecutionSpace>
Report run_on(const ExecutionSpace& space, const Options& options) {
  Report report;
  report.backend = glint::backend_name<ExecutionSpace>();
  report.concurrency = static_cast<int>(space.concurrency());
  Kokkos::Timer timer;
  const auto lap = [&](const char* stage) {
    glint::compat::fence(space, stage);
    report.seconds.emplace_back(stage, timer.seconds());
    timer.reset();
  };

  const glint::InterferometerFile file(options.data_set);
  const glint::SourceModel& source = file.model();
  report.side = source.grid.ny;
  report.pixels = source.pixels();
  report.sources = source.sources();
  report.width = source.indexes.extent(1);
  report.pixel_scale = source.grid.pixel_scale;
  report.coefficient = options.coefficient.value_or(source.coefficient);
  report.coefficient_of_file = file.has_coefficient();
  const bool dense = allow_dense(options, report.pixels, report);
  expect_enough_memory(options, report.pixels, report.sources, dense);
  const std::size_t chunk = std::min(options.chunk, file.count());
  const std::string what = glint::concat("a chunk of ", chunk, " visibilities");
  glint::expect_memory(what, glint::array_bytes(what, {chunk}, 150));
  if (!options.picture.empty())
    glint::expect_png_size(glint::PixelGrid{report.side, 2 * report.side + 8});
  lap("read");

  const Model<ExecutionSpace> model = make_model(space, source);
  lap("mapping");
  const Gathered<ExecutionSpace> gathered =
      Gathering<ExecutionSpace>(space, options, file, model.pixels).run(report);
  lap("sums");
  Outputs outputs(options);
  Solution<ExecutionSpace> solution;
  {
    const ProgressLine progress(glint::concat("reconstructing ", report.sources, " sources ..."));
    const auto curvature = curvature_matrix(space, options.curvature, gathered.sums, model);
    lap("curvature");
    if (options.find_coefficient) {
      const double start = report.coefficient > 0.0 ? report.coefficient : 1.0;
      const glint::BestCoefficient found =
          find_coefficient(space, start, gathered.sums, model, curvature);
      report.coefficient = found.best.coefficient;
      report.coefficient_inside = found.inside;
      lap("coefficient");
    }
    solution = solve(space, report.coefficient, gathered.sums, model, curvature);
    report.evidence = solution.evidence;
    report.disagreement = solution.disagreement;
    lap("solve");
    add_sums(space, gathered, dense, outputs);
    add_model(space, gathered, model, report.coefficient, dense, options.curvature, outputs);
    add_solution(solution, curvature, !gathered.exact, outputs);
    lap("outputs");
  }
  const auto dirty =
      Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), gathered.sums.dirty_image());
  const auto x = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), solution.source);
  const auto [least, largest] = std::minmax_element(x.data(), x.data() + x.extent(0));
  report.least = *least;
  report.largest = *largest;
  report.outputs = outputs.list().size();
  write(options, file, report, outputs.list(), dirty, x);
  lap("write");
  return report;
}

}  // namespace

Report run_job(const Options& options) {
  expect_outputs({{"the result", options.result},
                  {"the picture", options.picture},
                  {"the checkpoint", options.checkpoint.path}},
                 {{"the data set", options.data_set}});
  Report report;
  glint::with_backend(options.backend, [&](const auto& space) { report = run_on(space, options); });
  return report;
}
