// SPDX-License-Identifier: BSD-3-Clause
#include "checkpoints.hpp"

#include <glint/error.hpp>

#include "command_line.hpp"

namespace {
const char* const advice = "; remove it, or name another file, to start anew";
}  // namespace

CheckpointOptions read_checkpoint_options(bool has_path, const std::string& path, bool has_every,
                                          const std::string& every) {
  CheckpointOptions options;
  GLINT_EXPECTS(!has_path || !path.empty(), "the path after --checkpoint is empty");
  GLINT_EXPECTS(!has_every || has_path, "--checkpoint-every needs --checkpoint FILE.h5");
  options.path = path;
  if (has_every)
    GLINT_EXPECTS(read_number(every, options.every) && options.every >= 1,
                  "--checkpoint-every needs a whole number from 1 up, not '", every, "'");
  return options;
}

std::optional<glint::UvCheckpoint> Checkpoints::earlier() const {
  if (options_.path.empty() || !std::filesystem::exists(options_.path)) return std::nullopt;
  glint::UvCheckpoint checkpoint = glint::read_checkpoint(options_.path);
  GLINT_EXPECTS(checkpoint.source == source_, "the checkpoint '", options_.path.string(),
                "' is of other visibilities (", checkpoint.source, ") than these (", source_, ")",
                advice);
  GLINT_EXPECTS(checkpoint.chunk == chunk_, "the checkpoint '", options_.path.string(),
                "' was made with --chunk ", checkpoint.chunk, ", not ", chunk_, advice);
  return checkpoint;
}

bool Checkpoints::due(std::uint64_t before, std::uint64_t next, std::uint64_t total) const {
  if (options_.path.empty() || next == before) return false;
  return next == total || next / options_.every != before / options_.every;
}

glint::UvCheckpoint Checkpoints::make(std::uint64_t next) const {
  glint::UvCheckpoint checkpoint;
  checkpoint.source = source_;
  checkpoint.next = next;
  checkpoint.chunk = chunk_;
  return checkpoint;
}

const glint::UvSumsState& sums_of(const glint::UvCheckpoint& checkpoint, const std::string& name,
                                  const std::filesystem::path& path) {
  const auto found = checkpoint.sums.find(name);
  GLINT_EXPECTS(found != checkpoint.sums.end(), "the checkpoint '", path.string(),
                "' does not hold the sums ", name, ", which these options need", advice);
  return found->second;
}

const std::vector<double>& extra_of(const glint::UvCheckpoint& checkpoint, const std::string& name,
                                    std::size_t count, const std::filesystem::path& path) {
  const auto found = checkpoint.extra.find(name);
  GLINT_EXPECTS(found != checkpoint.extra.end() && found->second.size() == count,
                "the checkpoint '", path.string(), "' does not hold ", name,
                ", which these options need", advice);
  return found->second;
}
