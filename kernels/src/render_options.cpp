// SPDX-License-Identifier: BSD-3-Clause
#include <glint/render.hpp>

namespace glint {

const std::string& integrator_name(Integrator integrator) {
  static const std::string names[] = {"exact", "boundary", "tiles", "centre"};
  return names[static_cast<int>(integrator)];
}

void validate(const RenderOptions& options) {
  GLINT_EXPECTS(options.tolerance >= 1e-12 && options.tolerance <= 0.1,
                "the tolerance must lie in 1e-12 to 0.1, not ", options.tolerance);
  GLINT_EXPECTS(options.floor >= 1e-15 && options.floor <= 1e-3,
                "the tolerance's floor must lie in 1e-15 to 1e-3, not ", options.floor);
  GLINT_EXPECTS(options.neglect >= 0.0 && options.neglect <= 0.5,
                "the share of flux to neglect must lie in 0 to 0.5, not ", options.neglect);
}

}  // namespace glint
