// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_INTERFEROMETRY_IO_HPP
#define GLINT_INTERFEROMETRY_IO_HPP

#include <cstdint>
#include <filesystem>
#include <glint/atomic_file.hpp>
#include <glint/hdf5_file.hpp>
#include <glint/sky_grid.hpp>
#include <glint/uv_data.hpp>
#include <string>
#include <vector>

/// Files of the interferometric half: data sets in, reconstructions out. Their schema is in
/// docs/conventions.md.

namespace glint {

/// Everything of an interferometer data set but its visibilities, by the names of the file: which
/// pixels are kept, which source pixels they see, and which source pixels are neighbours.
///
/// M pixels are kept, in row-major order of the mask; rows of `indexes` and `neighbours` end in -1
/// where there are fewer entries than columns.
struct SourceModel {
  SkyGrid grid;                     ///< N x N
  double coefficient = 1.0;         ///< of the regularization
  Matrix<std::uint8_t> mask;        ///< (N, N), 1 = masked out; data set mask
  Matrix<std::int64_t> indexes;     ///< (M, B), source pixels; pix_indexes_for_sub_slim_index
  Matrix<double> weights;           ///< (M, B), their shares; pix_weights_for_sub_slim_index
  Matrix<std::int64_t> neighbours;  ///< (S, P); neighbors

  std::size_t pixels() const { return indexes.extent(0); }      ///< M
  std::size_t sources() const { return neighbours.extent(0); }  ///< S
};

/// Throws Error, in the data sets' names, unless the frame is square and its pixel scale positive,
/// the mask holds 0 and 1 and keeps M >= 1 pixels, the shapes above agree, indexes are from -1 to
/// S - 1 with -1 only at the end of a row, weights are finite where an index is not -1, and
/// neighbours are from -1 to S - 1, -1 only at the end of a row, none twice or its own, and each is
/// the neighbour of its neighbours. The coefficient must be finite and not negative.
/// O(N^2 + M B + S P log P).
void validate(const SourceModel& model);

/// Throws Error, naming the first bad visibility (counted from `first`) and its value, unless all
/// numbers are finite and every noise is positive.
void validate(const UvData<>& visibilities, std::size_t first = 0);

/// An interferometer data set opened for reading: group /inputs with mask,
/// pix_indexes_for_sub_slim_index, pix_weights_for_sub_slim_index, neighbors, uv_wavelengths, data
/// and noise_map, optional flag; attributes N, pixel_scale_arcsec and, optional, coefficient of the
/// file.
///
/// What depends on others (native_index_for_slim_index, grid_radians_2d, grid_radians_slim,
/// pix_size_for_sub_slim_index, neighbors_sizes, attributes M, K, S, B and P) is not needed and
/// not used; where it is there it must agree, grids to a millionth of a pixel.
class InterferometerFile {
 public:
  /// Reads and validates everything but the visibilities. Throws Error naming the file and what is
  /// wrong with it: unreadable, truncated, a data set or attribute missing, of the wrong shape or
  /// type, values that validate() refuses, derived data sets that disagree. Synchronous.
  explicit InterferometerFile(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return file_.path(); }
  const SourceModel& model() const { return model_; }

  /// Whether the coefficient comes from the file; otherwise it is 1.
  bool has_coefficient() const { return has_coefficient_; }

  /// K, flagged visibilities included.
  std::size_t count() const { return count_; }

  /// The visibilities `first` to `first + count - 1` of the file without the flagged ones
  /// (/inputs/flag = 1), whose values are not looked at. Needs memory for `count` visibilities, 96
  /// bytes each. Throws Error naming the file and the visibility, counted from the file's first,
  /// as validate(). Synchronous.
  UvData<> visibilities(std::size_t first, std::size_t count) const;

 private:
  Hdf5Reader file_;
  SourceModel model_;
  bool has_coefficient_ = false;
  bool has_flags_ = false;
  std::size_t count_ = 0;
};

/// Writes a data set that InterferometerFile reads, derived data sets included. The visibilities
/// go to the file a few thousand at a time, without a second copy in memory. Throws Error as both
/// validate() do, and on any failure to write. Synchronous.
///
/// The first form leaves the commit to the caller; the second makes the file appear under its name
/// when it is complete.
void write_data_set(AtomicFile& file, const SourceModel& model, const UvData<>& visibilities);
void write_data_set(const std::filesystem::path& path, const SourceModel& model,
                    const UvData<>& visibilities);

/// One array or number of a reconstruction, stored as /outputs/<name>.
struct ReconstructionOutput {
  std::string name;                ///< of reconstruction_output_names()
  Hdf5Shape shape;                 ///< empty: a number
  const double* values = nullptr;  ///< row-major; valid until the file is written
};

/// The names an output may have, in the order of the summary in docs/conventions.md.
const std::vector<std::string>& reconstruction_output_names();

/// How a reconstruction was made; stored as attributes of the file.
struct ReconstructionMetadata {
  std::string data_set;      ///< path of the file that was read
  double pixel_scale = 0.0;  ///< arcseconds
  double coefficient = 0.0;
  std::string noise;      ///< "exact" or "real"
  std::string kernel;     ///< how w_compact was found
  std::string curvature;  ///< how curvature_matrix was found
  std::string backend;
};

/// Writes the group /outputs, each data set with its formula as the attribute `doc`. Throws Error
/// on an unknown name and on any failure to write; the commit is the caller's. Synchronous.
void write_reconstruction(AtomicFile& file, const std::vector<ReconstructionOutput>& outputs,
                          const ReconstructionMetadata& metadata);

}  // namespace glint

#endif
