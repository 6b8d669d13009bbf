// SPDX-License-Identifier: BSD-3-Clause
#include "options.hpp"

#include <algorithm>
#include <cmath>
#include <glint/backends.hpp>
#include <glint/interferometry_io.hpp>
#include <sstream>

#include "support/command_line.hpp"
#include "support/kernel_options.hpp"

namespace {

const Words default_outputs{
    "dirty_image",           "w_compact",     "reconstruction",      "chi_squared",
    "regularization_term",   "data_term",     "noise_normalization", "logdet_curvature_reg",
    "logdet_regularization", "log_likelihood"};
const std::vector<glint::NoiseWeights> noises{glint::NoiseWeights::exact,
                                              glint::NoiseWeights::real};
const Words routes{"direct", "dense", "products"};

// The command line as words, before anything is made of them.
struct Raw {
  std::string data_set, result, picture, outputs, coefficient, backend;
  std::string noise = "exact", kernel = "automatic", kernel_tolerance = "1e-12";
  std::string curvature = "automatic", chunk = "131072", checkpoint, every;
};

CurvatureRoute read_route(const std::string& text) {
  if (text == "automatic") return CurvatureRoute::direct;
  for (std::size_t k = 0; k < routes.size(); ++k)
    if (routes[k] == text) return static_cast<CurvatureRoute>(k);
  throw glint::Error(glint::concat("unknown way to the curvature matrix '", text,
                                   "'; legal names: automatic, ", joined(routes)));
}

void read_outputs(const std::string& text, Options& options) {
  const Words& legal = glint::reconstruction_output_names();
  std::istringstream words(text);
  for (std::string name; std::getline(words, name, ',');) {
    if (name == "all") {
      options.all = true;
      continue;
    }
    GLINT_EXPECTS(contains(legal, name), "unknown output '", name, "'; legal outputs: all, ",
                  joined(legal));
    if (!contains(options.outputs, name)) options.outputs.push_back(name);
  }
  GLINT_EXPECTS(options.all || !options.outputs.empty(), "--outputs names nothing");
}

void declare(CLI::App& app, Raw& raw) {
  set_usage(app, "DATASET.h5 -o RESULT.h5 [OPTIONS]");
  app.add_option("dataset", raw.data_set, "interferometer data set, HDF5")->option_text(" ");
  app.add_option("-o,--output", raw.result, "result to write, HDF5")->option_text("RESULT.h5");
  app.add_option("--png", raw.picture,
                 "picture to write as well: the dirty image and, beside it, the\n"
                 "reconstructed source as the lens shows it")
      ->option_text("FILE.png");
  app.add_option("--outputs", raw.outputs,
                 "what to write, names with commas between them, or all (w_tilde and omega\n"
                 "then only up to 8192 pixels); default: dirty_image, w_compact,\n"
                 "reconstruction and the terms of the evidence")
      ->option_text("NAMES");
  app.add_option("--coefficient", raw.coefficient,
                 "of the regularization (default: the data set's, otherwise 1), or best: the\n"
                 "one with the largest evidence, up to a thousand times more or less than that")
      ->option_text("C");
  app.add_option("--noise", raw.noise,
                 "exact: that of real and imaginary parts (default);\n"
                 "real: that of the real parts alone weighs the kernel, as other programs do")
      ->option_text("NAME");
  app.add_option("--kernel", raw.kernel,
                 "how sums over visibilities are computed: automatic (default), direct\n"
                 "(a cosine for every term), separable or nufft (Fourier transforms)")
      ->option_text("NAME");
  app.add_option("--kernel-tolerance", raw.kernel_tolerance,
                 "largest error of automatic and nufft, over the sum of weights (1e-12)")
      ->option_text("T");
  app.add_option("--curvature", raw.curvature,
                 "how the curvature matrix is formed:\n"
                 "automatic   the fastest way (default): direct\n"
                 "direct      convolution with the kernel\n"
                 "dense       from the whole of w_tilde in memory, up to 8192 pixels\n"
                 "products    through omega")
      ->option_text("NAME");
  app.add_option("--chunk", raw.chunk, "visibilities in memory at a time (131072)")
      ->option_text("K");
  app.add_option("--checkpoint", raw.checkpoint,
                 "file that keeps the sums over visibilities: a run that was stopped goes on\n"
                 "from there with the same result, and a later one with another coefficient\n"
                 "does not sum again")
      ->option_text("FILE.h5");
  app.add_option("--checkpoint-every", raw.every, "visibilities between two such files (10000000)")
      ->option_text("K");
  app.add_option("--backend", raw.backend,
                 "where to compute: " + joined(glint::backend_names()) + " (default: the first)")
      ->option_text("NAME");
  finish_declaration(
      app, "Example: reconstruct_source mock.h5 -o result.h5 --png result.png --outputs all");
}

}  // namespace

const std::string& curvature_route_name(CurvatureRoute route) {
  return routes[static_cast<std::size_t>(route)];
}

bool Options::wants(const std::string& name) const { return all || contains(outputs, name); }

std::optional<Options> parse_options(const Words& arguments) {
  CLI::App app("Reconstructs the source of a lensed image from an interferometer's visibilities.",
               "reconstruct_source");
  Raw raw;
  declare(app, raw);
  if (!parse_words(app, arguments, "one data set is read")) return std::nullopt;
  const auto given = [&](const char* name) { return app.count(name) > 0; };
  GLINT_EXPECTS(!raw.data_set.empty(), "no data set is given; see reconstruct_source --help");
  GLINT_EXPECTS(given("--output"), "the output file is missing: give -o RESULT.h5");
  GLINT_EXPECTS(!given("--png") || !raw.picture.empty(), "the path after --png is empty");

  Options options;
  options.data_set = raw.data_set;
  options.result = raw.result;
  options.picture = raw.picture;
  if (given("--outputs"))
    read_outputs(raw.outputs, options);
  else
    options.outputs = default_outputs;
  options.find_coefficient = raw.coefficient == "best";
  if (given("--coefficient") && !options.find_coefficient) {
    double value = 0.0;
    GLINT_EXPECTS(read_number(raw.coefficient, value) && std::isfinite(value) && value >= 0.0,
                  "--coefficient needs a number from 0 up, or best, not '", raw.coefficient, "'");
    options.coefficient = value;
  }
  options.sums.noise = read_name("noise", raw.noise, noises, glint::noise_weights_name);
  options.sums.kernel = read_kernel_options(raw.kernel, raw.kernel_tolerance);
  options.curvature = read_route(raw.curvature);
  options.chunk = read_whole<std::size_t>("--chunk", raw.chunk, 1, 1000000000);
  options.checkpoint = read_checkpoint_options(given("--checkpoint"), raw.checkpoint,
                                               given("--checkpoint-every"), raw.every);
  expect_backend(raw.backend);
  options.backend = raw.backend;
  return options;
}
