// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PASSIVE_SET_HPP
#define GLINT_PASSIVE_SET_HPP

#include <algorithm>
#include <cstddef>
#include <vector>

/// Which sources are positive: the decisions of the methods that factor, on the host.
///
/// Everywhere x is the solution for the passive sources alone, 0 elsewhere, slope = A x - D,
/// a = diag(A), and `slack` what may be missing to a sign, in units of D.

namespace glint::impl {

/// Changes sides of all sources with a wrong sign, as long as that leads to fewer of them; if it
/// has not three times in a row, of the last one only, which always ends (Murty 1974).
class BlockPivoting {
 public:
  /// Changes `passive`; false if there is nothing to change.
  bool exchange(const std::vector<double>& x, const std::vector<double>& slope,
                const std::vector<double>& a, double slack, std::vector<char>& passive) {
    std::size_t wrong = 0, last = 0;
    for (std::size_t s = 0; s < x.size(); ++s)
      if (is_wrong(s, x, slope, a, slack, passive)) {
        ++wrong;
        last = s;
      }
    if (wrong == 0) return false;
    const bool fewer = !started_ || wrong < fewest_;
    started_ = true;
    if (fewer) {
      fewest_ = wrong;
      patience_ = 3;
    } else if (patience_ > 0) {
      --patience_;
    } else {
      passive[last] = !passive[last];
      return true;
    }
    // x and slope stay as they are meanwhile.
    for (std::size_t s = 0; s < x.size(); ++s)
      if (is_wrong(s, x, slope, a, slack, passive)) passive[s] = !passive[s];
    return true;
  }

 private:
  static bool is_wrong(std::size_t s, const std::vector<double>& x,
                       const std::vector<double>& slope, const std::vector<double>& a, double slack,
                       const std::vector<char>& passive) {
    return passive[s] ? a[s] * x[s] < -slack : slope[s] < -slack;
  }

  bool started_ = false;
  std::size_t fewest_ = 0;
  int patience_ = 3;
};

/// Lawson and Hanson's: from a feasible point towards the solution for the passive sources up to
/// the first that would turn negative, which leaves; where none does, that with the steepest slope
/// joins.
class ActiveSet {
 public:
  explicit ActiveSet(std::vector<double> start) : feasible_(std::move(start)) {}

  bool exchange(const std::vector<double>& x, const std::vector<double>& slope,
                const std::vector<double>& a, double slack, std::vector<char>& passive) {
    double share = 2.0;
    for (std::size_t s = 0; s < x.size(); ++s)
      if (is_blocked(s, x, a, slack, passive)) share = std::min(share, share_of(s, x));
    if (share > 1.0) return join(x, slope, slack, passive);
    std::vector<std::size_t> leaving;
    for (std::size_t s = 0; s < x.size(); ++s)
      if (is_blocked(s, x, a, slack, passive) && share_of(s, x) <= share) leaving.push_back(s);
    for (std::size_t s = 0; s < x.size(); ++s)
      feasible_[s] = std::max(0.0, feasible_[s] + share * (x[s] - feasible_[s]));
    for (const std::size_t s : leaving) {
      passive[s] = 0;
      feasible_[s] = 0.0;
    }
    return true;
  }

 private:
  bool join(const std::vector<double>& x, const std::vector<double>& slope, double slack,
            std::vector<char>& passive) {
    std::size_t best = x.size();
    double steepest = -slack;
    for (std::size_t s = 0; s < x.size(); ++s) {
      feasible_[s] = std::max(0.0, x[s]);
      if (passive[s] || slope[s] >= steepest) continue;
      steepest = slope[s];
      best = s;
    }
    if (best == x.size()) return false;
    passive[best] = 1;
    return true;
  }
  static bool is_blocked(std::size_t s, const std::vector<double>& x, const std::vector<double>& a,
                         double slack, const std::vector<char>& passive) {
    return passive[s] && a[s] * x[s] < -slack;
  }
  double share_of(std::size_t s, const std::vector<double>& x) const {
    return feasible_[s] / (feasible_[s] - x[s]);
  }

  std::vector<double> feasible_;
};

}  // namespace glint::impl

#endif
