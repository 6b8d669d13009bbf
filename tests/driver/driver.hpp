// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_DRIVER_HPP
#define GLINT_DRIVER_HPP

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "io/files.hpp"

/// Runs the drivers as a user does: through a shell, seeing only what they print and leave.

namespace glint::test {

inline const std::string driver = GLINT_RENDER_CATALOGUE;
inline const std::string three_galaxies = std::string(GLINT_EXAMPLE_DATA) + "/three_galaxies.csv";

struct Outcome {
  bool exited = false;  ///< false: killed by a signal
  int code = -1;
  std::string out, err;

  std::size_t error_lines() const {
    return static_cast<std::size_t>(std::count(err.begin(), err.end(), '\n'));
  }
};

/// Runs a shell command in a directory.
inline Outcome run_shell(const fs::path& directory, const std::string& command) {
  const TemporaryDirectory capture;
  const std::string whole = "cd '" + directory.string() + "' && { " + command + "; } >'" +
                            (capture / "out").string() + "' 2>'" + (capture / "err").string() + "'";
  const int status = std::system(whole.c_str());
  Outcome outcome;
  outcome.exited = WIFEXITED(status) && WEXITSTATUS(status) < 128;
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  outcome.out = read_text(capture / "out");
  outcome.err = read_text(capture / "err");
  return outcome;
}

/// Runs `PROGRAM ARGUMENTS` in a directory.
inline Outcome run_program(const fs::path& directory, const std::string& program,
                           const std::string& arguments) {
  return run_shell(directory, "OMP_NUM_THREADS=2 '" + program + "' " + arguments);
}

/// Runs `render_catalogue ARGUMENTS` in a directory.
inline Outcome run_driver(const fs::path& directory, const std::string& arguments) {
  return run_program(directory, driver, arguments);
}

inline void expect_success(const Outcome& outcome) {
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.err, "");
}

/// One clear message, a failing exit code, no crash.
inline void expect_refusal(const Outcome& outcome, const std::string& words,
                           const std::string& name = "render_catalogue") {
  EXPECT_TRUE(outcome.exited);
  EXPECT_NE(outcome.code, 0);
  EXPECT_THAT(outcome.err, ::testing::HasSubstr(words));
  EXPECT_THAT(outcome.err, ::testing::StartsWith(name + ": "));
  EXPECT_GE(outcome.error_lines(), 1U);
  EXPECT_LE(outcome.error_lines(), 5U) << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

}  // namespace glint::test

#endif
