// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_SHARED_HPP
#define GLINT_PERF_SHARED_HPP

#include <Kokkos_Core.hpp>
#include <deque>
#include <memory>
#include <string>
#include <utility>

namespace glint::perf {

/// What several cases need and takes long to make, e.g. what is expected of a problem that several
/// methods solve: of every type the last few are kept under their keys until Kokkos ends.
template <class T>
class SharedThings {
 public:
  template <class Make>
  std::shared_ptr<const T> get(const std::string& key, const Make& make) {
    for (const auto& [name, thing] : kept_)
      if (name == key) return thing;
    if (kept_.size() == most) kept_.pop_front();
    kept_.emplace_back(key, std::make_shared<const T>(make()));
    return kept_.back().second;
  }

  static SharedThings& instance() {
    static SharedThings things;
    static const bool hooked = [] {
      Kokkos::push_finalize_hook([] { things.kept_.clear(); });
      return true;
    }();
    (void)hooked;
    return things;
  }

 private:
  static constexpr std::size_t most = 4;
  std::deque<std::pair<std::string, std::shared_ptr<const T>>> kept_;
};

template <class T, class Make>
std::shared_ptr<const T> shared(const std::string& key, const Make& make) {
  return SharedThings<T>::instance().get(key, make);
}

}  // namespace glint::perf

#endif
