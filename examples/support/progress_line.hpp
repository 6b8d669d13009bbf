// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PROGRESS_LINE_HPP
#define GLINT_PROGRESS_LINE_HPP

#include <chrono>
#include <string>

/// A line on a terminal's standard error while it lives; nothing where that is not a terminal.
class ProgressLine {
 public:
  explicit ProgressLine(const std::string& text);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// Another text in the place of the last one.
  void change(const std::string& text);

  /// A bar, how much of `total` is done, and how long the rest will take at the pace so far.
  void bar(const std::string& what, double done, double total);

 private:
  void clear();

  bool shown_ = false;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double first_ = -1.0;  // done when the first bar was drawn
  std::size_t width_ = 0;
};

#endif
