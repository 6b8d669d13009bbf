// SPDX-License-Identifier: BSD-3-Clause
#include <glint/model.hpp>

#include "registry.hpp"
#include "scenes.hpp"

/// What is done once with a catalogue.

namespace glint::perf {
namespace {

/// Constants of every profile: checked by the brightness at the centres.
template <class ExecutionSpace>
class Preparation : public CaseOn<ExecutionSpace> {
 public:
  explicit Preparation(std::size_t profiles)
      : host_(small_galaxies(profiles, {1000, 1000})), there_(to_space(this->space, host_)) {}
  void run() override { profiles_ = prepare(this->space, there_); }
  Numbers result() override {
    const auto host = Kokkos::create_mirror_view(profiles_.data);
    copy(this->space, host, profiles_.data);
    this->fence();
    Numbers peaks(host.extent(0));
    for (std::size_t p = 0; p < peaks.size(); ++p) peaks[p] = host(p).amplitude;
    return peaks;
  }
  Numbers expected() override {
    Numbers peaks(host_.size());
    for (std::size_t p = 0; p < peaks.size(); ++p) {
      const double n = host_.n(p), b = sersic_bn(n);
      const double area = constants::pi * host_.re(p) * host_.re(p) * host_.q(p);
      peaks[p] = host_.flux(p) / (area * std::tgamma(2.0 * n + 1.0) * std::pow(b, -2.0 * n));
    }
    return peaks;
  }
  std::vector<std::size_t> shape() const override { return {host_.size()}; }
  double tolerance() const override { return 1e-12; }
  Work work() override {
    Work work;
    work.read_bytes = 56.0 * static_cast<double>(host_.size());
    work.written_bytes = static_cast<double>(sizeof(Profile<SersicLaw>) * host_.size());
    work.evaluations = static_cast<double>(host_.size());
    return work;
  }

 private:
  Catalogue<> host_;
  Catalogue<typename ExecutionSpace::memory_space> there_;
  SersicProfiles<ExecutionSpace> profiles_;
};

/// The same of profiles that end at a radius, which have tables of their own. Exponential discs
/// that end far out are whole ones to rounding: what is made of them is checked by their image.
template <class ExecutionSpace>
class ModelPreparation : public CaseOn<ExecutionSpace> {
 public:
  explicit ModelPreparation(std::size_t profiles) : host_(small_galaxies(profiles, grid_)) {
    for (std::size_t p = 0; p < profiles; ++p) host_.n(p) = 1.0;
    Catalogue<> truncated = small_galaxies(profiles, grid_);
    truncated.add({ExtraColumn::r_truncation});
    for (std::size_t p = 0; p < profiles; ++p) {
      truncated.n(p) = 1.0;
      truncated[ExtraColumn::r_truncation](p) = 60.0 * truncated.re(p);
    }
    there_ = to_space(this->space, truncated);
    image_ = make_image<double>(this->space, grid_, "glint::perf::image");
  }
  void run() override { model_ = prepare_model(this->space, there_); }
  Numbers result() override {
    render(this->space, grid_, model_, image_);
    return this->numbers(image_);
  }
  Numbers expected() override {
    render(this->space, grid_, prepare(this->space, host_), image_);
    return this->numbers(image_);
  }
  std::vector<std::size_t> shape() const override { return {grid_.ny, grid_.nx}; }
  double tolerance() const override { return 1e-6; }
  Work work() override {
    Work work;
    const double profiles = static_cast<double>(host_.size());
    work.read_bytes = 64.0 * profiles;
    work.written_bytes = 43e3 * profiles;
    work.exps = 2e4 * profiles;
    work.evaluations = profiles;
    return work;
  }

 private:
  static constexpr PixelGrid grid_{60, 60};
  Catalogue<> host_;
  Catalogue<typename ExecutionSpace::memory_space> there_;
  Model<ExecutionSpace> model_;
  Image<double, typename ExecutionSpace::memory_space> image_;
};

template <class ExecutionSpace>
void register_space(Registry& registry) {
  for (const std::size_t profiles : {12, 1000, 100000})
    registry.add<Preparation<ExecutionSpace>>("prepare", "automatic", "double",
                                              {{"profiles", profiles}},
                                              static_cast<double>(profiles), profiles);
  for (const std::size_t profiles : {12, 100})
    registry.add<ModelPreparation<ExecutionSpace>>("prepare_model", "automatic", "double",
                                                   {{"profiles", profiles}}, 3600.0, profiles);
}

}  // namespace

void register_preparation(Registry& registry) {
#define GLINT_REGISTER(Space) register_space<Space>(registry);
  GLINT_FOR_EACH_SPACE(GLINT_REGISTER)
#undef GLINT_REGISTER
}

}  // namespace glint::perf
