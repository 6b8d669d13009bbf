// SPDX-License-Identifier: BSD-3-Clause
#ifndef GLINT_LAWS_RADIAL_BRIGHTNESS_HPP
#define GLINT_LAWS_RADIAL_BRIGHTNESS_HPP

#include <glint/laws/core_sersic.hpp>
#include <glint/laws/ferrer.hpp>
#include <glint/laws/king.hpp>
#include <glint/laws/moffat.hpp>
#include <glint/laws/sersic_brightness.hpp>
#include <glint/profile_kind.hpp>

namespace glint {

/// How any kind of profile falls with radius, in units of `re`: the kind's own brightness, cut off
/// at a truncation radius and softened at the centre. Not normalised.
///
/// Soft centre: for r < r_soft the brightness is level + step (1 - (r/r_soft)^2), level the hard
/// one at r_soft and step such that the flux inside r_soft stays.
struct RadialBrightness {
  ProfileKind kind = ProfileKind::sersic;
  double own_end = constants::infinity;  ///< outer radius of the kind, where it falls to zero
  double cut = constants::infinity;      ///< truncation radius
  double soft = 0.0, level = 0.0, step = 0.0;
  SersicBrightness sersic;
  MoffatBrightness moffat;
  CoreSersicBrightness core_sersic;
  KingBrightness king;
  FerrerBrightness ferrer;

  KOKKOS_FUNCTION double outer() const { return own_end < cut ? own_end : cut; }

  /// Calls action(law) with the law of this kind.
  template <class Action>
  KOKKOS_FUNCTION double visit(const Action& action) const {
    switch (kind) {
      case ProfileKind::moffat:
        return action(moffat);
      case ProfileKind::core_sersic:
        return action(core_sersic);
      case ProfileKind::king:
        return action(king);
      case ProfileKind::ferrer:
        return action(ferrer);
      default:
        return action(sersic);
    }
  }

  struct Brightness {
    double r, below_end;
    template <class Law>
    KOKKOS_FUNCTION double operator()(const Law& law) const {
      return law.brightness(r, below_end);
    }
  };
  struct Reach {
    double r;
    template <class Law>
    KOKKOS_FUNCTION double operator()(const Law& law) const {
      return law.reach(r);
    }
  };
  struct Cusp {
    template <class Law>
    KOKKOS_FUNCTION double operator()(const Law& law) const {
      return law.cusp();
    }
  };
  struct OuterPower {
    template <class Law>
    KOKKOS_FUNCTION double operator()(const Law& law) const {
      return law.outer_power();
    }
  };

  /// Without truncation and soft centre. `below_end`: own_end - r, exact.
  KOKKOS_FUNCTION double hard(double r, double below_end) const {
    return visit(Brightness{r, below_end});
  }

  /// Distance in the complex plane from r to the nearest singularity other than 0 and own_end.
  KOKKOS_FUNCTION double reach(double r) const { return visit(Reach{r}); }

  /// The brightness grows like r^-cusp towards the centre.
  KOKKOS_FUNCTION double cusp() const { return visit(Cusp()); }

  /// It falls like r^-outer_power; 0 for faster than any power.
  KOKKOS_FUNCTION double outer_power() const { return visit(OuterPower()); }

  KOKKOS_FUNCTION double operator()(double r) const {
    if (r >= outer()) return 0.0;
    if (r < soft) return level + step * (1.0 - (r / soft) * (r / soft));
    return hard(r, own_end - r);
  }
};

}  // namespace glint

#endif
