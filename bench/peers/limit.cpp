// The speed limit: simulates the reference scenario in plain loops over blocks, compiled for this machine. It uses 128-bit vectors, as
// WebAssembly does, or the widest of the machine. Box and Muller would be slower than this table of normal quantiles.
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

constexpr int MONTHS = 12, BLOCK = 1024, CELLS = 1 << 16;
static double table_[CELLS + 1];
static uint64_t state[4 * 4];

static double quantile(double p) {
  // Newton on erfc, only for the table.
  double z = 0;
  for (int k = 0; k < 60; k++) {
    double f = 0.5 * std::erfc(-z / std::sqrt(2.0)) - p;
    double d = std::exp(-z * z / 2) / std::sqrt(2 * M_PI);
    double s = f / d;
    z -= s > 1 ? 1 : s < -1 ? -1 : s;
  }
  return z;
}

static inline uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static void normals(double *out) {
  for (int i = 0; i < BLOCK; i += 4)
    for (int l = 0; l < 4; l++) {
      uint64_t *s0 = state + l, *s1 = s0 + 4, *s2 = s1 + 4, *s3 = s2 + 4;
      uint64_t r = rotl(*s0 + *s3, 23) + *s0, t = *s1 << 17;
      *s2 ^= *s0; *s3 ^= *s1; *s1 ^= *s2; *s0 ^= *s3; *s2 ^= t; *s3 = rotl(*s3, 45);
      double u = (r >> 11) * 0x1p-53 * CELLS;
      int k = (int)u;
      out[i + l] = table_[k] + (u - k) * (table_[k + 1] - table_[k]);
    }
}

int main(int argc, char **argv) {
  long trials = argc > 1 ? std::atol(argv[1]) : 1000000;
  for (int k = 0; k <= CELLS; k++) table_[k] = quantile((k + 0.5) / (CELLS + 1.0));
  for (int k = 0; k < 16; k++) state[k] = 0x9e3779b97f4a7c15ull * (k + 1);
  static double x[BLOCK], y[BLOCK], z[BLOCK], V[BLOCK], W[BLOCK], sumV[BLOCK], sumW[BLOCK], over[BLOCK], price[BLOCK];
  double check = 0;
  auto began = std::chrono::steady_clock::now();
  for (long at = 0; at < trials; at += BLOCK) {
    normals(price);
    for (int i = 0; i < BLOCK; i++) { x[i] = y[i] = sumV[i] = sumW[i] = over[i] = 0; price[i] = 1 + 2.5 * 0.5 * std::erfc(-price[i] * M_SQRT1_2); }
    for (int m = 0; m < MONTHS; m++) {
      double a = m ? 0.5 : 0, s = m ? 0.1 * std::sqrt(0.75) : 0.1, b = m ? 0.7 : 0, r = m ? 0.08 * std::sqrt(0.51) : 0.08;
      double level = 50000 * std::pow(1.01, m) * std::exp(0.1 * std::sin(m * 0.5236) - 0.005);
      double mu = std::fmin(0.85, 0.65 + 0.01 * m), odds = (1 - mu) / mu;
      normals(z);
      for (int i = 0; i < BLOCK; i++) x[i] = a * x[i] + s * z[i];
      normals(z);
      for (int i = 0; i < BLOCK; i++) y[i] = b * y[i] + r * z[i];
      for (int i = 0; i < BLOCK; i++) V[i] = level * std::exp(x[i]);
      for (int i = 0; i < BLOCK; i++) W[i] = V[i] / (1 + odds * std::exp(-y[i]));
      for (int i = 0; i < BLOCK; i++) {
        sumV[i] += V[i];
        sumW[i] += W[i];
        over[i] += W[i] > 30000 ? W[i] - 30000 : 0;
      }
    }
    for (int i = 0; i < BLOCK; i++) {
      double c[6] = {0.99 * sumW[i], 0.8 * sumV[i], 540000 + 2 * over[i], 2 * sumV[i], 55200 + 0.6 * sumW[i], std::fmax(30000, price[i] * sumV[i])};
      double least = c[0];
      for (double cost : c) least = cost < least ? cost : least;
      check += least;
    }
  }
  double ns = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - began).count();
  std::printf("{\"nanoseconds\": %.3f, \"leastMean\": %.1f}\n", ns / trials / MONTHS, check / trials);
}
