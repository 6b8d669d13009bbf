// SPDX-License-Identifier: BSD-3-Clause
#include "delaunay.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

namespace {

__extension__ using Wide = __int128;  // products of four differences: 118 bits

std::size_t at_index(int index) { return static_cast<std::size_t>(index); }

}  // namespace

Delaunay::Delaunay(const std::vector<LatticePoint>& points) : points_(points) {
  const int count = static_cast<int>(points.size());
  const std::int64_t far = 16 * LatticePoint::limit;
  points_.push_back({-far, -far});
  points_.push_back({far, -far});
  points_.push_back({0, far});
  triangles_.push_back({{count, count + 1, count + 2}, {-1, -1, -1}});
  stamp_.push_back(0);
  edge_at_.resize(points_.size());
  for (int index = 0; index < count; ++index) insert(index);
  list_neighbours();
  visited_.assign(points_.size(), 0);
}

// Walks towards the point; in a Delaunay triangulation that never runs in circles.
int Delaunay::locate(const LatticePoint& at) {
  for (int triangle = last_;;) {
    const Triangle& t = triangles_[at_index(triangle)];
    int next = -1;
    for (std::size_t k = 0; k < 3 && next < 0; ++k)
      if (turn(point(t.corner[(k + 1) % 3]), point(t.corner[(k + 2) % 3]), at) < 0)
        next = t.beyond[k];
    if (next < 0) return last_ = triangle;
    triangle = next;
  }
}

bool Delaunay::circle_holds(int triangle, const LatticePoint& at) const {
  Wide x[3], y[3], square[3];
  for (std::size_t k = 0; k < 3; ++k) {
    const LatticePoint& corner = point(triangles_[at_index(triangle)].corner[k]);
    x[k] = corner.x - at.x;
    y[k] = corner.y - at.y;
    square[k] = squared_distance(corner, at);
  }
  return square[0] * (x[1] * y[2] - x[2] * y[1]) + square[1] * (x[2] * y[0] - x[0] * y[2]) +
             square[2] * (x[0] * y[1] - x[1] * y[0]) >
         0;
}

// The triangles whose circles hold the new point make way for a fan of new ones.
void Delaunay::insert(int index) {
  const LatticePoint at = point(index);
  ++turn_number_;
  cavity_ = {locate(at)};
  stamp_[at_index(cavity_[0])] = turn_number_;
  struct Edge {
    int from, to, beyond;
  };
  std::vector<Edge> rim;
  for (std::size_t k = 0; k < cavity_.size(); ++k) {
    const Triangle t = triangles_[at_index(cavity_[k])];
    for (std::size_t side = 0; side < 3; ++side) {
      const int beyond = t.beyond[side];
      if (beyond >= 0 && stamp_[at_index(beyond)] == turn_number_) continue;
      if (beyond >= 0 && circle_holds(beyond, at)) {
        stamp_[at_index(beyond)] = turn_number_;
        cavity_.push_back(beyond);
      } else {
        rim.push_back({t.corner[(side + 1) % 3], t.corner[(side + 2) % 3], beyond});
      }
    }
  }
  std::vector<int> fan;
  for (const Edge& edge : rim) {
    int triangle = static_cast<int>(triangles_.size());
    if (fan.size() < cavity_.size()) {
      triangle = cavity_[fan.size()];
    } else {
      triangles_.emplace_back();
      stamp_.push_back(0);
    }
    fan.push_back(triangle);
    triangles_[at_index(triangle)] = {{index, edge.from, edge.to}, {edge.beyond, -1, -1}};
    edge_at_[at_index(edge.from)] = triangle;
    if (edge.beyond >= 0) {
      Triangle& outside = triangles_[at_index(edge.beyond)];
      for (std::size_t k = 0; k < 3; ++k)
        if (outside.corner[(k + 1) % 3] == edge.to && outside.corner[(k + 2) % 3] == edge.from)
          outside.beyond[k] = triangle;
    }
  }
  for (const int triangle : fan) {
    const int next = edge_at_[at_index(triangles_[at_index(triangle)].corner[2])];
    triangles_[at_index(triangle)].beyond[1] = next;
    triangles_[at_index(next)].beyond[2] = triangle;
  }
  last_ = fan.front();
}

void Delaunay::list_neighbours() {
  neighbours_.resize(points_.size());
  for (const Triangle& t : triangles_)
    for (std::size_t k = 0; k < 3; ++k)
      neighbours_[at_index(t.corner[k])].push_back(t.corner[(k + 1) % 3]);
  // Every edge has been met once from each of its ends, but for those of the outermost triangle.
  const int count = static_cast<int>(points_.size()) - 3;
  neighbours_.resize(at_index(count));
  for (auto& list : neighbours_) {
    list.erase(std::remove_if(list.begin(), list.end(), [&](int k) { return k >= count; }),
               list.end());
    std::sort(list.begin(), list.end());
  }
}

std::array<int, 3> Delaunay::triangle_around(const LatticePoint& at) {
  std::array<int, 3> corners = triangles_[at_index(locate(at))].corner;
  for (int& corner : corners)
    if (at_index(corner) >= neighbours_.size()) corner = -1;
  return corners;
}

// Outwards from the nearest: the next nearest shares an edge with one that is already known.
std::vector<int> Delaunay::nearest(const LatticePoint& at, std::size_t count) {
  const auto real = [&](int index) { return at_index(index) < neighbours_.size(); };
  int start = -1;
  for (const int corner : triangles_[at_index(locate(at))].corner)
    if (real(corner) &&
        (start < 0 || squared_distance(point(corner), at) < squared_distance(point(start), at)))
      start = corner;
  if (start < 0) start = 0;  // outside, between two of the far corners
  for (bool closer = true; closer;) {
    closer = false;
    for (const int other : neighbours_[at_index(start)])
      if (squared_distance(point(other), at) < squared_distance(point(start), at)) {
        start = other;
        closer = true;
      }
  }
  using Candidate = std::pair<std::int64_t, int>;
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
  ++search_number_;
  const auto add = [&](int index) {
    if (visited_[at_index(index)] == search_number_) return;
    visited_[at_index(index)] = search_number_;
    queue.emplace(squared_distance(point(index), at), index);
  };
  std::vector<int> found;
  for (add(start); !queue.empty() && found.size() < count;) {
    const int index = queue.top().second;
    queue.pop();
    found.push_back(index);
    for (const int other : neighbours_[at_index(index)]) add(other);
  }
  return found;
}
