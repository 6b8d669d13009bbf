// SPDX-License-Identifier: BSD-3-Clause
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <glint/backends.hpp>

namespace glint {
namespace {

TEST(Backends, DefaultComesFirstAndNamesAreUnique) {
  const auto names = backend_names();
  ASSERT_FALSE(names.empty());
  EXPECT_EQ(names.front(), backend_name<Kokkos::DefaultExecutionSpace>());
  for (std::size_t k = 1; k < names.size(); ++k) EXPECT_NE(names[k], names.front());
}

TEST(Backends, EveryNameReachesItsSpace) {
  for (const std::string& name : backend_names()) {
    std::string reached;
    with_backend(
        name, [&](const auto& space) { reached = backend_name<std::decay_t<decltype(space)>>(); });
    EXPECT_EQ(reached, name);
  }
}

TEST(Backends, UnknownNameListsTheLegalOnes) {
  try {
    with_backend("abacus", [](const auto&) {});
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_THAT(error.sentence(), testing::HasSubstr("'abacus'"));
    EXPECT_THAT(error.sentence(), testing::HasSubstr(backend_names().front()));
  }
}

}  // namespace
}  // namespace glint
