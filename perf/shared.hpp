// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_SHARED_HPP
#define GLINT_PERF_SHARED_HPP

#include <memory>
#include <string>

namespace glint::perf {

/// What several cases need and takes long to make, e.g. what is expected of a problem that several
/// methods solve: the last one made is kept under its key, per type.
template <class T, class Make>
std::shared_ptr<const T> shared(const std::string& key, const Make& make) {
  static std::string last;
  static std::shared_ptr<const T> kept;
  if (!kept || key != last) {
    kept.reset();
    kept = std::make_shared<const T>(make());
    last = key;
  }
  return kept;
}

}  // namespace glint::perf

#endif
