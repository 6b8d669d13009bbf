// SPDX-License-Identifier: BSD-3-Clause
#include "job.hpp"

#include <cmath>
#include <glint/backends.hpp>
#include <glint/catalogue_io.hpp>
#include <glint/image_io.hpp>
#include <glint/memory.hpp>
#include <glint/model.hpp>
#include <glint/psf.hpp>
#include <glint/psf_io.hpp>
#include <glint/render_error.hpp>
#include <limits>
#include <memory>
#include <optional>
#include <sstream>

#include "support/output_paths.hpp"
#include "support/progress_line.hpp"

namespace {

void expect_enough_memory(const Options& options, std::size_t profiles, std::size_t pixel_bytes) {
  const auto& [ny, nx] = options.grid;
  std::string what = glint::concat("an image of ", ny, " x ", nx, " pixels");
  if (options.stack) what += glint::concat(" with a stack of ", profiles, " more");
  if (options.error) what += " with an error map";
  const std::size_t planes = 1 + (options.stack ? profiles : 0) + (options.error ? 1 : 0);
  glint::expect_memory(what, glint::array_bytes(what, {planes, ny, nx}, pixel_bytes));
}

double sum(const glint::Vector<double>& values) {
  double total = 0.0;
  for (std::size_t k = 0; k < values.extent(0); ++k) total += values(k);
  return total;
}

// Row by row, so that rounding does not grow with the whole image.
template <class T>
double sum(const glint::Image<T>& image) {
  double total = 0.0;
  for (std::size_t row = 0; row < image.extent(0); ++row) {
    double part = 0.0;
    for (std::size_t column = 0; column < image.extent(1); ++column) part += image(row, column);
    total += part;
  }
  return total;
}

template <class T>
void write_outputs(const Options& options, const glint::Image<T>& image,
                   const glint::ImageStack<T>& stack, const glint::Image<T>& error,
                   const std::string& backend) {
  glint::ImageMetadata metadata;
  metadata.integrator = glint::integrator_name(options.render.integrator);
  metadata.tolerance = glint::keeps_tolerance(options.render.integrator)
                           ? options.render.tolerance
                           : std::numeric_limits<double>::quiet_NaN();
  metadata.precision = options.single ? "single" : "double";
  metadata.backend = backend;
  metadata.psf = options.psf.string();
  glint::AtomicFile image_file(options.image);
  glint::write_image(image_file, image, metadata, stack, error);
  std::unique_ptr<glint::AtomicFile> picture_file;
  if (!options.picture.empty()) {
    picture_file = std::make_unique<glint::AtomicFile>(options.picture);
    glint::write_png(*picture_file, image);
  }
  image_file.commit();
  if (picture_file) picture_file->commit();
}

// Reads the PSF and prepares it; says what it is, and what may be wrong with it.
template <class ExecutionSpace>
std::optional<glint::PsfPlan<ExecutionSpace>> read_plan(const ExecutionSpace& space,
                                                        const Options& options, Report& report) {
  if (options.psf.empty()) return std::nullopt;
  const glint::PsfImage psf = glint::read_psf(options.psf);
  const glint::PsfPlan<ExecutionSpace> plan(space, options.grid, psf);
  std::ostringstream text;
  const double sum = glint::psf_sum(psf);
  text << psf.values.extent(0) << " x " << psf.values.extent(1) << ", oversampling "
       << psf.oversampling << ", sum " << sum << (psf.normalize ? " normalised to 1, " : ", ")
       << glint::psf_method_name(plan.method());
  report.psf = text.str();
  if (!psf.normalize && std::abs(sum - 1.0) > 1e-3)
    report.warnings +=
        glint::concat("render_catalogue: warning: the PSF '", options.psf.string(), "' sums to ",
                      static_cast<float>(sum), ", not 1, and is used as given (its ",
                      "attribute normalize = 1 would scale it)\n");
  return plan;
}

template <class T, class ExecutionSpace>
Report run_on(const ExecutionSpace& space, const Options& options) {
  Report report;
  report.backend = glint::backend_name<ExecutionSpace>();
  report.concurrency = static_cast<int>(space.concurrency());
  Kokkos::Timer timer;
  const auto lap = [&] {
    const double seconds = timer.seconds();
    timer.reset();
    return seconds;
  };

  const glint::Catalogue<> catalogue = glint::read_catalogue(options.catalogue, options.grid);
  report.profiles = catalogue.size();
  report.catalogue_flux = sum(catalogue.flux);
  expect_enough_memory(options, catalogue.size(), sizeof(T));
  report.read_seconds = lap();

  const auto psf = read_plan(space, options, report);
  auto model = glint::prepare_model(space, catalogue);
  if (psf && psf->oversampling() > 1)  // the values above have been checked as they are in the file
    model = glint::prepare_model(
        space, glint::magnified(space, catalogue, static_cast<double>(psf->oversampling())));
  report.prepare_seconds = lap();

  using MemorySpace = typename ExecutionSpace::memory_space;
  glint::ImageStack<T, MemorySpace> stack;
  glint::Image<T, MemorySpace> error;
  const auto image = glint::make_image<T>(space, options.grid, "render_catalogue::image");
  {
    const ProgressLine progress(glint::concat("rendering ", catalogue.size(), " profiles ..."));
    glint::ModelWorkspace<ExecutionSpace> workspace;
    if (psf)
      glint::render_convolved(space, *psf, model, image, options.render, workspace);
    else
      glint::render(space, options.grid, model, image, options.render, workspace);
    report.unmet_cells = glint::unmet_cells(space, workspace.render.pixels);
    if (options.error) {
      error = glint::make_image<T>(space, options.grid, "render_catalogue::error");
      report.errors = glint::render_error(space, options.grid, model, image, error, options.render);
    }
    if (options.stack) {
      stack = glint::allocate<glint::ImageStack<T, MemorySpace>>(
          space, "render_catalogue::stack", catalogue.size(), options.grid.ny, options.grid.nx);
      if (psf)
        glint::render_convolved_stack(space, *psf, model, stack, options.render, workspace);
      else
        glint::render_stack(space, options.grid, model, stack, options.render, workspace);
    }
    glint::compat::fence(space, "render_catalogue::render");
  }
  const auto host_image = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), image);
  const auto host_stack = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), stack);
  const auto host_error = Kokkos::create_mirror_view_and_copy(Kokkos::HostSpace(), error);
  report.image_flux = sum<T>(host_image);
  report.render_seconds = lap();

  write_outputs<T>(options, host_image, host_stack, host_error, report.backend);
  report.write_seconds = lap();
  return report;
}

}  // namespace

Report run_job(const Options& options) {
  expect_outputs({{"the image", options.image}, {"the picture", options.picture}},
                 {{"the catalogue", options.catalogue}, {"the PSF", options.psf}});
  Report report;
  glint::with_backend(options.backend, [&](const auto& space) {
    report = options.single ? run_on<float>(space, options) : run_on<double>(space, options);
  });
  return report;
}
