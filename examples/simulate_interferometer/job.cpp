// SPDX-License-Identifier: BSD-3-Clause
#include "job.hpp"

#include <cmath>
#include <glint/backends.hpp>
#include <glint/circular_mask.hpp>
#include <glint/interferometry_io.hpp>
#include <glint/memory.hpp>
#include <glint/predict_visibilities.hpp>

#include "source_mesh.hpp"
#include "support/progress_line.hpp"

namespace {

constexpr double pixel_scale = 0.05;
constexpr double flux_to_noise = 200.0;  // of all visibilities together, were the source a point

// Streams of random numbers, one for each purpose, so that none depends on how many another takes.
enum Stream : std::uint64_t { lens_stream, source_stream, baseline_stream, noise_stream };

using Host = Kokkos::DefaultHostExecutionSpace;

double mask_radius(const Options& options) {
  return 0.5 * static_cast<double>(options.side) * pixel_scale;
}

glint::SkyPixels<> make_mask(const Options& options, glint::SourceModel& model) {
  const Host host;
  model.grid = {options.side, options.side, pixel_scale};
  model.mask =
      glint::Matrix<std::uint8_t>("simulate_interferometer::mask", options.side, options.side);
  glint::circular_mask(host, {pixel_scale, pixel_scale}, mask_radius(options), model.mask);
  auto pixels = glint::unmasked_pixels(host, model.mask, pixel_scale);
  glint::compat::fence(host, "simulate_interferometer::pixels");
  return pixels;
}

// The image and the mesh's values at unit total flux, and a coefficient with which the true source
// has the roughness that the regularization expects: c^2 s^T L s = S / 10,
// which is near the evidence's maximum.
glint::Vector<double> make_image(const glint::SkyPixels<>& pixels, const Lens& lens,
                                 const SourceLight& light, const SourceMesh& mesh,
                                 glint::SourceModel& model) {
  const glint::Vector<double> image("simulate_interferometer::image", pixels.size());
  const double middle = 0.5 * (static_cast<double>(pixels.grid.nx) - 1.0);
  double flux = 0.0;
  for (std::size_t m = 0; m < pixels.size(); ++m) {
    image(m) = light.brightness(lens.source_of(
        {(pixels.column(m) - middle) * pixel_scale, (middle - pixels.row(m)) * pixel_scale}));
    flux += image(m);
  }
  for (std::size_t m = 0; m < pixels.size(); ++m) image(m) /= flux;
  std::vector<double> source;
  for (const Position& at : mesh.positions()) source.push_back(light.brightness(at) / flux);
  const double roughness = mesh.roughness(source);
  model.coefficient =
      roughness > 0.0 ? std::sqrt(0.1 * static_cast<double>(mesh.size()) / roughness) : 1.0;
  return image;
}

// Scales the noise to its level; returns that of a typical visibility.
double scale_noise(const Options& options, Random& random, glint::UvData<>& data) {
  double weight = 0.0;
  for (std::size_t k = 0; k < data.size(); ++k) {
    if (options.unequal_noise) {
      data.noise_re(k) *= random.uniform(0.5, 2.0);
      data.noise_im(k) *= random.uniform(0.5, 2.0);
    }
    weight +=
        0.5 / (data.noise_re(k) * data.noise_re(k)) + 0.5 / (data.noise_im(k) * data.noise_im(k));
  }
  const double factor = std::sqrt(weight) / flux_to_noise;
  for (std::size_t k = 0; k < data.size(); ++k) {
    data.noise_re(k) *= factor;
    data.noise_im(k) = options.unequal_noise ? data.noise_im(k) * factor : data.noise_re(k);
  }
  return factor * std::sqrt(static_cast<double>(data.size()) / weight);
}

template <class ExecutionSpace>
void predict(const ExecutionSpace& space, const glint::SkyPixels<>& pixels,
             const glint::Vector<double>& image, const glint::UvData<>& data) {
  using Memory = typename ExecutionSpace::memory_space;
  const auto there = [&](const glint::Vector<double>& column) {
    return Kokkos::create_mirror_view_and_copy(Memory(), column);
  };
  const auto re = there(data.re), im = there(data.im);
  glint::predict_visibilities(space, glint::to_space(space, pixels), there(image), there(data.u),
                              there(data.v), re, im);
  glint::copy(space, data.re, re);
  glint::copy(space, data.im, im);
  glint::compat::fence(space, "simulate_interferometer::predict");
}

void expect_mapping_memory(const Options& options, std::size_t pixels) {
  const std::string what =
      glint::concat("a mapping of ", pixels, " pixels to ", options.width, " sources each");
  glint::expect_memory(what, glint::array_bytes(what, {pixels, options.width}, 16));
}

// What can be said before anything is made; there are at least as many pixels as sources.
void expect_memory(const Options& options) {
  const std::string frame =
      glint::concat("a frame of ", options.side, " x ", options.side, " pixels");
  glint::expect_memory(frame, glint::array_bytes(frame, {options.side, options.side}, 17));
  expect_mapping_memory(options, options.sources);
  const std::string data = glint::concat(options.visibilities, " visibilities");
  glint::expect_memory(data, glint::array_bytes(data, {options.visibilities}, 48));
}

}  // namespace

Report run_job(const Options& options) {
  glint::check_output_path(options.data_set);
  expect_memory(options);
  Report report;
  Kokkos::Timer timer;
  const auto lap = [&] {
    const double seconds = timer.seconds();
    timer.reset();
    return seconds;
  };
  const auto stream = [&](Stream which) { return Random(options.seed, which); };

  glint::SourceModel model;
  const glint::SkyPixels<> pixels = make_mask(options, model);
  GLINT_EXPECTS(options.sources <= pixels.size(), "--sources ", options.sources,
                " is more than the ", pixels.size(), " pixels that the mask of --n ", options.side,
                " keeps");
  expect_mapping_memory(options, pixels.size());
  const Lens lens = make_lens(mask_radius(options), stream(lens_stream));
  const SourceLight light(lens, stream(source_stream));
  SourceMesh mesh(lens, mask_radius(options), options.sources);
  const std::size_t needed = mesh.most_neighbours();
  GLINT_EXPECTS(options.neighbours == 0 || options.neighbours >= needed, "--neighbours ",
                options.neighbours, " is too small: a source pixel of this mesh has ", needed);
  report.neighbours = options.neighbours ? options.neighbours : needed;
  model.neighbours = mesh.neighbours(report.neighbours);
  mesh.map(pixels, options.width, model);
  const auto image = make_image(pixels, lens, light, mesh, model);
  report.pixels = pixels.size();
  report.pixel_scale = pixel_scale;
  report.einstein_radius = lens.einstein_radius;
  report.coefficient = model.coefficient;
  report.mesh_seconds = lap();

  glint::UvData<> data(options.visibilities);
  report.observation = options.flat
                           ? observe_flat(stream(baseline_stream), data)
                           : observe_tracks(0.5 / model.grid.step(), stream(baseline_stream), data);
  Random random = stream(noise_stream);
  report.noise = scale_noise(options, random, data);
  {
    const ProgressLine progress(
        glint::concat("simulating ", options.visibilities, " visibilities ..."));
    glint::with_backend(options.backend, [&](const auto& space) {
      using Space = std::decay_t<decltype(space)>;
      report.backend = glint::backend_name<Space>();
      report.concurrency = static_cast<int>(space.concurrency());
      predict(space, pixels, image, data);
    });
    for (std::size_t k = 0; k < data.size(); ++k) {
      const auto [re, im] = random.normals();
      data.re(k) += data.noise_re(k) * re;
      data.im(k) += data.noise_im(k) * im;
    }
  }
  report.visibility_seconds = lap();
  {
    const ProgressLine progress(glint::concat("writing ", options.data_set.string(), " ..."));
    glint::write_data_set(options.data_set, model, data);
  }
  report.write_seconds = lap();
  return report;
}
