// The correlation of two stationary autoregressions, and of the new part of each month that produces it. With x_m = φ₁ x_{m−1} + √(1 − φ₁²) z_m
// and y_m = φ₂ y_{m−1} + √(1 − φ₂²) w_m, levels x and y have the correlation ρ in every month if z and w have
// ρ (1 − φ₁φ₂) / √((1 − φ₁²)(1 − φ₂²)), since E[xy] = φ₁φ₂ E[xy] + √((1 − φ₁²)(1 − φ₂²)) E[zw].

/** The largest correlation of the levels, as a number above 0. With equal autocorrelations it is 1. */
export const largestCorrelation = (phi: number, other: number): number =>
  phi === other ? 1 : Math.sqrt((1 - phi * phi) * (1 - other * other)) / (1 - phi * other)

/** Rounding may miss the largest correlation by this share. */
const SLACK = 1e-12

/** The correlation of the new parts, if the levels have the correlation `rho`. Beyond ±1 it is impossible. */
export function innovationCorrelation(rho: number, phi: number, other: number): number {
  const scaled = rho / largestCorrelation(phi, other)
  return Math.abs(Math.abs(scaled) - 1) <= SLACK ? Math.sign(scaled) : scaled
}
