// SPDX-License-Identifier: BSD-3-Clause
#include "options.hpp"

#include <glint/backends.hpp>
#include <glint/error.hpp>
#include <limits>

#include "support/command_line.hpp"
#include "support/kernel_options.hpp"

namespace {

// The command line as words, before anything is made of them.
struct Raw {
  std::string result, picture, side = "128", visibilities, chunk = "131072", seed = "1";
  std::string kernel = "automatic", kernel_tolerance = "1e-12", checkpoint, every, backend;
  bool unequal_noise = false;
};

void declare(CLI::App& app, Raw& raw) {
  set_usage(app, "--visibilities K -o RESULT.h5 [OPTIONS]");
  app.add_option("--visibilities", raw.visibilities, "number of visibilities, made as they go")
      ->option_text("K");
  app.add_option("-o,--output", raw.result, "result to write, HDF5: kernel, dirty image and sums")
      ->option_text("RESULT.h5");
  app.add_option("--png", raw.picture,
                 "picture to write as well: the dirty image and, beside it, the kernel")
      ->option_text("FILE.png");
  app.add_option("--n", raw.side, "sides of the frame in pixels of 0.05 arcsec (128)")
      ->option_text("N");
  app.add_option("--chunk", raw.chunk, "visibilities in memory at a time (131072)")
      ->option_text("K");
  app.add_flag("--unequal-noise", raw.unequal_noise,
               "real and imaginary parts with noise of their own");
  app.add_option("--seed", raw.seed, "another seed is another set of visibilities (1)")
      ->option_text("I");
  app.add_option("--kernel", raw.kernel,
                 "how they are summed: automatic (default), direct (a cosine for every\n"
                 "term), separable or nufft (Fourier transforms)")
      ->option_text("NAME");
  app.add_option("--kernel-tolerance", raw.kernel_tolerance,
                 "largest error of automatic and nufft, over the sum of weights (1e-12)")
      ->option_text("T");
  app.add_option("--checkpoint", raw.checkpoint,
                 "file that keeps the sums: a run that was stopped goes on from there, with\n"
                 "the same result to the last bit")
      ->option_text("FILE.h5");
  app.add_option("--checkpoint-every", raw.every, "visibilities between two such files (10000000)")
      ->option_text("K");
  app.add_option("--backend", raw.backend,
                 "where to compute: " + joined(glint::backend_names()) + " (default: the first)")
      ->option_text("NAME");
  finish_declaration(
      app, "Example: stream_visibilities --visibilities 100000000 -o stream.h5 --checkpoint c.h5");
}

}  // namespace

std::optional<Options> parse_options(const Words& arguments) {
  CLI::App app(
      "Sums up visibilities that are made on the way, as many as you like in the memory of a few.",
      "stream_visibilities");
  Raw raw;
  declare(app, raw);
  if (!parse_words(app, arguments, "everything is given by options")) return std::nullopt;
  const auto given = [&](const char* name) { return app.count(name) > 0; };
  GLINT_EXPECTS(given("--visibilities"),
                "the number of visibilities is missing: give --visibilities K");
  GLINT_EXPECTS(given("--output"), "the output file is missing: give -o RESULT.h5");
  GLINT_EXPECTS(!given("--png") || !raw.picture.empty(), "the path after --png is empty");

  Options options;
  options.result = raw.result;
  options.picture = raw.picture;
  options.side = read_whole<std::size_t>("--n", raw.side, 1, 4096);
  options.visibilities =
      read_whole<std::uint64_t>("--visibilities", raw.visibilities, 1, 1000000000000000);
  options.chunk = read_whole<std::size_t>("--chunk", raw.chunk, 1, 1000000000);
  options.seed =
      read_whole<std::uint64_t>("--seed", raw.seed, 0, std::numeric_limits<std::uint64_t>::max());
  options.unequal_noise = raw.unequal_noise;
  options.kernel = read_kernel_options(raw.kernel, raw.kernel_tolerance);
  options.checkpoint = read_checkpoint_options(given("--checkpoint"), raw.checkpoint,
                                               given("--checkpoint-every"), raw.every);
  expect_backend(raw.backend);
  options.backend = raw.backend;
  return options;
}
