// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_FRAME_STRIPS_HPP
#define GLINT_FRAME_STRIPS_HPP

#include <glint/catalogue.hpp>
#include <glint/communicator.hpp>
#include <glint/image.hpp>
#include <glint/pixel_grid.hpp>
#include <vector>

/// One image rendered by several processes, each a strip of its rows: with every profile in every
/// strip, which the renderers skip where it does not reach.

namespace glint {

/// A rank's rows of a frame.
struct FrameStrip {
  std::size_t first = 0;  ///< row of the frame
  PixelGrid grid;         ///< of the strip
};

/// The strip of a rank, as equal as rows allow; of 0 rows where there are more ranks than rows.
FrameStrip strip_of(const PixelGrid& frame, const Communicator& ranks);

namespace impl {
template <class Column>
struct MoveColumn {
  Column values;
  double distance;
  KOKKOS_FUNCTION void operator()(std::size_t row) const { values(row) += distance; }
};
void gather_rows(const Communicator& ranks, const PixelGrid& frame, const void* strip, void* image,
                 std::size_t element_bytes);
}  // namespace impl

/// A copy of the catalogue, in the memory of `space`, for a strip: the same sky, with y counted
/// from the strip's centre. Asynchronous.
template <class ExecutionSpace, class MemorySpace>
Catalogue<typename ExecutionSpace::memory_space> in_strip(const ExecutionSpace& space,
                                                          const Catalogue<MemorySpace>& catalogue,
                                                          const PixelGrid& frame,
                                                          const FrameStrip& strip) {
  const auto moved = to_space(space, catalogue);
  // Row 0 of the strip is row `first` of the frame.
  const double distance =
      strip.grid.y_centre(0.0) - frame.y_centre(static_cast<double>(strip.first));
  Kokkos::parallel_for("glint::in_strip::move", range(space, moved.y.extent(0)),
                       impl::MoveColumn<std::decay_t<decltype(moved.y)>>{moved.y, distance});
  return moved;
}

/// The strips of all ranks as the whole image, (NY, NX), on rank 0; others pass an empty one.
/// Images of the host. Throws Error on wrong shapes. Collective; synchronous.
template <class T>
void gather_strips(const Communicator& ranks, const PixelGrid& frame, const Image<T>& strip,
                   const Image<T>& image) {
  const FrameStrip own = strip_of(frame, ranks);
  std::string sentence;
  if (strip.extent(0) != own.grid.ny || (own.grid.ny > 0 && strip.extent(1) != frame.nx))
    sentence = concat("gather_strips: the strip has shape (", strip.extent(0), ", ",
                      strip.extent(1), ") where (", own.grid.ny, ", ", frame.nx, ") is needed");
  if (ranks.rank() == 0 && (image.extent(0) != frame.ny || image.extent(1) != frame.nx))
    sentence = concat("gather_strips: the image has shape (", image.extent(0), ", ",
                      image.extent(1), ") where (", frame.ny, ", ", frame.nx, ") is needed");
  ranks.agree(sentence);
  impl::gather_rows(ranks, frame, strip.data(), image.data(), sizeof(T));
}

}  // namespace glint

#endif
