#include "features/polynomial_roots.h"

#include <cmath>
#include <numbers>

#include <Eigen/Core>

namespace tonecue {
namespace {

constexpr int kMostRounds = 20;

// A round cubes the error, so the round that moves the roots by this much leaves far less.
constexpr float kSmallStep = 1e-3F;

// Keeps 0 / 0 at 0: a root's pull on itself.
constexpr float kTiny = 1e-20F;

using Lanes = Eigen::Array<float, static_cast<int>(kRoots), 1>;

// Complex numbers that go through an instruction side by side.
struct Complex {
  Lanes re;
  Lanes im;
};

Complex operator*(const Complex& a, const Complex& b) noexcept {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
Complex operator+(const Complex& a, const Complex& b) noexcept {
  return {a.re + b.re, a.im + b.im};
}
Complex operator-(const Complex& a, const Complex& b) noexcept {
  return {a.re - b.re, a.im - b.im};
}
Complex inverse(const Complex& a) noexcept {
  const Lanes scale = (a.re.square() + a.im.square() + kTiny).inverse();
  return {a.re * scale, -a.im * scale};
}
Complex all(float re) noexcept { return {Lanes::Constant(re), Lanes::Zero()}; }

// Where roots of speech lie as a rule. The angles are not symmetrical about the real axis: pairs
// that are would stay so, and never find two real roots.
Complex first_guess() noexcept {
  constexpr float kRadius = 0.9F;
  constexpr float kFirstAngle = 0.3F;
  constexpr float kAngleStep = 2.0F * std::numbers::pi_v<float> / static_cast<float>(kRoots);
  Complex guess;
  for (int i = 0; i < guess.re.size(); ++i) {
    const float angle = kFirstAngle + kAngleStep * static_cast<float>(i);
    guess.re[i] = kRadius * std::cos(angle);
    guess.im[i] = kRadius * std::sin(angle);
  }
  return guess;
}
const Complex kGuess = first_guess();

// From each root to a better one.
Complex step(const Complex& z, const std::array<float, kRoots>& coefficients) noexcept {
  Complex p = all(1.0F);  // The polynomial, by Horner's scheme,
  Complex d = all(0.0F);  // and its derivative.
  for (const float c : coefficients) {
    d = d * z + p;
    p = p * z + all(c);
  }
  Complex pull = all(0.0F);
  for (int other = 0; other < z.re.size(); ++other) {
    const Complex there{Lanes::Constant(z.re[other]), Lanes::Constant(z.im[other])};
    pull = pull + inverse(z - there);
  }
  return p * inverse(d - p * pull);
}

}  // namespace

std::optional<Roots> find_roots(const std::array<float, kRoots>& coefficients) noexcept {
  Complex z = kGuess;
  for (int round = 0; round < kMostRounds; ++round) {
    const Complex taken = step(z, coefficients);
    z = z - taken;
    if ((taken.re.square() + taken.im.square()).sum() < kSmallStep * kSmallStep) {
      Roots roots{};
      Lanes::Map(roots.re.data()) = z.re;
      Lanes::Map(roots.im.data()) = z.im;
      return roots;
    }
  }
  return std::nullopt;
}

}  // namespace tonecue
