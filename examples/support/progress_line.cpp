// SPDX-License-Identifier: BSD-3-Clause
#include "progress_line.hpp"

#include <iostream>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

ProgressLine::ProgressLine([[maybe_unused]] const std::string& text) {
#if __has_include(<unistd.h>)
  if (!isatty(STDERR_FILENO)) return;
  std::cerr << text << std::flush;
  width_ = text.size();
#endif
}

ProgressLine::~ProgressLine() {
  if (width_) std::cerr << '\r' << std::string(width_, ' ') << '\r' << std::flush;
}
