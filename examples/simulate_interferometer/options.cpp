// SPDX-License-Identifier: BSD-3-Clause
#include "options.hpp"

#include <algorithm>
#include <glint/backends.hpp>
#include <glint/error.hpp>
#include <limits>

#include "support/command_line.hpp"

namespace {

// The command line as words, before anything is made of them.
struct Raw {
  std::string side, visibilities, sources, width, neighbours, seed, data_set, backend;
  bool flat = false, unequal_noise = false;
};

void declare(CLI::App& app, Raw& raw) {
  set_usage(app, "--n N --visibilities K --sources S -o FILE.h5 [OPTIONS]");
  app.add_option("--n", raw.side,
                 "sides of the frame in pixels of 0.05 arcsec; those within N/2 of its\n"
                 "middle are kept (M of them)")
      ->option_text("N");
  app.add_option("--visibilities", raw.visibilities, "number of visibilities")->option_text("K");
  app.add_option("--sources", raw.sources, "source pixels, 1 to M")->option_text("S");
  app.add_option("--mapping", raw.width,
                 "source pixels to an image pixel: 1 nearest, 3 corners of a triangle\n"
                 "(default), others by inverse distance of the B nearest; at most S")
      ->option_text("B");
  app.add_option("--neighbours", raw.neighbours,
                 "columns of the table of neighbours (default: as many as are needed)")
      ->option_text("P");
  app.add_flag("--flat", raw.flat,
               "baselines uniform in [0, 1) wavelengths, which see no structure, instead of\n"
               "tracks of an array up to the grid's Nyquist limit");
  app.add_flag("--unequal-noise", raw.unequal_noise,
               "real and imaginary parts with noise of their own");
  app.add_option("--seed", raw.seed, "another seed is another lens, source, array and noise (1)")
      ->option_text("I");
  app.add_option("-o,--output", raw.data_set, "data set to write, HDF5")->option_text("FILE.h5");
  app.add_option("--backend", raw.backend,
                 "where to compute: " + joined(glint::backend_names()) + " (default: the first)")
      ->option_text("NAME");
  finish_declaration(
      app,
      "The same options make the same file.\n"
      "Example: simulate_interferometer --n 64 --visibilities 10000 --sources 500 -o mock.h5");
}

}  // namespace

std::optional<Options> parse_options(const Words& arguments) {
  CLI::App app("Makes a mock interferometer data set of a lensed source.",
               "simulate_interferometer");
  Raw raw;
  declare(app, raw);
  if (!parse_words(app, arguments, "everything is given by options")) return std::nullopt;

  const auto given = [&](const char* name) { return app.count(name) > 0; };
  GLINT_EXPECTS(given("--n"), "the size is missing: give --n N");
  GLINT_EXPECTS(given("--visibilities"),
                "the number of visibilities is missing: give --visibilities K");
  GLINT_EXPECTS(given("--sources"), "the number of source pixels is missing: give --sources S");
  GLINT_EXPECTS(given("--output"), "the output file is missing: give -o FILE.h5");

  constexpr std::size_t most = std::numeric_limits<int>::max();
  Options options;
  options.data_set = raw.data_set;
  options.side = read_whole<std::size_t>("--n", raw.side, 1, 32768);
  options.visibilities = read_whole<std::size_t>("--visibilities", raw.visibilities, 1, most);
  options.sources = read_whole<std::size_t>("--sources", raw.sources, 1, most);
  // The default, three, needs as many sources.
  options.width = std::min<std::size_t>(options.width, options.sources);
  if (given("--mapping")) options.width = read_whole<std::size_t>("--mapping", raw.width, 1, most);
  GLINT_EXPECTS(options.width <= options.sources, "--mapping ", options.width,
                " is more than --sources ", options.sources);
  if (given("--neighbours"))
    options.neighbours = read_whole<std::size_t>("--neighbours", raw.neighbours, 1, most);
  GLINT_EXPECTS(options.neighbours <= options.sources, "--neighbours ", options.neighbours,
                " is more than --sources ", options.sources);
  if (given("--seed"))
    options.seed =
        read_whole<std::uint64_t>("--seed", raw.seed, 0, std::numeric_limits<std::uint64_t>::max());
  options.flat = raw.flat;
  options.unequal_noise = raw.unequal_noise;
  expect_backend(raw.backend);
  options.backend = raw.backend;
  return options;
}
