// SPDX-License-Identifier: BSD-3-Clause
#include <cmath>
#include <glint/error.hpp>
#include <glint/quadrature.hpp>
#include <numbers>

#include "legendre.hpp"

namespace glint {

namespace {

constexpr long double pi = std::numbers::pi_v<long double>;

/// A rule given by its lower half and middle; the upper half is the mirror image.
QuadratureRule symmetric(int order) {
  return {std::vector<double>(order), std::vector<double>(order)};
}

void set_pair(QuadratureRule& rule, int k, long double node, long double weight) {
  const std::size_t mirror = rule.node.size() - 1 - static_cast<std::size_t>(k);
  rule.node[mirror] = -static_cast<double>(node);
  rule.node[k] = static_cast<double>(node);
  rule.weight[mirror] = rule.weight[k] = static_cast<double>(weight);
}

}  // namespace

QuadratureRule gauss_legendre(int order) {
  GLINT_EXPECTS(order >= 1, "gauss_legendre: the order must be at least 1, not ", order);
  QuadratureRule rule = symmetric(order);
  for (int k = 0; 2 * k < order; ++k) {
    const impl::GaussNode gauss = impl::gauss_node(order, k);
    set_pair(rule, k, gauss.x, gauss.weight);
  }
  return rule;
}

QuadratureRule clenshaw_curtis(int order) {
  GLINT_EXPECTS(order >= 1, "clenshaw_curtis: the order must be at least 1, not ", order);
  if (order == 1) return {{0.0}, {2.0}};
  const int n = order - 1;
  QuadratureRule rule = symmetric(order);
  for (int k = 0; 2 * k < order; ++k) {
    long double sum = 0.0L;
    for (int m = n / 2; m > 0; --m) {
      const long double share = 2 * m == n ? 1.0L : 2.0L;
      sum += share / (4.0L * m * m - 1.0L) * std::cos(2.0L * pi * ((m * k) % n) / n);
    }
    const long double weight = (k == 0 ? 1.0L : 2.0L) / n * (1.0L - sum);
    const long double node = 2 * k == n ? 0.0L : -std::sin(pi * (n - 2 * k) / (2.0L * n));
    set_pair(rule, k, node, weight);
  }
  return rule;
}

QuadratureRule midpoint(int order) {
  GLINT_EXPECTS(order >= 1, "midpoint: the order must be at least 1, not ", order);
  QuadratureRule rule = symmetric(order);
  for (int k = 0; 2 * k < order; ++k)
    set_pair(rule, k, 2 * k + 1 == order ? 0.0L : (2.0L * k + 1.0L) / order - 1.0L, 2.0L / order);
  return rule;
}

QuadratureRule make_rule(RuleKind kind, int order) {
  switch (kind) {
    case RuleKind::clenshaw_curtis:
      return clenshaw_curtis(order);
    case RuleKind::midpoint:
      return midpoint(order);
    case RuleKind::gauss_kronrod:
      return gauss_kronrod(order).kronrod;
    case RuleKind::gauss_legendre:
      break;
  }
  return gauss_legendre(order);
}

PixelNodes tensor_nodes(const QuadratureRule& rule) {
  PixelNodes nodes;
  for (std::size_t a = 0; a < rule.node.size(); ++a)
    for (std::size_t b = 0; b < rule.node.size(); ++b) {
      nodes.di.push_back(0.5 * rule.node[a]);
      nodes.dj.push_back(0.5 * rule.node[b]);
      nodes.weight.push_back(0.25 * rule.weight[a] * rule.weight[b]);
    }
  return nodes;
}

NestedPixelNodes nested_nodes(const NestedRule& rule) {
  NestedPixelNodes nested;
  PixelNodes& nodes = nested.kronrod;
  const std::size_t order = rule.kronrod.node.size();
  const auto add = [&](std::size_t a, std::size_t b) {
    nodes.di.push_back(0.5 * rule.kronrod.node[a]);
    nodes.dj.push_back(0.5 * rule.kronrod.node[b]);
    nodes.weight.push_back(0.25 * rule.kronrod.weight[a] * rule.kronrod.weight[b]);
  };
  for (std::size_t a = 1; a < order; a += 2)
    for (std::size_t b = 1; b < order; b += 2) add(a, b);
  nested.gauss_weight = tensor_nodes(rule.gauss).weight;
  for (std::size_t a = 0; a < order; ++a)
    for (std::size_t b = 0; b < order; ++b)
      if (a % 2 == 0 || b % 2 == 0) add(a, b);
  return nested;
}

}  // namespace glint
