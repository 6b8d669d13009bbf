// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_UV_SUMS_IO_HPP
#define GLINT_UV_SUMS_IO_HPP

#include <cstdint>
#include <filesystem>
#include <glint/uv_sums_state.hpp>
#include <map>
#include <string>
#include <vector>

/// Checkpoints: how far a pass over a large data set has come, in a small file.

namespace glint {

/// What a pass over visibilities holds between two chunks.
struct UvCheckpoint {
  std::string source;       ///< what is summed, however the program names it
  std::uint64_t next = 0;   ///< the first visibility of the source that has not been summed
  std::uint64_t chunk = 0;  ///< visibilities summed at a time: the last bits depend on it
  std::map<std::string, UvSumsState> sums;           ///< by names of the program's own
  std::map<std::string, std::vector<double>> extra;  ///< what else it has gathered
};

/// Writes a checkpoint: HDF5, one group /sums/<name> for each of the sums with its arrays, /extra,
/// and a checksum of all numbers. The file appears under its name when it is complete and on the
/// disk; until then a previous one stays. Names are letters, digits and underscores. Throws Error
/// on any failure to write. Synchronous.
void write_checkpoint(const std::filesystem::path& path, const UvCheckpoint& checkpoint);

/// Reads it back, every bit. Throws Error naming the file when it is missing, is no checkpoint, or
/// is damaged. Synchronous.
UvCheckpoint read_checkpoint(const std::filesystem::path& path);

}  // namespace glint

#endif
