// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_REGISTRY_HPP
#define GLINT_PERF_REGISTRY_HPP

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "case.hpp"

namespace glint::perf {

/// Sizes of a case by name, in the order of its name.
using Arguments = std::vector<std::pair<std::string, std::size_t>>;

/// A case that can be made.
struct Entry {
  std::string operation, method, backend, precision;
  Arguments arguments;
  double elements = 0.0;  ///< numbers that come out
  std::function<std::unique_ptr<Case>()> make;

  /// OPERATION/METHOD/BACKEND/PRECISION/ARGUMENT:VALUE/...
  std::string name() const;
};

/// All cases, in the order in which they were registered.
class Registry {
 public:
  /// Adds the case that C, a class on an execution space, makes of `values`.
  template <class C, class... Values>
  void add(const std::string& operation, const std::string& method, const std::string& precision,
           const Arguments& arguments, double elements, const Values&... values) {
    entries_.push_back({operation, method, backend_name<typename C::Space>(), precision, arguments,
                        elements, [=] { return std::make_unique<C>(values...); }});
  }

  const std::vector<Entry>& entries() const { return entries_; }

  /// Throws Error when there is no case of that name.
  const Entry& find(const std::string& name) const;

  /// For every operation, method, backend and precision the case with the fewest elements.
  std::vector<const Entry*> smallest() const;

 private:
  std::vector<Entry> entries_;
};

/// "float" or "double".
template <class T>
std::string precision_name() {
  return std::is_same_v<T, float> ? "float" : "double";
}

/// Every file of cases registers its own, for every enabled execution space.
void register_render(Registry& registry);
void register_sersic(Registry& registry);
void register_integrate(Registry& registry);
void register_uv(Registry& registry);
void register_uv_images(Registry& registry);
void register_w_tilde(Registry& registry);
void register_curvature(Registry& registry);
void register_precision_operator(Registry& registry);
void register_mapping(Registry& registry);
void register_likelihood(Registry& registry);
void register_dense_solve(Registry& registry);
void register_psf(Registry& registry);
void register_evidence(Registry& registry);
void register_regularization(Registry& registry);
void register_linear_objects(Registry& registry);
void register_evidence_scan(Registry& registry);
void register_predict(Registry& registry);
void register_images(Registry& registry);
void register_preparation(Registry& registry);
void register_cells(Registry& registry);
void register_products(Registry& registry);
void register_sky(Registry& registry);
void register_array_maps(Registry& registry);
void register_array_gaussians(Registry& registry);
void register_array_reductions(Registry& registry);
void register_unequal(Registry& registry);
void register_telescope(Registry& registry);
void register_array_signals(Registry& registry);
void register_solvers(Registry& registry);

/// Calls all of the above.
void register_everything(Registry& registry);

}  // namespace glint::perf

#endif
