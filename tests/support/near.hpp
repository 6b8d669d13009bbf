// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_TESTS_NEAR_HPP
#define GLINT_TESTS_NEAR_HPP

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

namespace glint::test {

/// Collects comparisons and reports the worst few: |got - wanted| <= tolerance * max(|wanted|,
/// floor).
class Worst {
 public:
  explicit Worst(double tolerance, double floor = 0.0) : tolerance_(tolerance), floor_(floor) {}

  /// `allowance`: a factor on the tolerance for this comparison alone.
  void compare(double got, double wanted, const std::string& where, double allowance = 1.0) {
    const double scale = std::max(std::abs(wanted), floor_);
    const double error = got == wanted ? 0.0 : std::abs(got - wanted) / scale;
    ++count_;
    if (error <= tolerance_ * allowance) return;  // NaN is a failure too
    failures_.push_back({error, got, wanted, where});
  }

  testing::AssertionResult result() {
    if (count_ == 0) return testing::AssertionFailure() << "nothing was compared";
    if (failures_.empty()) return testing::AssertionSuccess();
    std::sort(failures_.begin(), failures_.end(),
              [](const Failure& a, const Failure& b) { return a.error > b.error; });
    auto report = testing::AssertionFailure();
    report << failures_.size() << " of " << count_ << " beyond " << tolerance_ << ", the worst:";
    for (std::size_t k = 0; k < std::min<std::size_t>(failures_.size(), 5); ++k) {
      const Failure& f = failures_[k];
      std::ostringstream line;
      line.precision(17);
      line << "\n  " << f.where << ": " << f.got << " for " << f.wanted << ", error " << f.error;
      report << line.str();
    }
    return report;
  }

 private:
  struct Failure {
    double error, got, wanted;
    std::string where;
  };
  double tolerance_, floor_;
  std::size_t count_ = 0;
  std::vector<Failure> failures_;
};

}  // namespace glint::test

#endif
