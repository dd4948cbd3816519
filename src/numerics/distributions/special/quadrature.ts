import { exp, sin } from '../../kernel/math.ts'

const ORDER = 16
let rule: ReturnType<typeof legendre> | undefined
const ruleOf = () => (rule ??= legendre(ORDER))

/** ∫ f over [from, to] by Gauss–Legendre quadrature, in panels of 16 nodes each. */
export function integrate(f: (x: number) => number, from: number, to: number, panels: number): number {
  const [nodes, weights] = ruleOf()
  const half = (to - from) / (2 * panels)
  let sum = 0
  for (let k = 0; k < panels; k++) {
    const middle = from + half * (2 * k + 1)
    for (let i = 0; i < ORDER; i++) sum += weights[i] * f(middle + half * nodes[i])
  }
  return sum * half
}

/** The nodes of Gauss–Legendre quadrature in one panel, with their weights. */
export function gaussNodes(from: number, to: number): readonly { readonly x: number; readonly weight: number }[] {
  const [nodes, weights] = ruleOf()
  const half = (to - from) / 2
  return Array.from(nodes, (node, i) => ({ x: from + half * (node + 1), weight: half * weights[i] }))
}

/** Nodes and weights on [−1, 1]: Newton's method on the Legendre polynomial (Davis & Rabinowitz 1984, section 2.7). */
function legendre(n: number): readonly [Float64Array, Float64Array] {
  const [nodes, weights] = [new Float64Array(n), new Float64Array(n)]
  for (let i = 0; i < n; i++) {
    let x = sin((Math.PI * (2 * i + 1 - n)) / (2 * n + 1)) // within 1e-2 of the root
    let slope = 0
    for (let step = 0; step < 8; step++) {
      let [before, value] = [1, x]
      for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k]
      slope = (n * (x * value - before)) / (x * x - 1)
      x -= value / slope
    }
    nodes[i] = x
    weights[i] = 2 / ((1 - x * x) * slope * slope)
  }
  return [nodes, weights]
}

/** e^−40 is below the last digit of the sum. */
const NEGLIGIBLE = -40

/**
 * ∫ exp(h(s)) ds over s > 0, for a concave h that starts at h(0) = 0 and does not rise: the tail of a density so peaked that a series
 * would take thousands of terms.
 * @param scale a first guess of how far the tail reaches
 */
export function tail(h: (s: number) => number, scale: number): number {
  let reach = scale
  while (h(reach) > NEGLIGIBLE) reach *= 2
  while (h(reach * 0.8) < NEGLIGIBLE) reach *= 0.8
  return integrate((s) => exp(h(s)), 0, reach, 6)
}
