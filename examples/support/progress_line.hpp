// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PROGRESS_LINE_HPP
#define GLINT_PROGRESS_LINE_HPP

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

 private:
  void clear();

  bool shown_ = false;
  std::size_t width_ = 0;
};

#endif
