// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_DELAUNAY_HPP
#define GLINT_DELAUNAY_HPP

#include <array>
#include <cstdint>
#include <vector>

/// A point on a fine lattice: with whole numbers every question of geometry has an exact answer.
struct LatticePoint {
  static constexpr std::int64_t limit = std::int64_t{1} << 23;  ///< of |x| and |y|

  std::int64_t x = 0, y = 0;
  bool operator==(const LatticePoint&) const = default;
};

/// Twice the signed area of a triangle, positive when it turns from +x to +y.
inline std::int64_t turn(const LatticePoint& a, const LatticePoint& b, const LatticePoint& c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

inline std::int64_t squared_distance(const LatticePoint& a, const LatticePoint& b) {
  return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
}

/// The Delaunay triangulation of distinct points, by insertion one after the other (Bowyer 1981,
/// Watson 1981). Points in an order without pattern cost some sqrt(number) steps each.
///
/// Three more corners far outside hold it together; triangles that touch them lie outside the
/// points.
class Delaunay {
 public:
  explicit Delaunay(const std::vector<LatticePoint>& points);

  /// The three points about `at`, or -1 for a corner outside.
  std::array<int, 3> triangle_around(const LatticePoint& at);

  /// The `count` points nearest to `at`, nearest first; at most as many as there are.
  std::vector<int> nearest(const LatticePoint& at, std::size_t count);

  /// Which points share an edge with each, ascending.
  const std::vector<std::vector<int>>& neighbours() const { return neighbours_; }

  const LatticePoint& point(int index) const { return points_[static_cast<std::size_t>(index)]; }

 private:
  struct Triangle {
    std::array<int, 3> corner;  // anticlockwise
    std::array<int, 3> beyond;  // the triangle across the edge opposite to the corner, or -1
  };

  int locate(const LatticePoint& at);
  bool circle_holds(int triangle, const LatticePoint& at) const;
  void insert(int index);
  void list_neighbours();

  std::vector<LatticePoint> points_;  // the corners outside are the last three
  std::vector<Triangle> triangles_;
  int last_ = 0;  // where the next search starts
  std::vector<std::vector<int>> neighbours_;
  std::vector<int> cavity_, stamp_, edge_at_, visited_;  // reused by insert() and nearest()
  int turn_number_ = 0, search_number_ = 0;
};

#endif
