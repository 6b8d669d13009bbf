// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_ERRORS_HPP
#define GLINT_TESTS_ERRORS_HPP

#include <glint/error.hpp>
#include <string>

namespace glint::test {

/// The sentence with which a call is refused, or "accepted".
template <class Action>
std::string sentence_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.sentence();
  }
  return "accepted";
}

}  // namespace glint::test

#endif
