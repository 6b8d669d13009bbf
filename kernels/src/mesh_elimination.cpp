// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <cmath>
#include <glint/error.hpp>
#include <glint/execution.hpp>
#include <glint/impl/mesh_elimination.hpp>

namespace glint::impl {
namespace {

[[noreturn]] void one_sided(int row, std::size_t column, int other) {
  throw Error(concat("neighbour table row ", row, ", column ", column, ": source pixel ", other,
                     " is listed as a neighbour of ", row, ", but ", row,
                     " is not listed as one of ", other));
}

/// A sum and what its rounding lost: thousands of equal logarithms lose digits one way.
struct LogSum {
  double high = 0.0, low = 0.0;
  void add(double value) {
    const double sum = high + value, part = sum - high;
    low += (high - (sum - part)) + (value - part);
    high = sum;
  }
};

}  // namespace

template <class Index>
void MeshElimination::assign(const Index* table, std::size_t rows, std::size_t columns,
                             std::size_t row_step, std::size_t column_step) {
  size_ = 0;
  ordered_ = false;
  begin_.resize(rows + 1);
  mark_.assign(rows, -1);
  neighbour_.clear();
  for (std::size_t s = 0; s < rows; ++s) {
    begin_[s] = static_cast<int>(neighbour_.size());
    const int row = static_cast<int>(s);
    bool ended = false;
    for (std::size_t p = 0; p < columns; ++p) {
      const auto t = static_cast<std::int64_t>(table[s * row_step + p * column_step]);
      if (t == -1) {
        ended = true;
        continue;
      }
      const auto expect = [&](bool good, auto... words) {
        if (!good) throw Error(concat("neighbour table row ", s, ", column ", p, ": ", words...));
      };
      expect(t >= 0 && t < static_cast<std::int64_t>(rows), "the index is ", t,
             ", but it must lie in 0 to ", rows - 1, ", or be -1 for none");
      expect(!ended, "the index is ", t, " after a -1, but -1 must only be followed by -1");
      expect(t != row, "source pixel ", t, " is listed as its own neighbour");
      expect(mark_[t] != row, "source pixel ", t, " is listed twice");
      mark_[t] = row;
      neighbour_.push_back(static_cast<int>(t));
    }
  }
  begin_[rows] = static_cast<int>(neighbour_.size());
  size_ = rows;
  check_symmetry();
}
template void MeshElimination::assign(const int*, std::size_t, std::size_t, std::size_t,
                                      std::size_t);
template void MeshElimination::assign(const std::int64_t*, std::size_t, std::size_t, std::size_t,
                                      std::size_t);

/// The entries that name s, gathered by s, must be those that s names.
void MeshElimination::check_symmetry() {
  // pool_: incoming entries by target, length_: how many so far.
  length_.assign(size_, 0);
  pool_.resize(neighbour_.size());
  for (std::size_t s = 0; s < size_; ++s)
    for (int e = begin_[s]; e < begin_[s + 1]; ++e) {
      const int t = neighbour_[e];
      if (length_[t] == begin_[t + 1] - begin_[t]) {  // more come in than go out: find who is alone
        length_[t] = -1;
        break;
      }
      pool_[begin_[t] + length_[t]++] = static_cast<int>(s);
    }
  mark_.assign(size_, -1);
  for (std::size_t s = 0; s < size_; ++s) {
    const int row = static_cast<int>(s);
    if (length_[s] == begin_[s + 1] - begin_[s]) {
      for (int e = begin_[s]; e < begin_[s + 1]; ++e) mark_[pool_[e]] = row;
      bool complete = true;
      for (int e = begin_[s]; e < begin_[s + 1]; ++e) complete &= mark_[neighbour_[e]] == row;
      if (complete) continue;
    }
    // Something is wrong at s or at one of those that list it: look at all, once.
    for (std::size_t i = 0; i < size_; ++i)
      for (int e = begin_[i]; e < begin_[i + 1]; ++e) {
        const int t = neighbour_[e];
        const auto first = neighbour_.begin() + begin_[t],
                   last = neighbour_.begin() + begin_[t + 1];
        if (std::find(first, last, static_cast<int>(i)) == last)
          one_sided(static_cast<int>(i), e - begin_[i], t);
      }
  }
}

double MeshElimination::log_determinant(double weight, double excess, Order order) {
  if (weight == 0.0) return static_cast<double>(size_) * std::log(excess);
  if (order != Order::minimum_degree && !ordered_) order_by_breadth();
  if (order == Order::automatic) {
    // Measured on planar meshes of 700 to 20,000 nodes and on stars: lists only pay where a few
    // nodes have most of the neighbours.
    const double per_neighbour = 20000.0;
    order = envelope_cost_ <= per_neighbour * static_cast<double>(neighbour_.size())
                ? Order::envelope
                : Order::minimum_degree;
  }
  return order == Order::envelope ? eliminate_envelope(weight, excess)
                                  : eliminate_by_degree(weight, excess);
}

/// Appends the nodes that can be reached from `start` to order_, breadth first, those with few
/// neighbours first.
void MeshElimination::search_from(int start) {
  const auto degree = [&](int node) { return begin_[node + 1] - begin_[node]; };
  std::size_t done = order_.size();
  order_.push_back(start);
  place_[start] = 1;
  for (; done < order_.size(); ++done) {
    const int node = order_[done];
    const std::size_t first = order_.size();
    for (int e = begin_[node]; e < begin_[node + 1]; ++e) {
      const int t = neighbour_[e];
      if (place_[t]) continue;
      place_[t] = 1;
      std::size_t at = order_.size();
      order_.push_back(t);
      for (; at > first && degree(order_[at - 1]) > degree(t); --at) order_[at] = order_[at - 1];
      order_[at] = t;
    }
  }
}

void MeshElimination::order_by_breadth() {
  order_.clear();
  place_.assign(size_, 0);
  for (std::size_t s = 0; s < size_; ++s) {
    if (place_[s]) continue;
    // The last node of a search lies on the rim; twice is enough.
    int start = static_cast<int>(s);
    const std::size_t first = order_.size();
    for (int round = 0; round < 2; ++round) {
      search_from(start);
      start = order_.back();
      for (std::size_t k = first; k < order_.size(); ++k) place_[order_[k]] = 0;
      order_.resize(first);
    }
    search_from(start);
    std::reverse(order_.begin() + static_cast<std::ptrdiff_t>(first), order_.end());
  }
  for (std::size_t k = 0; k < size_; ++k) place_[order_[k]] = static_cast<int>(k);
  end_.resize(size_);
  row_.resize(size_ + 1);
  int end = 0;
  row_[0] = 0;
  envelope_cost_ = 0.0;
  for (std::size_t k = 0; k < size_; ++k) {
    end = std::max(end, static_cast<int>(k) + 1);
    for (int e = begin_[order_[k]]; e < begin_[order_[k] + 1]; ++e)
      end = std::max(end, place_[neighbour_[e]] + 1);
    end_[k] = end;
    const std::size_t length = static_cast<std::size_t>(end) - k - 1;
    row_[k + 1] = row_[k] + length;
    envelope_cost_ += static_cast<double>(length) * static_cast<double>(length);
  }
  ordered_ = true;
}

double MeshElimination::eliminate_envelope(double weight, double excess) {
  weights_.assign(row_[size_], 0.0);
  excess_.assign(size_, excess);
  for (std::size_t k = 0; k < size_; ++k)
    for (int e = begin_[order_[k]]; e < begin_[order_[k] + 1]; ++e) {
      const int j = place_[neighbour_[e]];
      if (j > static_cast<int>(k)) weights_[row_[k] + (j - k - 1)] = weight;
    }
  LogSum sum;
  for (std::size_t k = 0; k < size_; ++k) {
    const std::size_t length = end_[k] - k - 1;
    const double* row = weights_.data() + row_[k];
    double pivot = excess_[k];
    for (std::size_t j = 0; j < length; ++j) pivot += row[j];
    sum.add(std::log(pivot));
    const double inverse = 1.0 / pivot, mine = excess_[k];
    for (std::size_t i = 0; i < length; ++i) {
      const double factor = row[i] * inverse;
      if (factor == 0.0) continue;
      excess_[k + 1 + i] += factor * mine;
      const double* KOKKOS_RESTRICT from = row + i + 1;
      double* KOKKOS_RESTRICT to = weights_.data() + row_[k + 1 + i];
      for (std::size_t j = 0; j < length - i - 1; ++j) to[j] += factor * from[j];
    }
  }
  return sum.high + sum.low;
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
void MeshElimination::append(int node, int neighbour, double value) {
  if (length_[node] == room_[node]) {
    const int room = 2 * room_[node] + 4;
    const auto to = static_cast<int>(pool_.size());
    pool_.resize(pool_.size() + room);
    values_.resize(pool_.size());
    std::copy_n(pool_.begin() + list_[node], length_[node], pool_.begin() + to);
    std::copy_n(values_.begin() + list_[node], length_[node], values_.begin() + to);
    list_[node] = to;
    room_[node] = room;
  }
  pool_[list_[node] + length_[node]] = neighbour;
  values_[list_[node] + length_[node]++] = value;
}

double MeshElimination::eliminate_by_degree(double weight, double excess) {
  const int size = static_cast<int>(size_);
  for (std::vector<int>* vector : {&list_, &length_, &room_, &next_, &previous_, &degree_})
    vector->resize(size_);
  head_.assign(size_ + 1, -1);
  mark_.assign(size_, -1);
  excess_.assign(size_, excess);
  pool_ = neighbour_;
  values_.assign(pool_.size(), weight);
  for (int s = size - 1; s >= 0; --s) {
    list_[s] = begin_[s];
    length_[s] = room_[s] = begin_[s + 1] - begin_[s];
    set_degree(s, length_[s]);
  }
  LogSum sum;
  int least = 0;
  for (int gone = 0; gone < size; ++gone) {
    while (head_[least] < 0) ++least;
    const int k = head_[least];
    remove_degree(k);
    const int length = length_[k];
    double pivot = excess_[k];
    for (int e = 0; e < length; ++e) pivot += values_[list_[k] + e];
    sum.add(std::log(pivot));
    for (int a = 0; a < length; ++a) {
      const int i = pool_[list_[k] + a];
      const double factor = values_[list_[k] + a] / pivot;
      excess_[i] += factor * excess_[k];
      // Positions of i's neighbours; k makes way for the last.
      for (int e = 0; e < length_[i]; ++e) mark_[pool_[list_[i] + e]] = e;
      const int hole = mark_[k], last = --length_[i];
      pool_[list_[i] + hole] = pool_[list_[i] + last];
      values_[list_[i] + hole] = values_[list_[i] + last];
      mark_[pool_[list_[i] + last]] = hole;
      mark_[k] = -1;
      for (int b = 0; b < length; ++b) {
        if (b == a) continue;
        const int j = pool_[list_[k] + b];
        const double value = factor * values_[list_[k] + b];
        if (mark_[j] >= 0)
          values_[list_[i] + mark_[j]] += value;
        else
          append(i, j, value);
      }
      for (int e = 0; e < length_[i]; ++e) mark_[pool_[list_[i] + e]] = -1;
      remove_degree(i);
      set_degree(i, length_[i]);
      least = std::min(least, length_[i]);
    }
  }
  return sum.high + sum.low;
}

}  // namespace glint::impl
