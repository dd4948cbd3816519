// Whole numbers with a Poisson distribution, by transformed rejection (Hörmann, Insurance: Mathematics and Economics 12, 1993).

/** ln k! by Stirling's series. */
function logFactorial(k: number): number {
  if (k < 10) {
    let product = 1
    for (let i = 2; i <= k; i++) product *= i
    return Math.log(product)
  }
  return (k + 0.5) * Math.log(k) - k + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * k) - 1 / (360 * k ** 3) + 1 / (1260 * k ** 5)
}

/** @param next gives uniform numbers */
export function poisson(mean: number, next: () => number): number {
  if (mean < 10) return multiplied(mean, next)
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const scale = 1.1239 + 1.1328 / (b - 3.4)
  const sure = 0.9277 - 3.6224 / (b - 2)
  while (true) {
    const u = next() - 0.5
    const v = next()
    const gap = 0.5 - Math.abs(u)
    const k = Math.floor(((2 * a) / gap + b) * u + mean + 0.43)
    if (gap >= 0.07 && v <= sure) return k
    if (k < 0 || (gap < 0.013 && v > gap)) continue
    if (Math.log((v * scale) / (a / (gap * gap) + b)) <= k * Math.log(mean) - mean - logFactorial(k)) return k
  }
}

/** Counts the uniform numbers whose product stays above exp(−mean). */
function multiplied(mean: number, next: () => number): number {
  const least = Math.exp(-mean)
  let [count, product] = [0, next()]
  while (product > least) {
    count++
    product *= next()
  }
  return count
}
