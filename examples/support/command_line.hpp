// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_COMMAND_LINE_HPP
#define GLINT_COMMAND_LINE_HPP

#include <CLI/CLI.hpp>
#include <charconv>
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
