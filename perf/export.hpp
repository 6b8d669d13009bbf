// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_EXPORT_HPP
#define GLINT_PERF_EXPORT_HPP

#include <glint/views.hpp>
#include <string>
#include <utility>
#include <vector>

namespace glint::perf {

/// Writes arrays as .npy files (version 1.0 of NumPy's format) into a directory, and keeps scalars.
class Export {
 public:
  /// Throws Error unless `directory` is one.
  explicit Export(const std::string& directory);

  /// NAME.npy, row-major; a file of that name is replaced at once. Throws Error when it cannot be
  /// written.
  void array(const std::string& name, const std::vector<std::size_t>& shape, const double* values);
  void array(const std::string& name, const std::vector<std::size_t>& shape, const int* values);

  /// The same for a host View.
  template <class T>
  void array(const std::string& name, const Vector<T>& view) {
    array(name, {view.extent(0)}, view.data());
  }
  template <class T>
  void array(const std::string& name, const Matrix<T>& view) {
    array(name, {view.extent(0), view.extent(1)}, view.data());
  }

  void scalar(const std::string& name, double value) { scalars_.emplace_back(name, value); }

  const std::vector<std::string>& files() const { return files_; }
  const std::vector<std::pair<std::string, double>>& scalars() const { return scalars_; }

 private:
  void write(const std::string& name, const std::vector<std::size_t>& shape, const char* type,
             const void* values, std::size_t element_bytes);

  std::string directory_;
  std::vector<std::string> files_;
  std::vector<std::pair<std::string, double>> scalars_;
};

}  // namespace glint::perf

#endif
