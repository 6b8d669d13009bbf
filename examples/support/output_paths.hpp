// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_EXAMPLES_OUTPUT_PATHS_HPP
#define GLINT_EXAMPLES_OUTPUT_PATHS_HPP

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

/// A file and what to call it in messages: "the catalogue".
using NamedPath = std::pair<std::string, std::filesystem::path>;

/// Throws glint::Error unless every output can be written and none is an input or another output.
/// Empty paths stand for files that are not wanted. Meant to be called before any work.
void expect_outputs(const std::vector<NamedPath>& outputs, const std::vector<NamedPath>& inputs);

#endif
