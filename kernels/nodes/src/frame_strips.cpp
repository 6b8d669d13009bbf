// SPDX-License-Identifier: BSD-3-Clause
#include <glint/error.hpp>
#include <glint/frame_strips.hpp>

namespace glint {

FrameStrip strip_of(const PixelGrid& frame, const Communicator& ranks) {
  validate(frame);
  const Shard rows = shard_of(frame.ny, ranks.rank(), ranks.ranks());
  return {static_cast<std::size_t>(rows.first), {static_cast<std::size_t>(rows.count), frame.nx}};
}

void impl::gather_rows(const Communicator& ranks, const PixelGrid& frame, const void* strip,
                       void* image, std::size_t element_bytes) {
  // In rows, which MPI's int can count.
  MPI_Datatype row = MPI_DATATYPE_NULL;
  check_mpi(MPI_Type_contiguous(static_cast<int>(frame.nx * element_bytes), MPI_BYTE, &row),
            "make a type");
  check_mpi(MPI_Type_commit(&row), "make a type");
  std::vector<int> counts, firsts;
  for (int k = 0; k < ranks.ranks(); ++k) {
    const Shard rows = shard_of(frame.ny, k, ranks.ranks());
    counts.push_back(static_cast<int>(rows.count));
    firsts.push_back(static_cast<int>(rows.first));
  }
  const int own = counts[static_cast<std::size_t>(ranks.rank())];
  const int status =
      MPI_Gatherv(strip, own, row, image, counts.data(), firsts.data(), row, 0, ranks.handle());
  MPI_Type_free(&row);
  check_mpi(status, "gather the image");
}

}  // namespace glint
