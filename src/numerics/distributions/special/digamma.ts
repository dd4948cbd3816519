// The first two derivatives of ln Γ: recurrence up to 16, then the asymptotic series (Abramowitz and Stegun 6.3.18 and 6.4.11).
import { log } from '../../kernel/math.ts'

/** From here on the series has all digits. */
const FAR = 16

/** ψ(x), the derivative of ln Γ(x), for x > 0. */
export function digamma(x: number): number {
  let [sum, y] = [0, x]
  for (; y < FAR; y++) sum -= 1 / y
  const r = 1 / (y * y)
  return sum + log(y) - 0.5 / y - r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - r * (691 / 32760))))))
}

/** ψ′(x), the second derivative of ln Γ(x), for x > 0. */
export function trigamma(x: number): number {
  let [sum, y] = [0, x]
  for (; y < FAR; y++) sum += 1 / (y * y)
  const r = 1 / (y * y)
  const rest = (r / y) * (1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - r * (5 / 66 - r * (691 / 2730))))))
  return sum + 1 / y + 0.5 * r + rest
}
