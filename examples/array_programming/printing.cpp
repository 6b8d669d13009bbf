// SPDX-License-Identifier: BSD-3-Clause
#include "printing.hpp"

#include <cstdio>
#include <iostream>

std::string number(double value, int digits) {
  char text[40];
  std::snprintf(text, sizeof(text), "%.*g", digits, value);
  return text;
}

std::string list(const std::vector<double>& values, int digits) {
  std::string text = "[";
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (k > 0) text += ' ';
    text += number(values[k], digits);
  }
  text += ']';
  return text;
}

void title(const std::string& text) { std::cout << text << '\n'; }

void line(const std::string& name, const std::string& text) {
  std::cout << "  " << name << ": " << text << '\n';
}
