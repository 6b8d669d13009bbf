// SPDX-License-Identifier: BSD-3-Clause
#include <glint/interferometry_io.hpp>
#include <glint/version.hpp>

namespace glint {
namespace {

struct OutputRule {
  const char* name;
  const char* doc;
};
constexpr OutputRule rules[] = {
    {"w_compact", "(N, 2N-1); sum over k of a_k cos(2 pi step ((c - N + 1) u_k - m v_k))"},
    {"w_hankel", "(N, 2N-1); the same with h_k = (sr_k^-2 - si_k^-2)/2: what unequal noise adds"},
    {"w_preload", "(2N, 2N); w_compact for offsets modulo 2N"},
    {"w_tilde", "(M, M); precision of the image"},
    {"w_tilde_data", "(M); sum over k of (sr_k^2/Re d_k)^2 cos(2 pi (x u_k + y v_k))"},
    {"dirty_image",
     "(M); sum over k of Re d_k cos(p)/sr_k^2 - Im d_k sin(p)/si_k^2, "
     "p = 2 pi (x u_k + y v_k)"},
    {"mapping_matrix", "(M, S); T"},
    {"omega", "(M, S); w_tilde T"},
    {"data_vector", "(S); D = T^T dirty_image"},
    {"curvature_matrix", "(S, S); F = T^T w_tilde T"},
    {"curvature_matrix_exact", "(S, S); F with both noises, whatever w_tilde uses"},
    {"regularization_matrix", "(S, S); H = c^2 (degrees - adjacency) + 1e-8 I"},
    {"regularization_matrix_unit", "(S, S); H with c = 1"},
    {"reconstruction", "(S); x, the solution of (F + H) x = D"},
    {"chi_squared", "x^T F x - 2 x^T D + data_term"},
    {"regularization_term", "x^T H x"},
    {"data_term", "sum over k of (Re d_k/sr_k)^2 + (Im d_k/si_k)^2"},
    {"noise_normalization", "sum over k of ln(2 pi sr_k^2) + ln(2 pi si_k^2)"},
    {"logdet_curvature_reg", "ln det (F + H)"},
    {"logdet_regularization", "ln det H"},
    {"log_likelihood",
     "-(chi_squared + regularization_term + logdet_curvature_reg - "
     "logdet_regularization + noise_normalization)/2"}};

const char* doc_of(const std::string& name) {
  for (const OutputRule& rule : rules)
    if (name == rule.name) return rule.doc;
  throw Error(concat("a reconstruction has no output '", name, "'"));
}

}  // namespace

const std::vector<std::string>& reconstruction_output_names() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> list;
    for (const OutputRule& rule : rules) list.emplace_back(rule.name);
    return list;
  }();
  return all;
}

void write_reconstruction(AtomicFile& target, const std::vector<ReconstructionOutput>& outputs,
                          const ReconstructionMetadata& metadata) {
  std::uint64_t bytes = 0;
  for (const ReconstructionOutput& output : outputs) {
    doc_of(output.name);
    std::uint64_t count = 1;
    for (const std::size_t extent : output.shape) count *= extent;
    bytes += count * sizeof(double);
  }
  Hdf5Writer file(target, bytes);
  file.attribute("/", "data_set", metadata.data_set);
  file.attribute("/", "pixel_scale_arcsec", metadata.pixel_scale);
  file.attribute("/", "coefficient", metadata.coefficient);
  file.attribute("/", "noise", metadata.noise);
  file.attribute("/", "kernel", metadata.kernel);
  file.attribute("/", "curvature", metadata.curvature);
  file.attribute("/", "backend", metadata.backend);
  file.attribute("/", "glint_version", GLINT_VERSION);
  file.group("/outputs");
  for (const ReconstructionOutput& output : outputs) {
    const std::string object = concat("/outputs/", output.name);
    file.dataset(object, output.shape, output.values);
    file.attribute(object, "doc", doc_of(output.name));
  }
  file.finish();
}

}  // namespace glint
