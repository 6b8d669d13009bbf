// SPDX-License-Identifier: BSD-3-Clause
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <glint/interferometry_io.hpp>
#include <glint/uv_sums_io.hpp>

#include "reconstruct.hpp"

/// Runs that are killed and go on where they were.

namespace glint::test {
namespace {

using ::testing::HasSubstr;

const char* const common = "data.h5 --chunk 400 --outputs all --noise real";

void simulate(const TemporaryDirectory& directory, const std::string& name,
              const std::string& count) {
  expect_success(
      run_program(directory.path(), GLINT_SIMULATE_INTERFEROMETER,
                  "--n 10 --sources 8 --unequal-noise -o " + name + " --visibilities " + count));
}

void expect_same_results(const fs::path& one, const fs::path& other) {
  const auto names = Hdf5Reader(one).names("/outputs");
  ASSERT_GT(names.size(), 10U);
  for (const std::string& name : names) EXPECT_EQ(read_output(one, name), read_output(other, name));
}

/// The driver, writing a checkpoint after every chunk.
pid_t start(const fs::path& directory) {
  const pid_t child = fork();
  if (child != 0) return child;
  const int null = open("/dev/null", O_WRONLY);
  dup2(null, STDOUT_FILENO);
  dup2(null, STDERR_FILENO);
  if (chdir(directory.c_str()) == 0)
    execl(GLINT_RECONSTRUCT_SOURCE, GLINT_RECONSTRUCT_SOURCE, "data.h5", "--chunk", "400",
          "--outputs", "all", "--noise", "real", "-o", "killed.h5", "--checkpoint", "c.h5",
          "--checkpoint-every", "1", static_cast<char*>(nullptr));
  _exit(127);
}

/// How far a checkpoint has come; 0 without one.
std::uint64_t reached(const fs::path& checkpoint) {
  return fs::exists(checkpoint) ? read_checkpoint(checkpoint).next : 0;
}

TEST(DriverCheckpoints, AKilledRunGoesOnWithTheSameResult) {
  const TemporaryDirectory directory;
  simulate(directory, "data.h5", "60000");
  const std::string plain = common;
  expect_success(run_reconstruct(directory.path(), plain + " -o whole.h5"));
  const fs::path checkpoint = directory / "c.h5";
  int kills = 0;
  for (int round = 0; round < 4; ++round) {
    const std::uint64_t before = reached(checkpoint);
    const pid_t child = start(directory.path());
    ASSERT_GT(child, 0);
    int status = 0;
    bool running = true;
    while (running && reached(checkpoint) < before + 4000) {
      running = waitpid(child, &status, WNOHANG) == 0;
      sched_yield();
    }
    if (!running) break;
    ASSERT_EQ(kill(child, SIGKILL), 0);
    ASSERT_EQ(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) ++kills;
  }
  EXPECT_GT(kills, 0);
  const std::uint64_t left_at = reached(checkpoint);
  EXPECT_GE(left_at, 4000U);
  const std::string resume = plain + " --checkpoint c.h5 --checkpoint-every 20000 -o resumed.h5";
  const Outcome outcome = run_reconstruct(directory.path(), resume);
  expect_success(outcome);
  EXPECT_THAT(outcome.out,
              HasSubstr(concat("c.h5: ", left_at, " visibilities were summed already")));
  expect_same_results(directory / "whole.h5", directory / "resumed.h5");

  // Now all sums are in the file: another run need not read the visibilities.
  EXPECT_EQ(reached(checkpoint), 60000U);
  const Outcome again = run_reconstruct(directory.path(), resume);
  expect_success(again);
  EXPECT_THAT(again.out, HasSubstr("c.h5: 60000 visibilities were summed already"));
  expect_same_results(directory / "whole.h5", directory / "resumed.h5");
}

TEST(DriverCheckpoints, WhatDoesNotFitIsRefused) {
  const TemporaryDirectory directory;
  simulate(directory, "data.h5", "900");
  simulate(directory, "other.h5", "901");
  const auto run = [&](const std::string& arguments) {
    return run_reconstruct(directory.path(), arguments + " -o r.h5 --checkpoint c.h5");
  };
  const auto refused = [&](const std::string& arguments, const std::string& words) {
    expect_refusal(run(arguments), words, "reconstruct_source");
    EXPECT_FALSE(fs::exists(directory / "r.h5"));
  };
  expect_success(run("data.h5 --chunk 400"));
  fs::remove(directory / "r.h5");
  const std::string kept = read_text(directory / "c.h5");
  refused("other.h5 --chunk 400", "the checkpoint 'c.h5' is of other visibilities (900 vis");
  refused("data.h5 --chunk 401",
          "the checkpoint 'c.h5' was made with --chunk 400, not 401; remove");
  refused("data.h5 --chunk 400 --noise real", "'c.h5' does not fit: the sums that were kept are");
  refused("data.h5 --chunk 400 --outputs w_tilde_data", "'c.h5' does not hold w_tilde_data");
  EXPECT_EQ(read_text(directory / "c.h5"), kept);
  const double number = read_checkpoint(directory / "c.h5").sums.at("sums").find("compact")->at(1);
  const std::size_t place =
      kept.find(std::string(reinterpret_cast<const char*>(&number), sizeof number));
  ASSERT_NE(place, std::string::npos);
  std::string spoiled = kept;
  spoiled[place] = static_cast<char>(spoiled[place] ^ 4);
  write_text(directory / "c.h5", spoiled);
  refused("data.h5 --chunk 400", "the checkpoint 'c.h5' is damaged");
  write_text(directory / "c.h5", "nonsense");
  refused("data.h5 --chunk 400", "'c.h5' is not an HDF5 file");
  fs::remove(directory / "c.h5");
  refused("data.h5 --checkpoint-every 0", "--checkpoint-every needs a whole number from 1 up");
  expect_refusal(run_reconstruct(directory.path(), "data.h5 -o r.h5 --checkpoint-every 5"),
                 "--checkpoint-every needs --checkpoint FILE.h5", "reconstruct_source");
  expect_refusal(run_reconstruct(directory.path(), "data.h5 -o r.h5 --checkpoint r.h5"),
                 "the result and the checkpoint have the same path", "reconstruct_source");
  expect_refusal(run_reconstruct(directory.path(), "data.h5 -o r.h5 --checkpoint data.h5"),
                 "'data.h5' is the data set itself", "reconstruct_source");
  EXPECT_THAT(directory.contents(), ::testing::ElementsAre("data.h5", "other.h5"));
}

}  // namespace
}  // namespace glint::test
