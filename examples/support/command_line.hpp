// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_COMMAND_LINE_HPP
#define GLINT_COMMAND_LINE_HPP

#include <CLI/CLI.hpp>
#include <charconv>
#include <glint/error.hpp>
#include <memory>
#include <string>
#include <vector>

/// What the drivers' command lines have in common.

using Words = std::vector<std::string>;

bool contains(const Words& words, const std::string& word);

/// "one, two, three".
std::string joined(const Words& words);

/// Whether the whole text is a number that a T holds.
template <class T>
bool read_number(const std::string& text, T& value) {
  const char* end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, value);
  return status == std::errc() && stop == end;
}

/// The whole text as a number from `least` to `most`, or a glint::Error that begins with `name`.
template <class T>
T read_whole(const std::string& name, const std::string& text, T least, T most) {
  T value = 0;
  GLINT_EXPECTS(read_number(text, value) && value >= least && value <= most, name,
                " needs a whole number from ", least, " to ", most, ", not '", text, "'");
  return value;
}

/// The one of `legal` that is called `text`, or a glint::Error with all their names; `what` they
/// are.
template <class Value, class Name>
Value read_name(const std::string& what, const std::string& text, const std::vector<Value>& legal,
                const Name& name_of) {
  Words names;
  for (const Value value : legal) {
    if (name_of(value) == text) return value;
    names.push_back(name_of(value));
  }
  throw glint::Error(
      glint::concat("unknown ", what, " '", text, "'; legal names: ", joined(names)));
}

/// Says `usage` (what follows the name) where CLI11 would call everything optional.
void set_usage(CLI::App& app, const std::string& usage);

/// Adds --help and --version, and the sentence about Kokkos' options to `footer`.
void finish_declaration(CLI::App& app, const std::string& footer);

/// Reads the words. Returns false after --help or --version, which are answered on standard output.
/// Throws glint::Error, which for an unknown option names all those of `app` and for a word too
/// many ends in `surplus`.
bool parse_words(CLI::App& app, const Words& words, const std::string& surplus);

/// Throws glint::Error unless the name is empty or that of a backend of this build.
void expect_backend(const std::string& name);

#endif
