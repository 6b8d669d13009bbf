// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <glint/execution.hpp>
#include <glint/impl/mesh_elimination.hpp>

/// The two eliminations, of numbers and of numbers with their slopes.

namespace glint::impl {
namespace {

double value_of(double number) { return number; }
double value_of(const Slope& number) { return number.value; }

/// A sum and what its rounding lost: thousands of equal logarithms lose digits one way.
struct CompensatedSum {
  double high = 0.0, low = 0.0;
  void add(double value) {
    const double sum = high + value, part = sum - high;
    low += (high - (sum - part)) + (value - part);
    high = sum;
  }
};

template <class Number>
struct LogSum;
template <>
struct LogSum<double> {
  CompensatedSum sum;
  void add_log(double pivot) { sum.add(std::log(pivot)); }
  double value() const { return sum.high + sum.low; }
};
template <>
struct LogSum<Slope> {
  CompensatedSum sum, slope;
  void add_log(const Slope& pivot) {
    sum.add(std::log(pivot.value));
    slope.add(pivot.slope / pivot.value);
  }
  Slope value() const { return {sum.high + sum.low, slope.high + slope.low}; }
};

}  // namespace

template <class Number>
Number MeshElimination::eliminate_envelope(const Weights<Number>& given, Arrays<Number>& arrays) {
  auto& weights = arrays.weights;
  auto& excesses = arrays.excess;
  weights.assign(row_[size_], Number{});
  excesses.resize(size_);
  for (std::size_t k = 0; k < size_; ++k) {
    excesses[k] = given.node(order_[k]);
    for (int e = begin_[order_[k]]; e < begin_[order_[k] + 1]; ++e) {
      const int j = place_[neighbour_[e]];
      if (j > static_cast<int>(k))
        weights[row_[k] + (j - k - 1)] = given.edge(order_[k], neighbour_[e]);
    }
  }
  LogSum<Number> sum;
  for (std::size_t k = 0; k < size_; ++k) {
    const std::size_t length = end_[k] - k - 1;
    const Number* row = weights.data() + row_[k];
    Number pivot = excesses[k];
    for (std::size_t j = 0; j < length; ++j) pivot += row[j];
    if (value_of(pivot) == 0.0) {
      if (is_alone(order_[k])) continue;
      return Number{-INFINITY};
    }
    sum.add_log(pivot);
    const Number inverse = Number{1.0} / pivot, mine = excesses[k];
    for (std::size_t i = 0; i < length; ++i) {
      const Number factor = row[i] * inverse;
      if (value_of(factor) == 0.0) continue;
      excesses[k + 1 + i] += factor * mine;
      const Number* KOKKOS_RESTRICT from = row + i + 1;
      Number* KOKKOS_RESTRICT to = weights.data() + row_[k + 1 + i];
      for (std::size_t j = 0; j < length - i - 1; ++j) to[j] += factor * from[j];
    }
  }
  return sum.value();
}

void MeshElimination::remove_degree(int node) {
  if (previous_[node] >= 0)
    next_[previous_[node]] = next_[node];
  else
    head_[degree_[node]] = next_[node];
  if (next_[node] >= 0) previous_[next_[node]] = previous_[node];
}

void MeshElimination::set_degree(int node, int degree) {
  degree_[node] = degree;
  previous_[node] = -1;
  next_[node] = head_[degree];
  if (head_[degree] >= 0) previous_[head_[degree]] = node;
  head_[degree] = node;
}

/// Adds an entry to a node's list, which moves to the end of the pool when it is full.
template <class Number>
void MeshElimination::append(int node, int neighbour, const Number& value,
                             std::vector<Number>& values) {
  if (length_[node] == room_[node]) {
    const int room = 2 * room_[node] + 4;
    const auto to = static_cast<int>(pool_.size());
    pool_.resize(pool_.size() + room);
    values.resize(pool_.size());
    std::copy_n(pool_.begin() + list_[node], length_[node], pool_.begin() + to);
    std::copy_n(values.begin() + list_[node], length_[node], values.begin() + to);
    list_[node] = to;
    room_[node] = room;
  }
  pool_[list_[node] + length_[node]] = neighbour;
  values[list_[node] + length_[node]++] = value;
}

template <class Number>
Number MeshElimination::eliminate_by_degree(const Weights<Number>& given, Arrays<Number>& arrays) {
  auto& excesses = arrays.excess;
  auto& values = arrays.values;
  const int size = static_cast<int>(size_);
  for (std::vector<int>* vector : {&list_, &length_, &room_, &next_, &previous_, &degree_})
    vector->resize(size_);
  head_.assign(size_ + 1, -1);
  mark_.assign(size_, -1);
  excesses.resize(size_);
  pool_ = neighbour_;
  values.resize(pool_.size());
  for (int s = size - 1; s >= 0; --s) {
    excesses[s] = given.node(s);
    for (int e = begin_[s]; e < begin_[s + 1]; ++e) values[e] = given.edge(s, neighbour_[e]);
    list_[s] = begin_[s];
    length_[s] = room_[s] = begin_[s + 1] - begin_[s];
    set_degree(s, length_[s]);
  }
  LogSum<Number> sum;
  int least = 0;
  for (int gone = 0; gone < size; ++gone) {
    while (head_[least] < 0) ++least;
    const int k = head_[least];
    remove_degree(k);
    const int length = length_[k];
    Number pivot = excesses[k];
    for (int e = 0; e < length; ++e) pivot += values[list_[k] + e];
    if (value_of(pivot) == 0.0) {
      if (is_alone(k)) continue;
      return Number{-INFINITY};
    }
    sum.add_log(pivot);
    for (int a = 0; a < length; ++a) {
      const int i = pool_[list_[k] + a];
      const Number factor = values[list_[k] + a] / pivot;
      excesses[i] += factor * excesses[k];
      // Positions of i's neighbours; k makes way for the last.
      for (int e = 0; e < length_[i]; ++e) mark_[pool_[list_[i] + e]] = e;
      const int hole = mark_[k], last = --length_[i];
      pool_[list_[i] + hole] = pool_[list_[i] + last];
      values[list_[i] + hole] = values[list_[i] + last];
      mark_[pool_[list_[i] + last]] = hole;
      mark_[k] = -1;
      for (int b = 0; b < length; ++b) {
        if (b == a) continue;
        const int j = pool_[list_[k] + b];
        const Number value = factor * values[list_[k] + b];
        if (mark_[j] >= 0)
          values[list_[i] + mark_[j]] += value;
        else
          append(i, j, value, values);
      }
      for (int e = 0; e < length_[i]; ++e) mark_[pool_[list_[i] + e]] = -1;
      remove_degree(i);
      set_degree(i, length_[i]);
      least = std::min(least, length_[i]);
    }
  }
  return sum.value();
}

template double MeshElimination::eliminate_envelope(const Weights<double>&, Arrays<double>&);
template Slope MeshElimination::eliminate_envelope(const Weights<Slope>&, Arrays<Slope>&);
template double MeshElimination::eliminate_by_degree(const Weights<double>&, Arrays<double>&);
template Slope MeshElimination::eliminate_by_degree(const Weights<Slope>&, Arrays<Slope>&);

}  // namespace glint::impl
