// SPDX-License-Identifier: BSD-3-Clause
#include "options.hpp"

#include <algorithm>
#include <glint/backends.hpp>
#include <glint/error.hpp>
#include <glint/image_io.hpp>
#include <glint/memory.hpp>
#include <glint/render_error.hpp>
#include <sstream>

#include "support/command_line.hpp"

namespace {

const std::vector<glint::Integrator> integrators{
    glint::Integrator::exact,          glint::Integrator::boundary,
    glint::Integrator::tiles,          glint::Integrator::centre,
    glint::Integrator::gauss_legendre, glint::Integrator::clenshaw_curtis,
    glint::Integrator::midpoint,       glint::Integrator::gauss_kronrod,
    glint::Integrator::refine};
const Words precisions{"double", "single"};

glint::PixelGrid read_size(const Words& sides, std::size_t bytes_per_pixel) {
  double pixels = 1.0;
  for (const std::string& side : sides) {
    double value = 0.0;
    const bool digits = side.find_first_not_of("0123456789") == std::string::npos;
    GLINT_EXPECTS(digits && read_number(side, value) && value >= 1.0,
                  "--size needs two whole numbers of pixels from 1 up (NY NX), not '", side, "'");
    pixels *= value;
  }
  glint::PixelGrid grid;
  const bool counted = read_number(sides[0], grid.ny) && read_number(sides[1], grid.nx);
  const std::string what = "an image of " + sides[0] + " x " + sides[1] + " pixels";
  const double bytes = pixels * static_cast<double>(bytes_per_pixel);
  std::ostringstream rounded;
  rounded << bytes;
  GLINT_EXPECTS(counted && bytes < 1e18, what, " needs ", rounded.str(),
                " bytes but this machine has ", glint::byte_text(glint::main_memory_bytes()),
                " of memory");
  glint::expect_memory(what, glint::array_bytes(what, {grid.ny, grid.nx}, bytes_per_pixel));
  validate(grid);
  return grid;
}

std::string legal_integrators(const std::vector<glint::Integrator>& legal = integrators) {
  Words names;
  for (const glint::Integrator integrator : legal) names.push_back(integrator_name(integrator));
  return joined(names);
}

glint::Integrator read_integrator(const std::string& name) {
  const std::string legal = "; legal integrators: " + legal_integrators();
  for (const glint::Integrator integrator : integrators)
    if (integrator_name(integrator) == name) return integrator;
  throw glint::Error("unknown integrator '" + name + "'" + legal);
}

// The command line as words, before anything is made of them.
struct Raw {
  Words size;
  std::string catalogue, image, picture, psf;
  std::string integrator = "exact", tolerance = "1e-8", precision = "double", backend;
  std::string order, oversample, base_oversample, precision_goal, refine_fraction, max_level;
  bool stack = false, error = false;
};

// Options that only some integrators have, in words and in the library's terms.
template <class T>
void read_option(const CLI::App& app, const std::string& name, const std::string& text, T& value,
                 glint::Integrator chosen, const std::vector<glint::Integrator>& owners) {
  if (app.count(name) == 0) return;
  GLINT_EXPECTS(std::find(owners.begin(), owners.end(), chosen) != owners.end(), "the option ",
                name, " does not belong to the integrator '", integrator_name(chosen),
                "'; it belongs to: ", legal_integrators(owners));
  GLINT_EXPECTS(read_number(text, value), name, " needs a ",
                std::is_integral_v<T> ? "whole number" : "number", ", not '", text, "'");
}

void read_integrator_options(const CLI::App& app, const Raw& raw, glint::RenderOptions& options) {
  using glint::Integrator;
  const Integrator chosen = options.integrator;
  read_option(app, "--order", raw.order, options.order, chosen,
              {Integrator::gauss_legendre, Integrator::clenshaw_curtis, Integrator::midpoint,
               Integrator::gauss_kronrod, Integrator::refine});
  GLINT_EXPECTS(app.count("--order") == 0 || options.order >= 1, "--order must be at least 1, not ",
                options.order);
  const std::vector<Integrator> refine{Integrator::refine};
  read_option(app, "--oversample", raw.oversample, options.oversample, chosen, refine);
  read_option(app, "--base-oversample", raw.base_oversample, options.base_oversample, chosen,
              refine);
  read_option(app, "--precision-goal", raw.precision_goal, options.precision_goal, chosen, refine);
  read_option(app, "--refine-fraction", raw.refine_fraction, options.refine_fraction, chosen,
              refine);
  read_option(app, "--max-level", raw.max_level, options.max_level, chosen, refine);
}

void declare(CLI::App& app, Raw& raw) {
  set_usage(app, "CATALOGUE --size NY NX -o IMAGE.h5 [OPTIONS]");
  app.add_option("catalogue", raw.catalogue, "catalogue of galaxies, HDF5 or CSV")
      ->option_text(" ");
  app.add_option("--size", raw.size, "image height and width in pixels")
      ->expected(2)
      ->option_text("NY NX");
  app.add_option("-o,--output", raw.image, "image to write, HDF5")->option_text("IMAGE.h5");
  app.add_option("--png", raw.picture, "picture to write as well")->option_text("FILE.png");
  app.add_option("--integrator", raw.integrator,
                 "how a pixel's flux is found:\n"
                 "exact            the fastest way to the tolerance (default)\n"
                 "boundary         integral along the pixel's edges\n"
                 "tiles            spectral tiles, boundary near the cores\n"
                 "centre           brightness at the pixel's centre, not integrated\n"
                 "gauss-legendre, clenshaw-curtis, midpoint, gauss-kronrod\n"
                 "                 this rule in every pixel, whatever the error\n"
                 "refine           cells with the largest error estimates are split")
      ->option_text("NAME");
  app.add_option("--tolerance", raw.tolerance,
                 "relative accuracy of a pixel (default 1e-8), by exact, boundary and tiles;\n"
                 "the others ignore it")
      ->option_text("T");
  app.add_option("--precision", raw.precision, "of the image: double (default) or single")
      ->option_text("NAME");
  app.add_option("--psf", raw.psf, "point-spread function to convolve with, HDF5 data set /psf")
      ->option_text("FILE.h5");
  app.add_flag("--stack", raw.stack, "also write one image per galaxy, /profiles (P, NY, NX)");
  app.add_flag("--error", raw.error,
               "also write a bound on every pixel's error, /error (NY, NX), and count\n"
               "the pixels that miss the tolerance; 2 to 3 times the work");
  app.add_option("--backend", raw.backend,
                 "where to compute: " + joined(glint::backend_names()) + " (default: the first)")
      ->option_text("NAME");
  app.add_option("--order", raw.order,
                 "nodes per axis of a rule and of refine, 1 to 33 (default 3);\n"
                 "gauss-kronrod: 7, 11, 15 (default), 21 or 31 in all")
      ->option_text("N");
  app.add_option("--oversample", raw.oversample, "refine: parts of a split cell, per axis (3)")
      ->option_text("O");
  app.add_option("--base-oversample", raw.base_oversample,
                 "refine: cells per pixel and axis before any is split (1)")
      ->option_text("O");
  app.add_option("--precision-goal", raw.precision_goal,
                 "refine: error a cell may have, in flux (1e-6)")
      ->option_text("P");
  app.add_option("--refine-fraction", raw.refine_fraction,
                 "refine: share of the cells that each level splits (0.1)")
      ->option_text("F");
  app.add_option("--max-level", raw.max_level, "refine: deepest level (5)")->option_text("K");
  finish_declaration(
      app,
      "Example: render_catalogue three_galaxies.csv --size 500 500 -o three.h5 --png three.png");
}

}  // namespace

std::optional<Options> parse_options(const Words& arguments) {
  CLI::App app("Renders a catalogue of Sersic galaxies to an image of integrated pixels.",
               "render_catalogue");
  Raw raw;
  declare(app, raw);
  if (!parse_words(app, arguments, "one catalogue is read")) return std::nullopt;

  GLINT_EXPECTS(!raw.catalogue.empty(), "no catalogue is given; see render_catalogue --help");
  GLINT_EXPECTS(!raw.size.empty(), "the image size is missing: give --size NY NX");
  GLINT_EXPECTS(app.count("--output") > 0, "the output file is missing: give -o IMAGE.h5");

  Options options;
  options.catalogue = raw.catalogue;
  options.image = raw.image;
  options.picture = raw.picture;
  options.psf = raw.psf;
  GLINT_EXPECTS(app.count("--psf") == 0 || !raw.psf.empty(), "the path after --psf is empty");
  GLINT_EXPECTS(app.count("--png") == 0 || !raw.picture.empty(), "the path after --png is empty");
  options.render.integrator = read_integrator(raw.integrator);
  GLINT_EXPECTS(read_number(raw.tolerance, options.render.tolerance), "the tolerance '",
                raw.tolerance, "' is not a number");
  read_integrator_options(app, raw, options.render);
  validate(options.render);
  GLINT_EXPECTS(contains(precisions, raw.precision), "unknown precision '", raw.precision,
                "'; legal precisions: ", joined(precisions));
  options.single = raw.precision == "single";
  options.stack = raw.stack;
  options.error = raw.error;
  if (options.error) {
    glint::expect_error_map(options.render.integrator);
    GLINT_EXPECTS(options.psf.empty(),
                  "the option --error shows errors before a PSF; it does not go with --psf");
  }
  expect_backend(raw.backend);
  options.backend = raw.backend;
  options.grid = read_size(raw.size, options.single ? sizeof(float) : sizeof(double));
  if (!options.picture.empty()) glint::expect_png_size(options.grid);
  return options;
}
