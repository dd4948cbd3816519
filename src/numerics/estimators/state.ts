import { HEAD, type Layout, SERIES } from './layout.ts'

/** Adds `from` to `into`. Central moments of a union: Chan, Golub & LeVeque (1983), and Pébay (2008) to the fourth order. */
export function merge({ series }: Layout, into: Float64Array, from: Float64Array): void {
  const [na, nb] = [into[0], from[0]]
  if (nb === 0) return
  if (na === 0) {
    into.set(from)
    return
  }
  const n = na + nb
  into[0] = n
  let at = HEAD
  for (let s = 0; s < series; s++, at += SERIES) {
    const [a2, a3, a4] = [into[at + 1], into[at + 2], into[at + 3]]
    const [b2, b3, b4] = [from[at + 1], from[at + 2], from[at + 3]]
    const gap = from[at] - into[at]
    const g = gap / n
    into[at] += nb * g
    into[at + 1] = a2 + b2 + gap * g * na * nb
    into[at + 2] = a3 + b3 + gap * g * g * na * nb * (na - nb) + 3 * g * (na * b2 - nb * a2)
    into[at + 3] =
      a4 +
      b4 +
      gap * g * g * g * na * nb * (na * na - na * nb + nb * nb) +
      6 * g * g * (na * na * b2 + nb * nb * a2) +
      4 * g * (na * b3 - nb * a3)
    into[at + 4] = Math.min(into[at + 4], from[at + 4])
    into[at + 5] = Math.max(into[at + 5], from[at + 5])
  }
  for (; at < into.length; at++) into[at] += from[at]
}
