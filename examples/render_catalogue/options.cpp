// SPDX-License-Identifier: BSD-3-Clause
#include "options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <glint/backends.hpp>
#include <glint/error.hpp>
#include <glint/image_io.hpp>
#include <glint/memory.hpp>
#include <glint/version.hpp>
#include <iostream>
#include <map>
#include <sstream>

namespace {

using Words = std::vector<std::string>;

const std::map<std::string, glint::Integrator> integrators{
    {"exact", glint::Integrator::exact},
    {"boundary", glint::Integrator::boundary},
    {"centre", glint::Integrator::centre}};
const Words integrator_names{"exact", "boundary", "centre"};
const Words planned_integrators{"tiles",    "gauss-legendre", "clenshaw-curtis",
                                "midpoint", "gauss-kronrod",  "refine"};
const Words precisions{"double", "single"};
const Words legal_options{"--size",      "--output",    "--png",     "--integrator",
                          "--tolerance", "--precision", "--stack",   "--backend",
                          "--help",      "--version",   "--kokkos-*"};
const Words planned_options{"--psf", "--error"};
const Words planned_integrator_options{"--order",          "--oversample",      "--base-oversample",
                                       "--precision-goal", "--refine-fraction", "--max-level"};

bool contains(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

const std::string absent = " is not in this version of glint (" GLINT_VERSION ")";

template <class T>
bool read_number(const std::string& text, T& value) {
  const char* end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, value);
  return status == std::errc() && stop == end;
}

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

glint::Integrator read_integrator(const std::string& name) {
  const std::string legal = "; legal integrators: " + joined(integrator_names);
  GLINT_EXPECTS(!contains(planned_integrators, name), "the integrator '", name, "'", absent, legal);
  const auto found = integrators.find(name);
  GLINT_EXPECTS(found != integrators.end(), "unknown integrator '", name, "'", legal);
  return found->second;
}

// The command line as words, before anything is made of them.
struct Raw {
  Words size;
  std::string catalogue, image, picture;
  std::string integrator = "exact", tolerance = "1e-8", precision = "double", backend;
  bool stack = false;
};

// CLI11 would call everything optional.
class Usage : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App*, std::string name) const override {
    return "Usage: " + name + " CATALOGUE --size NY NX -o IMAGE.h5 [OPTIONS]\n";
  }
};

void declare(CLI::App& app, Raw& raw) {
  app.formatter(std::make_shared<Usage>());
  app.add_option("catalogue", raw.catalogue, "catalogue of galaxies, HDF5 or CSV")
      ->option_text(" ");
  app.add_option("--size", raw.size, "image height and width in pixels")
      ->expected(2)
      ->option_text("NY NX");
  app.add_option("-o,--output", raw.image, "image to write, HDF5")->option_text("IMAGE.h5");
  app.add_option("--png", raw.picture, "picture to write as well")->option_text("FILE.png");
  app.add_option("--integrator", raw.integrator,
                 "how a pixel's flux is found:\n"
                 "exact     the fastest way to the tolerance (default)\n"
                 "boundary  integral along the pixel's edges\n"
                 "centre    brightness at the pixel's centre, not integrated")
      ->option_text("NAME");
  app.add_option("--tolerance", raw.tolerance,
                 "relative accuracy of a pixel (default 1e-8; centre ignores it)")
      ->option_text("T");
  app.add_option("--precision", raw.precision, "of the image: double (default) or single")
      ->option_text("NAME");
  app.add_flag("--stack", raw.stack, "also write one image per galaxy, /profiles (P, NY, NX)");
  app.add_option("--backend", raw.backend,
                 "where to compute: " + joined(glint::backend_names()) + " (default: the first)")
      ->option_text("NAME");
  app.set_version_flag("--version", "glint " GLINT_VERSION, "show the version and exit");
  app.set_help_flag("-h,--help", "show this text and exit");
  app.footer(
      "Options that begin with --kokkos- go to Kokkos; --kokkos-help lists them.\n"
      "Example: render_catalogue three_galaxies.csv --size 500 500 -o three.h5 --png three.png");
  app.allow_extras();
}

// Options of coming versions are known by name so that they are not called misspelt.
void expect_known_options(Words unknown) {
  // "--" only marks what follows as no option.
  unknown.erase(std::remove(unknown.begin(), unknown.end(), "--"), unknown.end());
  for (const std::string& word : unknown) {
    const std::string name = word.substr(0, word.find('='));
    GLINT_EXPECTS(!contains(planned_options, name), "the option ", name, absent,
                  "; legal options: ", joined(legal_options));
    GLINT_EXPECTS(!contains(planned_integrator_options, name), "the option ", name, absent,
                  "; legal integrators: ", joined(integrator_names));
    GLINT_EXPECTS(name.size() < 2 || name[0] != '-', "unknown option '", name,
                  "'; legal options: ", joined(legal_options));
  }
  GLINT_EXPECTS(unknown.empty(), "unexpected argument '", unknown.front(),
                "': one catalogue is read");
}

}  // namespace

std::optional<Options> parse_options(const Words& arguments) {
  CLI::App app("Renders a catalogue of Sersic galaxies to an image of integrated pixels.",
               "render_catalogue");
  Raw raw;
  declare(app, raw);
  try {
    app.parse(Words(arguments.rbegin(), arguments.rend()));  // CLI11 takes words from the back
  } catch (const CLI::Success& answered) {
    app.exit(answered, std::cout, std::cerr);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    expect_known_options(app.remaining());
    throw glint::Error(error.what());
  }
  expect_known_options(app.remaining());

  GLINT_EXPECTS(!raw.catalogue.empty(), "no catalogue is given; see render_catalogue --help");
  GLINT_EXPECTS(!raw.size.empty(), "the image size is missing: give --size NY NX");
  GLINT_EXPECTS(app.count("--output") > 0, "the output file is missing: give -o IMAGE.h5");

  Options options;
  options.catalogue = raw.catalogue;
  options.image = raw.image;
  options.picture = raw.picture;
  GLINT_EXPECTS(app.count("--png") == 0 || !raw.picture.empty(), "the path after --png is empty");
  options.render.integrator = read_integrator(raw.integrator);
  GLINT_EXPECTS(read_number(raw.tolerance, options.render.tolerance), "the tolerance '",
                raw.tolerance, "' is not a number");
  validate(options.render);
  GLINT_EXPECTS(contains(precisions, raw.precision), "unknown precision '", raw.precision,
                "'; legal precisions: ", joined(precisions));
  options.single = raw.precision == "single";
  options.stack = raw.stack;
  const Words backends = glint::backend_names();
  GLINT_EXPECTS(raw.backend.empty() || contains(backends, raw.backend), "the backend '",
                raw.backend, "' is not compiled in; this build has: ", joined(backends));
  options.backend = raw.backend;
  options.grid = read_size(raw.size, options.single ? sizeof(float) : sizeof(double));
  if (!options.picture.empty()) glint::expect_png_size(options.grid);
  return options;
}
