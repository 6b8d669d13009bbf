// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_SPACES_HPP
#define GLINT_TESTS_SPACES_HPP

#include <gtest/gtest.h>

#include <glint/backends.hpp>
#include <string>

/// Type lists for typed tests: every enabled execution space, alone and with both precisions.

namespace glint::test {

template <class ExecutionSpace, class T = double>
struct Case {
  using space = ExecutionSpace;
  using value = T;
};

namespace impl {
struct End {};
template <class Done, class... Rest>
struct Collect;
template <class... Done>
struct Collect<testing::Types<Done...>, End> {
  using type = testing::Types<Done...>;
};
template <class... Done, class Next, class... Rest>
struct Collect<testing::Types<Done...>, Next, Rest...>
    : Collect<testing::Types<Done..., Next>, Rest...> {};
}  // namespace impl

#define GLINT_CASE(Space) Case<Space>,
using Spaces = impl::Collect<testing::Types<>, GLINT_FOR_EACH_SPACE(GLINT_CASE) impl::End>::type;
#undef GLINT_CASE
#define GLINT_CASES(Space) Case<Space, double>, Case<Space, float>,
using SpacesAndPrecisions =
    impl::Collect<testing::Types<>, GLINT_FOR_EACH_SPACE(GLINT_CASES) impl::End>::type;
#undef GLINT_CASES

/// Names a case in test listings: "serial_double".
struct CaseName {
  template <class C>
  static std::string GetName(int) {
    return backend_name<typename C::space>() +
           (std::is_same_v<typename C::value, double> ? "_double" : "_float");
  }
};

}  // namespace glint::test

#endif
