// SPDX-License-Identifier: BSD-3-Clause
#include "library_threads.hpp"

#if __has_include(<dlfcn.h>)
#include <dlfcn.h>
#endif

namespace glint::impl {
namespace {

/// A function of whichever library is loaded, or nullptr. Asked at run time: systems exchange the
/// BLAS behind a program, and not every BLAS has these names.
template <class Function>
Function* find(const char* name) {
#if __has_include(<dlfcn.h>)
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
#else
  static_cast<void>(name);
  return nullptr;
#endif
}

struct Functions {
  int (*get)() = nullptr;
  void (*set)(int) = nullptr;
  int (*mkl)(int) = find<int(int)>("MKL_Set_Num_Threads_Local");

  Functions() {
    const auto parallel = find<int()>("openblas_get_parallel");
    if (!parallel) return;
    // 1: own threads; 2: OpenMP, whose number of threads it asks for in every call.
    const int kind = parallel();
    if (kind == 1) {
      get = find<int()>("openblas_get_num_threads");
      set = find<void(int)>("openblas_set_num_threads");
    } else if (kind == 2) {
      get = find<int()>("omp_get_max_threads");
      set = find<void(int)>("omp_set_num_threads");
    }
  }
};

const Functions& functions() {
  static const Functions found;
  return found;
}

}  // namespace

LibraryThreads::LibraryThreads(int count) {
  const Functions& library = functions();
  if (library.get && library.set) {
    before_ = library.get();
    if (before_ != count) {
      library.set(count);
      restore_ = library.set;
    }
  }
  if (library.mkl) mkl_before_ = library.mkl(count);
}

LibraryThreads::~LibraryThreads() {
  if (restore_) restore_(before_);
  if (mkl_before_ >= 0) functions().mkl(mkl_before_);
}

}  // namespace glint::impl
