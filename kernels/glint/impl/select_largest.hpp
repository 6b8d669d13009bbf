// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_IMPL_SELECT_LARGEST_HPP
#define GLINT_IMPL_SELECT_LARGEST_HPP

#include <glint/execution.hpp>
#include <glint/refinement.hpp>

/// The m largest of a list, found on the device: counts of the leading digits of the numbers' bits
/// narrow the m-th largest down, one digit per pass; a scan then lists whatever lies above it, and
/// of its equals those with the lowest indices.

namespace glint::impl {

/// An unsigned number that orders estimates (never negative) as they are; NaN comes last.
KOKKOS_FORCEINLINE_FUNCTION std::uint64_t order_key(double error) {
  return error == error ? compat::bit_cast<std::uint64_t>(math::fabs(error)) + 1 : 0;
}

/// What all steps share. `previous_imprecise`: whether the level below needs refinement at all.
template <class ExecutionSpace>
struct SelectLargest {
  using Memory = typename ExecutionSpace::memory_space;

  Vector<double, Memory> errors;
  std::size_t count;  ///< of errors
  Vector<std::uint64_t, Memory> imprecise;
  int level;  ///< whose errors these are
  Matrix<std::uint32_t, Memory> histogram;
  Matrix<std::uint64_t, Memory> digits;

  KOKKOS_FORCEINLINE_FUNCTION bool needed() const { return imprecise(level) > 0; }
};

/// Counts the digits of one pass among the numbers that agree with the leading ones found so far.
/// A thread takes `chunk` numbers and adds runs of equal digits at once: neighbours are alike.
template <class ExecutionSpace>
struct CountDigits : SelectLargest<ExecutionSpace> {
  using Base = SelectLargest<ExecutionSpace>;
  static constexpr std::size_t chunk = is_host_execution_v<ExecutionSpace> ? 512 : 1;
  int pass;

  CountDigits(const Base& base, int p) : Base(base), pass(p) {}
  std::size_t chunks() const { return (this->count + chunk - 1) / chunk; }

  KOKKOS_FUNCTION void operator()(std::size_t index) const {
    if (!this->needed()) return;
    const int shift = 64 - RadixDigits::bits * (pass + 1);
    const std::uint64_t leading = this->digits(pass, 0);
    const std::size_t first = index * chunk;
    const std::size_t last = first + chunk < this->count ? first + chunk : this->count;
    std::uint32_t run = 0;
    int running = 0;
    for (std::size_t c = first; c < last; ++c) {
      const std::uint64_t key = order_key(this->errors(c)) >> shift;
      if (key >> RadixDigits::bits != leading) continue;
      const int digit = static_cast<int>(key & (RadixDigits::bins - 1));
      if (digit != running && run > 0) {
        Kokkos::atomic_add(&this->histogram(pass, running), run);
        run = 0;
      }
      running = digit;
      ++run;
    }
    if (run > 0) Kokkos::atomic_add(&this->histogram(pass, running), run);
  }
};

/// Scans the counts from the largest digit down for the one that holds the m-th largest number.
template <class ExecutionSpace>
struct ChooseDigit : SelectLargest<ExecutionSpace> {
  using Base = SelectLargest<ExecutionSpace>;
  using value_type = std::uint64_t;
  int pass;

  ChooseDigit(const Base& base, int p) : Base(base), pass(p) {}

  KOKKOS_FUNCTION void operator()(int index, std::uint64_t& above, bool final) const {
    const int digit = RadixDigits::bins - 1 - index;
    const std::uint64_t before = above;
    above += this->histogram(pass, digit);
    const std::uint64_t wanted = this->digits(pass, 1);
    if (final && this->needed() && before < wanted && wanted <= above) {
      this->digits(pass + 1, 0) = this->digits(pass, 0) << RadixDigits::bits | digit;
      this->digits(pass + 1, 1) = wanted - before;
    }
  }
};

/// Lists the chosen ones in ascending order. Two counts in one number: larger ones and equals.
template <class ExecutionSpace>
struct ListLargest : SelectLargest<ExecutionSpace> {
  using Base = SelectLargest<ExecutionSpace>;
  using value_type = std::uint64_t;
  Matrix<std::int32_t, typename ExecutionSpace::memory_space> index;

  template <class IndexView>
  ListLargest(const Base& base, const IndexView& view) : Base(base), index(view) {}

  KOKKOS_FUNCTION void operator()(std::size_t c, std::uint64_t& before, bool final) const {
    if (!this->needed()) return;
    const std::uint64_t threshold = this->digits(RadixDigits::passes, 0);
    const std::uint64_t equals_wanted = this->digits(RadixDigits::passes, 1);
    const std::uint64_t key = order_key(this->errors(c));
    if (key < threshold) return;
    const std::uint64_t larger = before >> 32, equal = before & 0xffffffffu;
    const bool chosen = key > threshold || equal < equals_wanted;
    if (final && chosen)
      index(this->level, larger + (equal < equals_wanted ? equal : equals_wanted)) =
          static_cast<std::int32_t>(c);
    before += key > threshold ? std::uint64_t(1) << 32 : 1;
  }
};

/// What a selection starts from: nothing known, m to take.
template <class ExecutionSpace>
struct StartSelection {
  Matrix<std::uint64_t, typename ExecutionSpace::memory_space> digits;
  Matrix<std::uint32_t, typename ExecutionSpace::memory_space> histogram;
  std::uint64_t wanted;

  KOKKOS_FUNCTION void operator()(int k) const {
    histogram(k / RadixDigits::bins, k % RadixDigits::bins) = 0;
    if (k == 0) digits(0, 0) = 0, digits(0, 1) = wanted;
  }
};

/// Fills row `level` of refinement.index with the m largest of the `count` estimates of that level.
template <class ExecutionSpace>
void select_largest(const ExecutionSpace& space, const Refinement<ExecutionSpace>& r, int level,
                    std::size_t count) {
  const SelectLargest<ExecutionSpace> base{r.errors, count,       r.imprecise,
                                           level,    r.histogram, r.digits};
  Kokkos::parallel_for("glint::prepare_refinement::start",
                       range(space, RadixDigits::passes * RadixDigits::bins),
                       StartSelection<ExecutionSpace>{r.digits, r.histogram, r.split()});
  for (int pass = 0; pass < RadixDigits::passes; ++pass) {
    const CountDigits<ExecutionSpace> counter(base, pass);
    Kokkos::parallel_for("glint::prepare_refinement::count", range(space, counter.chunks()),
                         counter);
    Kokkos::parallel_scan("glint::prepare_refinement::choose", range(space, RadixDigits::bins),
                          ChooseDigit<ExecutionSpace>(base, pass));
  }
  Kokkos::parallel_scan("glint::prepare_refinement::list", range(space, count),
                        ListLargest<ExecutionSpace>(base, r.index));
}

}  // namespace glint::impl

#endif
