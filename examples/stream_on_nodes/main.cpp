// SPDX-License-Identifier: BSD-3-Clause
//
// stream_on_nodes: the visibilities of stream_visibilities, shared among processes:
//   mpiexec -n 4 stream_on_nodes --visibilities 100000000

#include <mpi.h>

#include <algorithm>
#include <ctime>
#include <glint/backends.hpp>
#include <glint/shared_sums.hpp>
#include <iomanip>
#include <iostream>
#include <optional>
#include <sstream>

#include "stream_visibilities/observation.hpp"
#include "support/command_line.hpp"
#include "support/start.hpp"

namespace {

struct Options {
  std::uint64_t visibilities = 0;
  std::size_t side = 128, chunk = 131072;
  std::uint64_t seed = 1;
};

glint::SkyPixels<> whole_frame(std::size_t side) {
  glint::SkyPixels<> pixels;
  pixels.grid = {side, side, 0.05};
  pixels.row = glint::SkyPixels<>::Indices("stream_on_nodes::row", side * side);
  pixels.column = glint::SkyPixels<>::Indices("stream_on_nodes::column", side * side);
  for (std::size_t m = 0; m < side * side; ++m) {
    pixels.row(m) = static_cast<int>(m / side);
    pixels.column(m) = static_cast<int>(m % side);
  }
  return pixels;
}

// This rank's share, then one exchange. Returns the summary.
template <class ExecutionSpace>
std::string run_on(const ExecutionSpace& space, const Options& options,
                   const glint::Communicator& ranks) {
  const glint::SkyPixels<> frame = whole_frame(options.side);
  glint::UvSums<ExecutionSpace> sums(space, glint::to_space(space, frame));
  const glint::Shard shard =
      glint::shard_of(options.visibilities, ranks.rank(), ranks.ranks(), options.chunk);
  Observation<ExecutionSpace> observation;
  observation.seed = options.seed;
  observation.longest = 0.5 / frame.grid.step();
  observation.field = static_cast<double>(options.side) * frame.grid.step();
  double seconds[3] = {0.0, 0.0, 0.0};  // summing, the exchange; summing in processor time
  Kokkos::Timer timer;
  for (std::uint64_t done = 0; done < shard.count; done += options.chunk) {
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(options.chunk, shard.count - done));
    if (observation.chunk.size() != count)
      observation.chunk = glint::UvData<typename ExecutionSpace::memory_space>(space, count);
    observation.first = shard.first + done;
    Kokkos::parallel_for("stream_on_nodes::make", glint::range(space, count), observation);
    glint::compat::fence(space, "stream_on_nodes::make");
    const std::clock_t before = std::clock();
    timer.reset();
    glint::accumulate(space, observation.chunk, sums);
    seconds[0] += timer.seconds();
    seconds[2] += static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
  }
  MPI_Barrier(ranks.handle());
  timer.reset();
  glint::all_reduce(space, ranks, sums);
  seconds[1] = timer.seconds();
  MPI_Allreduce(MPI_IN_PLACE, seconds, 3, MPI_DOUBLE, MPI_MAX, ranks.handle());
  std::ostringstream out;
  const double total = static_cast<double>(sums.count());
  out << "ranks         " << ranks.ranks() << " of backend "
      << glint::backend_name<ExecutionSpace>() << ", concurrency " << space.concurrency() << '\n'
      << std::setprecision(10) << "sums          " << sums.count() << " visibilities, data term "
      << sums.data_term() << ", noise normalization " << sums.noise_normalization() << '\n'
      << std::setprecision(3) << "rate          " << total / seconds[0]
      << " visibilities a second\n"
      << "time          sum " << seconds[0] << " s (of the processor " << seconds[2]
      << " s), exchange " << seconds[1] << " s\n";
  return out.str();
}

std::optional<Options> parse(const Words& words) {
  CLI::App app("Sums up visibilities that are made on the way, shared among processes.",
               "stream_on_nodes");
  std::string visibilities, side = "128", chunk = "131072", seed = "1";
  set_usage(app, "--visibilities K [OPTIONS]");
  app.add_option("--visibilities", visibilities, "number of visibilities")->option_text("K");
  app.add_option("--n", side, "sides of the frame in pixels (128)")->option_text("N");
  app.add_option("--chunk", chunk, "visibilities in memory at a time (131072)")->option_text("K");
  app.add_option("--seed", seed, "another seed is another set of visibilities (1)")
      ->option_text("I");
  finish_declaration(app, "Example: mpiexec -n 4 stream_on_nodes --visibilities 100000000");
  if (!parse_words(app, words, "everything is given by options")) return std::nullopt;
  Options options;
  const auto read = [](const char* name, const std::string& text, auto& value, auto most) {
    GLINT_EXPECTS(read_number(text, value) && value >= 1 && value <= most, name,
                  " needs a whole number from 1 to ", most, ", not '", text, "'");
  };
  read("--visibilities", visibilities, options.visibilities, std::uint64_t(1000000000000000));
  read("--n", side, options.side, std::size_t(4096));
  read("--chunk", chunk, options.chunk, std::size_t(1000000000));
  read("--seed", seed, options.seed, ~std::uint64_t(0));
  return options;
}

}  // namespace

int main(int argc, char* argv[]) {
  MPI_Init(&argc, &argv);
  bool working = false;
  const auto prepare = [&working](const Words& words) -> DriverJob {
    const auto options = parse(words);
    if (!options) return {};
    return [options, &working] {
      working = true;
      const glint::Communicator ranks;
      const std::string summary = run_on(Kokkos::DefaultExecutionSpace(), *options, ranks);
      if (ranks.rank() == 0) std::cout << summary;
    };
  };
  const int status = run_driver("stream_on_nodes", "these sums", argc, argv, prepare);
  // Nobody waits for one who is gone; what is wrong with the options all know.
  if (status != 0 && working) MPI_Abort(MPI_COMM_WORLD, status);
  MPI_Finalize();
  return status;
}
