// SPDX-License-Identifier: BSD-3-Clause
#include "progress_line.hpp"

#include <iostream>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

ProgressLine::ProgressLine(const std::string& text) {
#if __has_include(<unistd.h>)
  shown_ = isatty(STDERR_FILENO);
#endif
  change(text);
}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::change(const std::string& text) {
  if (!shown_) return;
  clear();
  std::cerr << text << std::flush;
  width_ = text.size();
}

void ProgressLine::clear() {
  if (width_) std::cerr << '\r' << std::string(width_, ' ') << '\r' << std::flush;
  width_ = 0;
}
