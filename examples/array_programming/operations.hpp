// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_ARRAY_PROGRAMMING_OPERATIONS_HPP
#define GLINT_ARRAY_PROGRAMMING_OPERATIONS_HPP

#include <cmath>
#include <glint/counter_random.hpp>
#include <glint/error.hpp>

#include "printing.hpp"

/// What a binary operation makes of an array, and random numbers.

struct Add {
  template <class Result>
  using Reducer = Kokkos::Sum<Result>;
  KOKKOS_FUNCTION double operator()(double a, double b) const { return a + b; }
};
struct Multiply {
  template <class Result>
  using Reducer = Kokkos::Prod<Result>;
  KOKKOS_FUNCTION double operator()(double a, double b) const { return a * b; }
};
struct Maximum {
  template <class Result>
  using Reducer = Kokkos::Max<Result>;
  KOKKOS_FUNCTION double operator()(double a, double b) const { return a > b ? a : b; }
};

template <class Operation, class View>
struct Reduce {
  View x;
  KOKKOS_FUNCTION void operator()(std::size_t k, double& result) const {
    result = Operation()(result, x(k));
  }
};

/// One of the log2(n) steps of a scan (Hillis and Steele 1986): afterwards each element has met the
/// 2 distance - 1 before it.
template <class Operation, class View>
struct ScanStep {
  View from, to;
  std::size_t distance;
  KOKKOS_FUNCTION void operator()(std::size_t k) const {
    to(k) = k >= distance ? Operation()(from(k - distance), from(k)) : from(k);
  }
};

template <class Operation, class View, class Table>
struct Outer {
  View x;
  Table table;
  KOKKOS_FUNCTION void operator()(std::size_t n) const {
    const std::size_t count = x.extent(0);
    table(n / count, n % count) = Operation()(x(n / count), x(n % count));
  }
};

template <class Operation, class ExecutionSpace>
void show_operation(const ExecutionSpace& space, const std::string& name) {
  using Memory = typename ExecutionSpace::memory_space;
  using View = glint::Vector<double, Memory>;
  using Table = glint::Matrix<double, Memory>;
  const View x = glint::upload(space, "array_programming::operation::x", {3, 1, 4, 1, 5, 9, 2, 6});
  const std::size_t count = x.extent(0);
  double reduced = 0.0;
  Kokkos::parallel_reduce("array_programming::operation::reduce", glint::range(space, count),
                          Reduce<Operation, View>{x},
                          typename Operation::template Reducer<double>(reduced));
  glint::compat::fence(space, "array_programming::operation");
  line(glint::concat(name, " reduce"), number(reduced));

  View from = glint::allocate<View>(space, "array_programming::operation::from", count);
  View to = glint::allocate<View>(space, "array_programming::operation::to", count);
  glint::copy(space, from, x);
  for (std::size_t distance = 1; distance < count; distance *= 2) {
    Kokkos::parallel_for("array_programming::operation::scan", glint::range(space, count),
                         ScanStep<Operation, View>{from, to, distance});
    std::swap(from, to);
  }
  line(glint::concat(name, " accumulate"), list(on_host(space, from)));

  const View few = glint::upload(space, "array_programming::operation::few", {1, 2, 3});
  const auto table = glint::allocate<Table>(space, "array_programming::operation::table", 3, 3);
  Kokkos::parallel_for("array_programming::operation::outer", glint::range(space, 9),
                       Outer<Operation, View, Table>{few, table});
  line(glint::concat(name, " outer"), list(on_host(space, table)));
}

template <class ExecutionSpace>
void show_operations(const ExecutionSpace& space) {
  title("what an operation makes of [3 1 4 1 5 9 2 6], and its table for [1 2 3]");
  show_operation<Add>(space, "add");
  show_operation<Multiply>(space, "multiply");
  show_operation<Maximum>(space, "maximum");
}

template <class View>
struct Draw {
  glint::RandomStream stream;
  View uniform, normal;
  KOKKOS_FUNCTION void operator()(std::size_t k) const {
    uniform(k) = glint::random_uniform(stream, k);
    normal(k) = glint::random_normal<double>(stream, k);
  }
};

template <class ExecutionSpace>
void show_random(const ExecutionSpace& space, std::uint64_t seed) {
  title(glint::concat("random numbers, the same whoever draws them: seed ", seed));
  using View = glint::Vector<double, typename ExecutionSpace::memory_space>;
  constexpr std::size_t count = 100000;
  const auto uniform = glint::allocate<View>(space, "array_programming::random::uniform", count);
  const auto normal = glint::allocate<View>(space, "array_programming::random::normal", count);
  Kokkos::parallel_for("array_programming::random::draw", glint::range(space, count),
                       Draw<View>{{seed, 1000}, uniform, normal});
  const std::vector<double> u = on_host(space, uniform), n = on_host(space, normal);
  const auto first = [](const std::vector<double>& all) {
    return list(std::vector<double>(all.begin(), all.begin() + 4));
  };
  line("uniform", first(u));
  line("normal", first(n));
  double mean = 0.0, square = 0.0;
  for (const double value : n) mean += value / count;
  for (const double value : n) square += (value - mean) * (value - mean) / count;
  line("mean and deviation of 100,000",
       glint::concat(number(mean, 4), " ", number(std::sqrt(square), 4)));
}

#endif
