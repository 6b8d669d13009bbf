// SPDX-License-Identifier: BSD-3-Clause
#include <glint/backends.hpp>
#include <glint/version.hpp>

#include "driver.hpp"

namespace glint::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string good = three_galaxies + " --size 20 20 -o image.h5";

TEST(CommandLine, HelpIsCompleteAndPromisesNothingElse) {
  const TemporaryDirectory directory;
  for (const char* flag : {"--help", "-h"}) {
    const Outcome outcome = run_driver(directory.path(), flag);
    expect_success(outcome);
    for (const char* words : {"CATALOGUE",
                              "--size NY NX",
                              "-o,",
                              "--output IMAGE.h5",
                              "--png",
                              "--integrator",
                              "exact",
                              "boundary",
                              "centre",
                              "--tolerance",
                              "--precision",
                              "--psf FILE.h5",
                              "--stack",
                              "--backend",
                              "--version",
                              "--kokkos-",
                              "gauss-legendre",
                              "clenshaw-curtis",
                              "midpoint",
                              "gauss-kronrod",
                              "refine",
                              "--order N",
                              "--oversample O",
                              "--base-oversample O",
                              "--precision-goal P",
                              "--refine-fraction F",
                              "--max-level K",
                              "--error",
                              "tiles "})
      EXPECT_THAT(outcome.out, HasSubstr(words));
    for (const char* words : {"--neglect", "simpson"})
      EXPECT_THAT(outcome.out, Not(HasSubstr(words)));
  }
  EXPECT_THAT(directory.contents(), IsEmpty());
}

TEST(CommandLine, VersionIsTheLibrarys) {
  const TemporaryDirectory directory;
  EXPECT_EQ(run_driver(directory.path(), "--version").out, "glint " GLINT_VERSION "\n");
}

TEST(CommandLine, KokkosOptionsReachKokkos) {
  const TemporaryDirectory directory;
  expect_success(run_driver(directory.path(), "--kokkos-disable-warnings " + good));
  EXPECT_THAT(directory.contents(), ElementsAre("image.h5"));
  EXPECT_EQ(run_driver(directory.path(), "--kokkos-help").code, 0);
  EXPECT_THAT(run_driver(directory.path(), "--kokkos-help").out, HasSubstr("--kokkos-"));
}

TEST(CommandLine, UnknownKokkosOptionsAreRefused) {
  const TemporaryDirectory directory;
  const Outcome outcome = run_driver(directory.path(), good + " --kokkos-nonsense");
  EXPECT_NE(outcome.code, 0);
  EXPECT_TRUE(outcome.exited);
  // Newer Kokkos warns about it as well.
  EXPECT_THAT(outcome.err, HasSubstr("render_catalogue: unknown option '--kokkos-nonsense'"));
  EXPECT_LE(outcome.error_lines(), 5U) << outcome.err;
  EXPECT_THAT(directory.contents(), IsEmpty());
}

TEST(CommandLine, BackendsAreChosenByName) {
  for (const std::string& name : backend_names()) {
    const TemporaryDirectory directory;
    const Outcome outcome = run_driver(directory.path(), good + " --backend " + name);
    expect_success(outcome);
    EXPECT_THAT(outcome.out, HasSubstr("backend    " + name + ","));
  }
}

TEST(CommandLine, ASummaryThatCannotBeWrittenIsAProblem) {
  const TemporaryDirectory directory;
  const Outcome outcome = run_driver(directory.path(), good + " >/dev/full");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("the summary could not be written"));
}

TEST(CommandLine, TwoDashesEndTheOptions) {
  const TemporaryDirectory directory;
  fs::copy_file(three_galaxies, directory / "-odd.csv");
  expect_success(run_driver(directory.path(), "--size 20 20 -o image.h5 -- -odd.csv"));
  EXPECT_THAT(directory.contents(), ElementsAre("-odd.csv", "image.h5"));
}

TEST(CommandLine, UnknownNamesListTheLegalOnes) {
  const TemporaryDirectory directory;
  struct Case {
    std::string arguments, words;
  };
  const std::string integrators =
      "legal integrators: exact, boundary, tiles, centre, gauss-legendre, clenshaw-curtis, "
      "midpoint, "
      "gauss-kronrod, refine";
  const std::string rule = good + " --integrator gauss-legendre";
  const std::string refine = good + " --integrator refine";
  const std::string options = "legal options: --size, --output, --png, --integrator";
  const std::vector<Case> cases{
      {good + " --colour red", "unknown option '--colour'; " + options},
      {good + " -q", "unknown option '-q'; " + options},
      {good + " --integrator simpson", "unknown integrator 'simpson'; " + integrators},
      {good + " --error --integrator centre", "the integrator 'centre' has no error map"},
      {rule + " --error", "has no error map; it belongs to: exact, boundary, tiles, refine"},
      {good + " --error --psf psf.h5", "--error shows errors before a PSF"},
      {good + " --order 3",
       "the option --order does not belong to the integrator 'exact'; it belongs to: "
       "gauss-legendre, clenshaw-curtis, midpoint, gauss-kronrod, refine"},
      {good + " --integrator centre --order 3", "does not belong to the integrator 'centre'"},
      {good + " --oversample 3",
       "the option --oversample does not belong to the integrator 'exact'; it belongs to: refine"},
      {rule + " --base-oversample 1", "the option --base-oversample does not belong to the"},
      {rule + " --precision-goal 1e-6", "--precision-goal does not belong to the integrator"},
      {rule + " --refine-fraction 0.1", "--refine-fraction does not belong to the integrator"},
      {rule + " --max-level 5", "does not belong to the integrator 'gauss-legendre'"},
      {rule + " --order three", "--order needs a whole number, not 'three'"},
      {rule + " --order 2.5", "--order needs a whole number, not '2.5'"},
      {rule + " --order 0", "--order must be at least 1, not 0"},
      {rule + " --order 34", "the order of the integrator 'gauss-legendre' must lie in 1 to 33"},
      {good + " --integrator gauss-kronrod --order 9", "must be 7, 11, 15, 21 or 31, not 9"},
      {refine + " --order 1", "the order of the error estimate must lie in 2 to 33, not 1"},
      {refine + " --oversample 1", "the oversampling from level to level must lie in 2 to 33"},
      {refine + " --base-oversample 0", "the base oversampling must lie in 1 to 1000, not 0"},
      {refine + " --precision-goal small", "--precision-goal needs a number, not 'small'"},
      {refine + " --precision-goal -1", "the precision goal must be a number from 0 up, not -1"},
      {refine + " --refine-fraction 2", "the share of cells to refine must lie in 0 to 1, not 2"},
      {refine + " --max-level 99", "the deepest level of refinement must lie in 0 to 20, not 99"},
      {good + " --precision half", "unknown precision 'half'; legal precisions: double, single"},
      {good + " --backend abacus",
       "the backend 'abacus' is not compiled in; this build has: " + backend_names().front()},
      {good + " --tolerance small", "the tolerance 'small' is not a number"},
      {good + " --tolerance 0", "the tolerance must lie in"},
      {good + " --tolerance 1", "the tolerance must lie in"},
      {good + " --tolerance nan", "the tolerance must lie in"},
      {good + " second.csv", "unexpected argument 'second.csv'"},
      {"", "no catalogue is given"},
      {three_galaxies + " --size 20 20", "the output file is missing: give -o IMAGE.h5"},
      {three_galaxies + " --size 20 20 -o", "--output"},
      {good + " -o other.h5", "--output"},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.arguments);
    expect_refusal(run_driver(directory.path(), one.arguments), one.words);
  }
  EXPECT_THAT(directory.contents(), IsEmpty());
}

}  // namespace
}  // namespace glint::test
