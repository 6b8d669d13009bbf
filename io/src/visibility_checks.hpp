// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_VISIBILITY_CHECKS_HPP
#define GLINT_VISIBILITY_CHECKS_HPP

#include <cmath>
#include <glint/uv_data.hpp>

#include "interferometry_names.hpp"

namespace glint::impl {

/// Throws Error about the first visibility with a number that is not finite or a noise that is not
/// positive, and calls it number `index_of(k)`.
template <class IndexOf>
void validate_visibilities(const UvData<>& data, const IndexOf& index_of) {
  const auto refuse = [&](std::size_t k, const char* part, const char* name, double value,
                          const char* wanted) {
    throw Error(concat(part, " of ", name, " of visibility ", index_of(k), " is ", value,
                       ", but it must be ", wanted));
  };
  for (std::size_t k = 0; k < data.size(); ++k) {
    if (!std::isfinite(data.u(k))) refuse(k, "u", names::uv, data.u(k), "finite");
    if (!std::isfinite(data.v(k))) refuse(k, "v", names::uv, data.v(k), "finite");
    if (!std::isfinite(data.re(k))) refuse(k, "the real part", names::data, data.re(k), "finite");
    if (!std::isfinite(data.im(k)))
      refuse(k, "the imaginary part", names::data, data.im(k), "finite");
    const auto expect_noise = [&](const char* part, double noise) {
      if (!(std::isfinite(noise) && noise > 0.0))
        refuse(k, part, names::noise, noise, "a positive number");
    };
    expect_noise("the real part", data.noise_re(k));
    expect_noise("the imaginary part", data.noise_im(k));
  }
}

}  // namespace glint::impl

#endif
