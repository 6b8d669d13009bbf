// SPDX-License-Identifier: BSD-3-Clause
#include "registry.hpp"

#include <glint/error.hpp>

namespace glint::perf {

std::string Entry::name() const {
  std::string text = concat(operation, "/", method, "/", backend, "/", precision);
  for (const auto& [name, value] : arguments) text += concat("/", name, ":", value);
  return text;
}

const Entry& Registry::find(const std::string& name) const {
  for (const Entry& entry : entries_)
    if (entry.name() == name) return entry;
  throw Error(concat("there is no case '", name, "'"));
}

std::vector<const Entry*> Registry::smallest() const {
  std::vector<const Entry*> chosen;
  for (const Entry& entry : entries_) {
    bool known = false;
    for (const Entry*& other : chosen) {
      if (other->operation != entry.operation || other->method != entry.method ||
          other->backend != entry.backend || other->precision != entry.precision)
        continue;
      known = true;
      if (entry.elements < other->elements) other = &entry;
    }
    if (!known) chosen.push_back(&entry);
  }
  return chosen;
}

void register_everything(Registry& registry) {
  register_render(registry);
  register_sersic(registry);
  register_integrate(registry);
  register_uv(registry);
  register_uv_images(registry);
  register_w_tilde(registry);
  register_curvature(registry);
  register_precision_operator(registry);
  register_mapping(registry);
  register_likelihood(registry);
  register_dense_solve(registry);
  register_psf(registry);
  register_evidence(registry);
  register_regularization(registry);
  register_linear_objects(registry);
  register_evidence_scan(registry);
  register_predict(registry);
  register_images(registry);
  register_preparation(registry);
  register_cells(registry);
  register_products(registry);
  register_sky(registry);
  register_array_maps(registry);
  register_array_gaussians(registry);
  register_array_reductions(registry);
  register_unequal(registry);
  register_telescope(registry);
  register_array_signals(registry);
  register_solvers(registry);
}

}  // namespace glint::perf
