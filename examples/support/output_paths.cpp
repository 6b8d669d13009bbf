// SPDX-License-Identifier: BSD-3-Clause
#include "output_paths.hpp"

#include <glint/atomic_file.hpp>
#include <glint/error.hpp>

namespace {

namespace fs = std::filesystem;

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  if (fs::equivalent(a, b, error)) return true;
  // Neither need exist yet.
  return fs::weakly_canonical(fs::absolute(a), error) ==
         fs::weakly_canonical(fs::absolute(b), error);
}

}  // namespace

void expect_outputs(const std::vector<NamedPath>& outputs, const std::vector<NamedPath>& inputs) {
  for (std::size_t k = 0; k < outputs.size(); ++k) {
    const auto& [name, path] = outputs[k];
    if (k > 0 && path.empty()) continue;
    glint::check_output_path(path);
    for (const auto& [input_name, input] : inputs)
      GLINT_EXPECTS(input.empty() || !same_file(path, input), "the output path '", path.string(),
                    "' is ", input_name, " itself");
    for (std::size_t other = 0; other < k; ++other)
      GLINT_EXPECTS(outputs[other].second.empty() || !same_file(path, outputs[other].second),
                    outputs[other].first, " and ", name, " have the same path '", path.string(),
                    "'");
  }
}
