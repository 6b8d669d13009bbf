// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_CHECKPOINTS_HPP
#define GLINT_CHECKPOINTS_HPP

#include <cstdint>
#include <filesystem>
#include <glint/uv_sums_io.hpp>
#include <optional>
#include <string>

/// How often the drivers that sum visibilities write down how far they are, and where.
struct CheckpointOptions {
  std::filesystem::path path;      ///< empty: never
  std::uint64_t every = 10000000;  ///< visibilities
};

/// From the words after --checkpoint and --checkpoint-every. Throws glint::Error.
CheckpointOptions read_checkpoint_options(bool has_path, const std::string& path, bool has_every,
                                          const std::string& every);

/// The checkpoints of one pass over the visibilities of `source`, `chunk` at a time.
class Checkpoints {
 public:
  Checkpoints(const CheckpointOptions& options, const std::string& source, std::uint64_t chunk)
      : options_(options), source_(source), chunk_(chunk) {}

  /// What an earlier pass left, if anything. Throws glint::Error when it is of another source or
  /// chunk, or cannot be read.
  std::optional<glint::UvCheckpoint> earlier() const;

  /// Whether to write one now that everything before `next` is summed, `before` having been summed
  /// when that was last asked; at the end of all `total` in any case.
  bool due(std::uint64_t before, std::uint64_t next, std::uint64_t total) const;

  /// A checkpoint without its sums.
  glint::UvCheckpoint make(std::uint64_t next) const;

  void write(const glint::UvCheckpoint& checkpoint) const {
    glint::write_checkpoint(options_.path, checkpoint);
  }

 private:
  CheckpointOptions options_;
  std::string source_;
  std::uint64_t chunk_;
};

/// The sums of that name. Both throw glint::Error, naming the file, where they are missing.
const glint::UvSumsState& sums_of(const glint::UvCheckpoint& checkpoint, const std::string& name,
                                  const std::filesystem::path& path);

/// The numbers of that name, `count` of them.
const std::vector<double>& extra_of(const glint::UvCheckpoint& checkpoint, const std::string& name,
                                    std::size_t count, const std::filesystem::path& path);

#endif
