// SPDX-License-Identifier: BSD-3-Clause
#include "walk.hpp"

#include <glint/backends.hpp>
#include <iostream>
#include <memory>

#include "arithmetic.hpp"
#include "curves.hpp"
#include "detectors.hpp"
#include "operations.hpp"
#include "shapes.hpp"

namespace {

template <class ExecutionSpace>
Timelines show_everything(const ExecutionSpace& space, std::uint64_t seed) {
  show_sum(space);
  show_map(space);
  show_madhava(space);
  show_reduced_sum(space);
  show_broadcasting(space);
  show_selection(space);
  show_operations(space);
  show_random(space, seed);
  show_normalize(space);
  show_gaussians(space);
  show_plane(space);
  const Timelines timelines = make_timelines(space, seed);
  show_timelines(timelines);
  return timelines;
}

}  // namespace

void walk(const Options& options) {
  Timelines timelines;
  glint::with_backend(options.backend,
                      [&](const auto& space) { timelines = show_everything(space, options.seed); });
  // Both are complete before either appears.
  std::unique_ptr<glint::AtomicFile> data, picture;
  if (!options.data.empty()) {
    data = std::make_unique<glint::AtomicFile>(options.data);
    write_timelines(*data, timelines);
  }
  if (!options.picture.empty()) {
    picture = std::make_unique<glint::AtomicFile>(options.picture);
    write_picture(*picture, timelines);
  }
  if (data) data->commit();
  if (picture) picture->commit();
}
