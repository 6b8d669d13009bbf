// SPDX-License-Identifier: BSD-3-Clause
#include <glint/render.hpp>

namespace glint {

const std::string& integrator_name(Integrator integrator) {
  static const std::string names[] = {"exact",    "boundary",       "tiles",
                                      "centre",   "gauss-legendre", "clenshaw-curtis",
                                      "midpoint", "gauss-kronrod",  "refine"};
  return names[static_cast<int>(integrator)];
}

bool keeps_tolerance(Integrator integrator) {
  return integrator == Integrator::exact || integrator == Integrator::boundary ||
         integrator == Integrator::tiles;
}

int rule_order(const RenderOptions& options) {
  switch (options.integrator) {
    case Integrator::gauss_legendre:
    case Integrator::clenshaw_curtis:
    case Integrator::midpoint:
    case Integrator::refine:
      return options.order ? options.order : 3;
    case Integrator::gauss_kronrod:
      return options.order ? options.order : 15;
    default:
      return 0;
  }
}

RefinementOptions refinement_options(const RenderOptions& options) {
  RefinementOptions refinement;
  refinement.base_oversample = options.base_oversample;
  refinement.order = rule_order(options);
  refinement.oversample = options.oversample;
  refinement.precision = options.precision_goal;
  refinement.frac_refine = options.refine_fraction;
  refinement.k_max = options.max_level;
  return refinement;
}

namespace {

void validate_order(const RenderOptions& options) {
  const int order = rule_order(options);
  const std::string& name = integrator_name(options.integrator);
  if (options.integrator == Integrator::gauss_kronrod)
    GLINT_EXPECTS(order == 7 || order == 11 || order == 15 || order == 21 || order == 31,
                  "the order of the integrator '", name, "' must be 7, 11, 15, 21 or 31, not ",
                  order);
  else
    GLINT_EXPECTS(order >= 1 && order <= 33, "the order of the integrator '", name,
                  "' must lie in 1 to 33, not ", order);
}

}  // namespace

void validate(const RenderOptions& options) {
  GLINT_EXPECTS(options.tolerance >= 1e-12 && options.tolerance <= 0.1,
                "the tolerance must lie in 1e-12 to 0.1, not ", options.tolerance);
  GLINT_EXPECTS(options.floor >= 1e-15 && options.floor <= 1e-3,
                "the tolerance's floor must lie in 1e-15 to 1e-3, not ", options.floor);
  GLINT_EXPECTS(options.neglect >= 0.0 && options.neglect <= 0.5,
                "the share of flux to neglect must lie in 0 to 0.5, not ", options.neglect);
  if (options.integrator == Integrator::refine)
    validate(refinement_options(options));
  else if (rule_order(options) != 0)
    validate_order(options);
}

}  // namespace glint
