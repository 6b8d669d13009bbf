// SPDX-License-Identifier: BSD-3-Clause
#include "options.hpp"

#include <glint/backends.hpp>
#include <glint/error.hpp>
#include <limits>

#include "support/command_line.hpp"
#include "support/output_paths.hpp"

std::optional<Options> parse_options(const Words& arguments) {
  CLI::App app(
      "Walks through array programming: sums, maps, shapes, scans, random numbers, curves.",
      "array_programming");
  std::string data, picture, seed, backend;
  set_usage(app, "[OPTIONS]");
  app.add_option("-o,--output", data, "timelines of the last step, HDF5")->option_text("FILE.h5");
  app.add_option("--png", picture, "their picture: all detectors as an image and as lines")
      ->option_text("FILE.png");
  app.add_option("--seed", seed, "of the random numbers (1)")->option_text("I");
  app.add_option("--backend", backend,
                 "where to compute: " + joined(glint::backend_names()) + " (default: the first)")
      ->option_text("NAME");
  finish_declaration(app, "Example: array_programming -o timelines.h5 --png timelines.png");
  if (!parse_words(app, arguments, "everything is given by options")) return std::nullopt;

  Options options;
  if (app.count("--seed") > 0)
    GLINT_EXPECTS(read_number(seed, options.seed), "--seed needs a whole number from 0 to ",
                  std::numeric_limits<std::uint64_t>::max(), ", not '", seed, "'");
  GLINT_EXPECTS(app.count("--output") == 0 || !data.empty(), "the output path is empty");
  GLINT_EXPECTS(app.count("--png") == 0 || !picture.empty(), "the path of the picture is empty");
  expect_backend(backend);
  options.data = data;
  options.picture = picture;
  options.backend = backend;
  if (!data.empty())
    expect_outputs({{"the timelines", options.data}, {"the picture", options.picture}}, {});
  else if (!picture.empty())
    expect_outputs({{"the picture", options.picture}}, {});
  return options;
}
