// SPDX-License-Identifier: BSD-3-Clause
#include "progress_line.hpp"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <sstream>

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

void ProgressLine::bar(const std::string& what, double done, double total) {
  if (!shown_) return;
  if (first_ < 0.0) {
    first_ = done;
    start_ = std::chrono::steady_clock::now();
  }
  constexpr int width = 24;
  const double share = total > 0.0 ? std::min(done / total, 1.0) : 1.0;
  const int full = static_cast<int>(share * width);
  std::ostringstream text;
  text << what << " [" << std::string(static_cast<std::size_t>(full), '#')
       << std::string(static_cast<std::size_t>(width - full), '.') << "] " << std::fixed
       << std::setprecision(1) << 100.0 * share << " %";
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  if (done > first_ && seconds > 0.0) {
    const double left = seconds * (total - done) / (done - first_);
    text << std::setprecision(0) << ", " << std::ceil(left) << " s left";
  }
  change(text.str());
}

void ProgressLine::clear() {
  if (width_) std::cerr << '\r' << std::string(width_, ' ') << '\r' << std::flush;
  width_ = 0;
}
