// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_PERF_RENDERING_HPP
#define GLINT_PERF_RENDERING_HPP

#include <algorithm>
#include <cmath>
#include <functional>
#include <glint/render.hpp>
#include <string>

#include "case.hpp"
#include "shared.hpp"

namespace glint::perf {

/// What is rendered.
struct Picture {
  std::string key;  ///< different for different pictures
  PixelGrid grid;
  std::function<Catalogue<>()> catalogue;
  double neglect = 0.0;
};

/// The brightness at the pixel centres, by the definition and the standard library.
inline Numbers centre_samples(const Picture& picture) {
  const Catalogue<> c = picture.catalogue();
  const PixelGrid& grid = picture.grid;
  Numbers image(grid.ny * grid.nx, 0.0);
  for (std::size_t p = 0; p < c.size(); ++p) {
    const double n = c.n(p), b = sersic_bn(n), cosine = std::cos(c.theta(p));
    const double sine = std::sin(c.theta(p)), area = constants::pi * c.re(p) * c.re(p) * c.q(p);
    const double amplitude =
        c.flux(p) / (area * std::tgamma(2.0 * n + 1.0) * std::pow(b, -2.0 * n));
    for (std::size_t k = 0; k < image.size(); ++k) {
      const double x = grid.x_centre(static_cast<double>(k % grid.nx)) - c.x(p);
      const double y = grid.y_centre(static_cast<double>(k / grid.nx)) - c.y(p);
      const double u = (x * cosine + y * sine) / c.re(p);
      const double v = (y * cosine - x * sine) / (c.re(p) * c.q(p));
      image[k] += amplitude * std::exp(-b * std::pow(u * u + v * v, 0.5 / n));
    }
  }
  return image;
}

/// One image of many profiles, by some integrator.
template <class ExecutionSpace, class T>
class Rendering : public CaseOn<ExecutionSpace> {
 public:
  using typename CaseOn<ExecutionSpace>::Space;

  /// `worst`: error of the result that is none, over the largest pixel or, if not
  /// `relative`, in flux; `evaluations`: of the brightness, for a profile and pixel.
  Rendering(const Picture& picture, const RenderOptions& options, double worst, bool relative,
            double evaluations)
      : picture_(picture),
        options_(options),
        worst_(worst),
        relative_(relative),
        evaluations_(evaluations) {
    options_.neglect = picture.neglect;
    catalogue_ = picture.catalogue();
    profiles_ = prepare(this->space, catalogue_);
    image_ = make_image<T>(this->space, picture.grid, "glint::perf::image");
  }

  void run() override {
    render(this->space, picture_.grid, profiles_, image_, options_, workspace_);
  }

  Numbers result() override { return this->numbers(image_); }
  std::vector<std::size_t> shape() const override { return {picture_.grid.ny, picture_.grid.nx}; }

  Numbers expected() override {
    const bool centre = options_.integrator == Integrator::centre;
    const Numbers all = *shared<Numbers>(picture_.key + (centre ? "/centre" : "/exact"), [&] {
      return centre ? centre_samples(picture_) : exact();
    });
    for (const double pixel : all) largest_ = std::max(largest_, std::abs(pixel));
    return all;
  }

  double tolerance() const override { return relative_ ? worst_ : worst_ / largest_; }

  Work work() override {
    Work work;
    const double profile_pixels = pixels() * static_cast<double>(profiles_.size());
    double evaluations = profile_pixels * evaluations_;
    if (options_.integrator == Integrator::tiles)
      evaluations = static_cast<double>(radial_evaluations(this->space, workspace_));
    work.exps = 3.0 * evaluations;  // a logarithm and two exponentials
    work.exp_error = keeps_tolerance(options_.integrator) ? options_.tolerance : 0.0;
    work.read_bytes = 56.0 * static_cast<double>(profiles_.size());
    work.written_bytes = pixels() * sizeof(T);
    work.evaluations = profile_pixels;
    return work;
  }

  void inputs(Export& out) override {
    out.array("x", catalogue_.x);
    out.array("y", catalogue_.y);
    out.array("flux", catalogue_.flux);
    out.array("re", catalogue_.re);
    out.array("n", catalogue_.n);
    out.array("q", catalogue_.q);
    out.array("theta", catalogue_.theta);
    out.scalar("ny", static_cast<double>(picture_.grid.ny));
    out.scalar("nx", static_cast<double>(picture_.grid.nx));
  }

 private:
  double pixels() const { return static_cast<double>(picture_.grid.ny * picture_.grid.nx); }

  /// To 1e-11: by the boundary form, and where that takes minutes by tiles.
  Numbers exact() {
    const auto truth = make_image<double>(this->space, picture_.grid, "glint::perf::truth");
    RenderOptions tight;
    tight.tolerance = 1e-11;
    tight.neglect = picture_.neglect;
    tight.integrator = pixels() * static_cast<double>(profiles_.size()) < 1e8 ? Integrator::boundary
                                                                              : Integrator::tiles;
    RenderWorkspace<ExecutionSpace> other;
    render(this->space, picture_.grid, profiles_, truth, tight, other);
    return this->numbers(truth);
  }

  Picture picture_;
  RenderOptions options_;
  double worst_;
  bool relative_;
  double evaluations_, largest_ = 0.0;
  Catalogue<> catalogue_;
  SersicProfiles<ExecutionSpace> profiles_;
  Image<T, typename ExecutionSpace::memory_space> image_;
  RenderWorkspace<ExecutionSpace> workspace_;
};

}  // namespace glint::perf

#endif
