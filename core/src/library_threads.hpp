// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LIBRARY_THREADS_HPP
#define GLINT_LIBRARY_THREADS_HPP

namespace glint::impl {

/// While it lives, BLAS and LAPACK calls of this thread use `count` threads, where the library is
/// OpenBLAS or MKL; then their setting is what it was. OpenBLAS built on its own threads has one
/// setting for the whole process.
class LibraryThreads {
 public:
  explicit LibraryThreads(int count);
  ~LibraryThreads();
  LibraryThreads(const LibraryThreads&) = delete;
  LibraryThreads& operator=(const LibraryThreads&) = delete;

 private:
  void (*restore_)(int) = nullptr;
  int before_ = 0;
  int mkl_before_ = -1;
};

}  // namespace glint::impl

#endif
