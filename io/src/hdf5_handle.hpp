// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_HDF5_HANDLE_HPP
#define GLINT_HDF5_HANDLE_HPP

#include <hdf5.h>

#include <cstdint>
#include <glint/error.hpp>
#include <string>
#include <type_traits>
#include <utility>

/// The one place that owns HDF5 ids and turns HDF5 failures into Errors.

namespace glint::impl {

static_assert(sizeof(hid_t) == 8, "glint needs HDF5 1.10 or newer, whose ids have 64 bits");

/// Keeps HDF5 from printing while in scope; the caller's own handler comes back afterwards.
class QuietHdf5 {
 public:
  QuietHdf5() {
    H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~QuietHdf5() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }
  QuietHdf5(const QuietHdf5&) = delete;
  QuietHdf5& operator=(const QuietHdf5&) = delete;

 private:
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

/// An HDF5 id that is closed with the object.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);

  /// Throws Error with `sentence` when `id` is an error code.
  Handle(hid_t id, Close close, const std::string& sentence) : id_(id), close_(close) {
    GLINT_EXPECTS(id >= 0, sentence);
  }
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  ~Handle() {
    if (id_ >= 0) close_(id_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  operator hid_t() const { return id_; }

 private:
  hid_t id_;
  Close close_;
};

/// Returns the value of an HDF5 call, or throws Error with `sentence` when it is negative.
template <class Result>
Result checked(Result result, const std::string& sentence) {
  GLINT_EXPECTS(result >= 0, sentence);
  return result;
}

/// T is float, double, std::int32_t, std::int64_t or std::uint8_t.
template <class T>
hid_t native_type() {
  if constexpr (std::is_same_v<T, float>)
    return H5T_NATIVE_FLOAT;
  else if constexpr (std::is_same_v<T, double>)
    return H5T_NATIVE_DOUBLE;
  else if constexpr (std::is_same_v<T, std::int32_t>)
    return H5T_NATIVE_INT32;
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return H5T_NATIVE_INT64;
  else
    return H5T_NATIVE_UINT8;
}

}  // namespace glint::impl

#endif
