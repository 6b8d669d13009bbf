// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_SOLVE_DEVICE_ENGINE_HPP
#define GLINT_SOLVE_DEVICE_ENGINE_HPP

#include <algorithm>

#include "solve_engine.hpp"

/// cuSOLVER and hipSOLVER have one interface under two names; `Api` holds the names. They count
/// columns first: our upper triangle is their lower one, our matrix their transpose.

namespace glint::impl {

template <class Api>
class DeviceSolveEngine final : public SolveEngine {
 public:
  DeviceSolveEngine() {
    check(Api::create(&handle_), "start");
    made_ = true;
  }
  ~DeviceSolveEngine() override {
    if (made_) Api::destroy(handle_);
  }
  DeviceSolveEngine(const DeviceSolveEngine&) = delete;
  DeviceSolveEngine& operator=(const DeviceSolveEngine&) = delete;

  std::size_t workspace(int size) override {
    const int step = std::max(size, 1);
    check(Api::cholesky_size(handle_, Api::lower, size, nullptr, step, &cholesky_numbers_),
          "plan a Cholesky factorization");
    int lu_numbers = 0;
    check(Api::lu_size(handle_, size, size, nullptr, step, &lu_numbers),
          "plan an LU factorization");
    return static_cast<std::size_t>(std::max({cholesky_numbers_, lu_numbers, 1}));
  }
  void cholesky(const void* stream, int size, const DenseMatrix& a, double* workspace,
                int* status) override {
    run_on(stream);
    check(Api::cholesky(handle_, Api::lower, size, a.data, step(a), workspace, cholesky_numbers_,
                        status),
          "factor by Cholesky");
  }
  void cholesky_solve(const void* stream, int size, const DenseMatrix& u, double* x,
                      int* status) override {
    run_on(stream);
    check(Api::cholesky_solve(handle_, Api::lower, size, 1, u.data, step(u), x, size, status),
          "solve by Cholesky");
  }
  void lu(const void* stream, int size, const DenseMatrix& a, double* workspace, int* pivots,
          int* status) override {
    run_on(stream);
    check(Api::lu(handle_, size, size, a.data, step(a), workspace, pivots, status), "factor by LU");
  }
  void lu_solve(const void* stream, int size, const DenseMatrix& a, const int* pivots, double* x,
                int* status) override {
    run_on(stream);
    check(
        Api::lu_solve(handle_, Api::transposed, size, 1, a.data, step(a), pivots, x, size, status),
        "solve by LU");
  }
  std::size_t eigen_workspace(int size) override {
    int numbers = 0;
    check(Api::eigen_size(handle_, Api::vectors, Api::lower, size, nullptr, std::max(size, 1),
                          nullptr, &numbers),
          "plan an eigenvalue problem");
    return static_cast<std::size_t>(std::max(numbers, 1));
  }
  void eigen(const void* stream, int size, const DenseMatrix& a, double* values, double* workspace,
             std::size_t numbers, int* status) override {
    run_on(stream);
    check(Api::eigen(handle_, Api::vectors, Api::lower, size, a.data, step(a), values, workspace,
                     static_cast<int>(numbers), status),
          "find eigenvalues");
  }

 private:
  static int step(const DenseMatrix& a) { return static_cast<int>(a.step); }
  void run_on(const void* stream) {
    check(Api::set_stream(handle_, *static_cast<const typename Api::Stream*>(stream)),
          "take a stream");
  }
  static void check(typename Api::Status status, const char* action) {
    GLINT_EXPECTS(status == Api::success, Api::name, " cannot ", action, " (its error ",
                  static_cast<int>(status), ")");
  }

  typename Api::Handle handle_{};
  bool made_ = false;
  int cholesky_numbers_ = 0;
};

}  // namespace glint::impl

#endif
