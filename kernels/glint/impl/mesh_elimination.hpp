// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_MESH_ELIMINATION_HPP
#define GLINT_IMPL_MESH_ELIMINATION_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

/// The log determinant of a graph Laplacian, of equal or other weights, with something added to its
/// diagonal, on the host.
///
/// A matrix A with A_ij = -w_ij <= 0 off the diagonal and row sums e_i > 0 stays of that kind when
/// a node k is eliminated:
///   pivot p = sum over j of w_kj + e_k,   w_ij += w_ki w_kj / p,   e_i += w_ki e_k / p.
/// Nothing is ever subtracted (Grassmann, Taksar & Heyman 1985), so every pivot is right to a few
/// units in its last place even where e is tiny and the diagonal, degree + e, could not hold it.

namespace glint::impl {

/// A number and its derivative, here with respect to the weight of a mesh.
struct Slope {
  double value = 0.0, slope = 0.0;

  friend Slope operator*(const Slope& a, const Slope& b) {
    return {a.value * b.value, a.value * b.slope + a.slope * b.value};
  }
  friend Slope operator/(const Slope& a, const Slope& b) {
    const double ratio = a.value / b.value;
    return {ratio, (a.slope - ratio * b.slope) / b.value};
  }
  Slope& operator+=(const Slope& other) {
    value += other.value, slope += other.slope;
    return *this;
  }
};

/// Working memory that only grows. One object serves one thread at a time.
class MeshElimination {
 public:
  /// How nodes are ordered.
  enum class Order {
    automatic,       ///< envelope where it costs less
    envelope,        ///< breadth first from the rim (Cuthill & McKee 1969): few, long, dense rows
    minimum_degree,  ///< whoever has the fewest neighbours goes first: little fill for any graph
  };

  /// Takes the graph of a neighbour table: entry (s, p) at table[s row_step + p column_step].
  /// Throws what check_neighbours() throws for the same table.
  template <class Index>
  void assign(const Index* table, std::size_t rows, std::size_t columns, std::size_t row_step,
              std::size_t column_step);

  /// ln det(weight L + excess I), L = diag(degree) - adjacency. weight >= 0, excess > 0, finite.
  double log_determinant(double weight, double excess, Order order = Order::automatic);

  /// The same and its derivative with respect to `weight`, which is the trace of
  /// (weight L + excess I)^-1 L. The derivative is right to some 1e-15 (number of nodes)/weight.
  /// Three times the cost.
  Slope log_determinant_slope(double weight, double excess, Order order = Order::automatic);

  /// ln det A, the edge of nodes s and t weighing strengths[s] + strengths[t], with excess[s] in
  /// row s; all from 0 up, finite, as many as nodes. Lone nodes without excess are left out;
  /// -infinity where A is singular all the same.
  double log_determinant(const std::vector<double>& strengths, const std::vector<double>& excess,
                         Order order = Order::automatic);

 private:
  /// What edges and nodes weigh: the same for all, or what each node brings.
  template <class Number>
  struct Weights {
    Number weight, excess;
    const double *strengths = nullptr, *excesses = nullptr;

    Number edge(int s, int t) const {
      return strengths ? Number{strengths[s] + strengths[t]} : weight;
    }
    Number node(int s) const { return excesses ? Number{excesses[s]} : excess; }
  };

  /// What an elimination works on, numbers or numbers with their slopes.
  template <class Number>
  struct Arrays {
    std::vector<Number> weights, excess, values;
  };

  Order choose(Order order);
  template <class Number>
  Number eliminate(const Weights<Number>& weights, Order order, Arrays<Number>& arrays);
  bool is_alone(int node) const { return begin_[node] == begin_[node + 1]; }
  void check_symmetry();
  void order_by_breadth();
  void search_from(int start);
  template <class Number>
  Number eliminate_envelope(const Weights<Number>& given, Arrays<Number>& arrays);
  template <class Number>
  Number eliminate_by_degree(const Weights<Number>& given, Arrays<Number>& arrays);
  template <class Number>
  void append(int node, int neighbour, const Number& value, std::vector<Number>& values);
  void set_degree(int node, int degree);
  void remove_degree(int node);

  std::size_t size_ = 0;
  // The graph: neighbours of s are at begin_[s] to begin_[s + 1] - 1 of neighbour_.
  std::vector<int> begin_, neighbour_, mark_;
  // The envelope: order_[k] is the node that goes k-th; row k reaches to end_[k] - 1.
  std::vector<int> order_, place_, end_;
  std::vector<std::size_t> row_;
  bool ordered_ = false;
  double envelope_cost_ = 0.0;
  // Minimum degree: lists in a pool, buckets of nodes of equal degree.
  std::vector<int> list_, length_, room_, pool_, head_, next_, previous_, degree_;
  Arrays<double> numbers_;
  Arrays<Slope> slopes_;
};

}  // namespace glint::impl

#endif
