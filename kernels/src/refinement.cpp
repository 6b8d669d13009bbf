// SPDX-License-Identifier: BSD-3-Clause
#include <algorithm>
#include <glint/memory.hpp>
#include <glint/refinement.hpp>
#include <limits>

namespace glint {

void validate(const RefinementOptions& options) {
  GLINT_EXPECTS(options.base_oversample >= 1 && options.base_oversample <= 1000,
                "the base oversampling must lie in 1 to 1000, not ", options.base_oversample);
  GLINT_EXPECTS(options.order >= 2 && options.order <= 33,
                "the order of the error estimate must lie in 2 to 33, not ", options.order);
  GLINT_EXPECTS(options.oversample >= 2 && options.oversample <= 33,
                "the oversampling from level to level must lie in 2 to 33, not ",
                options.oversample);
  GLINT_EXPECTS(options.precision >= 0.0 && options.precision <= std::numeric_limits<double>::max(),
                "the precision goal must be a number from 0 up, not ", options.precision);
  GLINT_EXPECTS(options.frac_refine >= 0.0 && options.frac_refine <= 1.0,
                "the share of cells to refine must lie in 0 to 1, not ", options.frac_refine);
  GLINT_EXPECTS(options.k_max >= 0 && options.k_max <= 20,
                "the deepest level of refinement must lie in 0 to 20, not ", options.k_max);
}

template <class ExecutionSpace>
Refinement<ExecutionSpace> make_refinement(const ExecutionSpace& space, std::size_t cells,
                                           const RefinementOptions& options) {
  validate(options);
  constexpr std::size_t most = std::numeric_limits<std::int32_t>::max();
  const auto split = static_cast<std::size_t>(options.frac_refine * static_cast<double>(cells));
  const auto factor = static_cast<std::size_t>(options.oversample);
  GLINT_EXPECTS(cells <= most && split <= most / (factor * factor), "make_refinement: ", cells,
                " cells of which ", split, " are split into ", factor * factor,
                " are more than 32-bit indices can count");
  const std::size_t levels = split ? static_cast<std::size_t>(options.k_max) : 0;
  const std::size_t children = split * factor * factor;
  if constexpr (is_host_execution_v<ExecutionSpace>) {
    const std::string what = concat("the refinement of ", cells, " cells");
    expect_memory(what,
                  array_bytes(what, {cells + std::max(cells, children) + children * (levels + 4)},
                              sizeof(double)));
  }

  Refinement<ExecutionSpace> r;
  using impl::RadixDigits;
  const auto make = [&](auto& view, const char* label, auto... extents) {
    view = allocate<std::decay_t<decltype(view)>>(space, label, extents...);
  };
  r.options = options;
  make(r.initial, "glint::make_refinement::initial", cells);
  make(r.refined, "glint::make_refinement::refined", levels, children);
  make(r.index, "glint::make_refinement::index", levels, split);
  make(r.imprecise, "glint::make_refinement::imprecise", levels + 1);
  make(r.largest, "glint::make_refinement::largest", levels + 1);
  make(r.errors, "glint::make_refinement::errors", std::max(cells, children));
  make(r.centres, "glint::make_refinement::centres", 2, 2, children);
  make(r.histogram, "glint::make_refinement::histogram", RadixDigits::passes, RadixDigits::bins);
  make(r.digits, "glint::make_refinement::digits", RadixDigits::passes + 1, 2);
  r.rules = make_error_rules(space, options.order);
  return r;
}

#define GLINT_INSTANTIATE(Space)                                               \
  template Refinement<Space> make_refinement<Space>(const Space&, std::size_t, \
                                                    const RefinementOptions&);
GLINT_FOR_EACH_SPACE(GLINT_INSTANTIATE)
#undef GLINT_INSTANTIATE

}  // namespace glint
