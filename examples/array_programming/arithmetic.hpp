// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ARRAY_PROGRAMMING_ARITHMETIC_HPP
#define GLINT_ARRAY_PROGRAMMING_ARITHMETIC_HPP

#include <cmath>
#include <glint/array_sum.hpp>
#include <glint/bilinear_map.hpp>
#include <glint/constants.hpp>
#include <glint/madhava.hpp>
#include <glint/reduced_sum.hpp>

#include "printing.hpp"

/// Every number once, and reductions.

/// x_k = k modulo 1000.
template <class View>
struct Remainders {
  View x;
  KOKKOS_FUNCTION void operator()(std::size_t k) const { x(k) = static_cast<float>(k % 1000); }
};

template <class ExecutionSpace>
void show_sum(const ExecutionSpace& space) {
  title("sum of 1,000,000 numbers in single precision");
  using Floats = glint::Vector<float, typename ExecutionSpace::memory_space>;
  const auto x = glint::allocate<Floats>(space, "array_programming::sum::x", 1000000);
  Kokkos::parallel_for("array_programming::sum::remainders", glint::range(space, x.extent(0)),
                       Remainders<Floats>{x});
  line("k modulo 1000", number(glint::sum(space, x), 12));
  glint::fill(space, x, 0.1F);
  line("a tenth each", number(glint::sum(space, x), 10));
}

template <class ExecutionSpace>
void show_map(const ExecutionSpace& space) {
  title("2 x y + 3 y + 1, in one pass");
  const auto x = glint::upload(space, "array_programming::map::x", {0, 1, 2, 3, 4, 5});
  const auto y = glint::upload(space, "array_programming::map::y", {5, 4, 3, 2, 1, 0});
  const auto out = glint::upload(space, "array_programming::map::out", {0, 0, 0, 0, 0, 0});
  glint::bilinear_map(space, x, y, out);
  line("result", list(on_host(space, out)));
}

template <class ExecutionSpace>
void show_madhava(const ExecutionSpace& space) {
  title("pi from 30 terms of Madhava's series");
  const double pi = glint::madhava_pi(space, 30);
  line("pi", number(pi, 14));
  line("error below 1e-15", std::fabs(pi - glint::constants::pi) < 1e-15 ? "yes" : "no");
}

template <class ExecutionSpace>
void show_reduced_sum(const ExecutionSpace& space) {
  title("f_m = sum over k of (m a_k)^2 b_k, without an array of all m and k");
  std::vector<double> a, b;
  for (int k = 0; k < 1000; ++k) {
    a.push_back(1.0 / (1.0 + k));
    b.push_back(2.0 + k % 3);
  }
  const auto f = glint::upload(space, "array_programming::reduced_sum::f", std::vector<double>(6));
  glint::reduced_sum(space, glint::upload(space, "array_programming::reduced_sum::a", a),
                     glint::upload(space, "array_programming::reduced_sum::b", b), f);
  line("f", list(on_host(space, f), 10));
}

#endif
