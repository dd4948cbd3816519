// The kernel's exports as TypeScript sees them. Pointers are byte offsets into the kernel's memory; every column holds
// Float64, is 32-byte aligned and padded to a multiple of four. What each does stands in assembly/.

type Pointer = number
/** The key of a named stream, and the replicate. */
type Stream = [k0: number, k1: number, k2: number, k3: number, replicate: number]

export interface KernelExports {
  heapBase(): Pointer
  prepare(): void
  prepareDraws(): void
  exp(x: number): number
  expm1(x: number): number
  log(x: number): number
  log1p(x: number): number
  pow(x: number, y: number): number
  sin(x: number): number
  logistic(x: number): number
  normalQuantile(p: number, q: number): number
  fill(out: Pointer, n: number, c: number): void
  copy(from: Pointer, out: Pointer, n: number): void
  scale(a: Pointer, out: Pointer, n: number, c: number): void
  shift(a: Pointer, out: Pointer, n: number, c: number): void
  add(a: Pointer, out: Pointer, n: number): void
  subtract(a: Pointer, b: Pointer, out: Pointer, n: number): void
  multiply(a: Pointer, b: Pointer, out: Pointer, n: number): void
  divide(a: Pointer, b: Pointer, out: Pointer, n: number): void
  addScaled(a: Pointer, out: Pointer, n: number, c: number): void
  addProduct(a: Pointer, b: Pointer, out: Pointer, n: number, c: number): void
  clamp(a: Pointer, out: Pointer, n: number, low: number, high: number): void
  lesser(a: Pointer, b: Pointer, out: Pointer, n: number): void
  greater(a: Pointer, b: Pointer, out: Pointer, n: number): void
  exponential(a: Pointer, out: Pointer, n: number): void
  autoregress(z: Pointer, x: Pointer, n: number, phi: number, s: number): void
  lognormalNoise(x: Pointer, out: Pointer, n: number, level: number, half: number): void
  logisticNoise(mu: Pointer, y: Pointer, out: Pointer, n: number): void
  logisticNoiseAround(mu: number, y: Pointer, out: Pointer, n: number): void
  tabulated(z: Pointer, out: Pointer, n: number, table: Pointer): void
  hinge(q: Pointer, out: Pointer, n: number, above: number, price: number): void
  excess(q: Pointer, out: Pointer, n: number, above: number): void
  exceeds(q: Pointer, out: Pointer, n: number, above: number): void
  packages(q: Pointer, out: Pointer, n: number, above: number, size: number): void
  sum(a: Pointer, n: number): number
  dot(a: Pointer, b: Pointer, n: number): number
  moments(a: Pointer, n: number, out: Pointer): void
  compare(a: Pointer, b: Pointer, n: number, out: Pointer): void
  ties(a: Pointer, least: Pointer, out: Pointer, n: number): void
  normals(u: Pointer, out: Pointer, n: number): void
  fillRandom(out: Pointer, n: number, ...stream: [...Stream, blockLow: number, blockHigh: number]): void
  randomWords(out: Pointer, n: number, ...stream: [...Stream, blockLow: number, blockHigh: number]): void
  rawWords(states: Pointer, out: Pointer, n: number): void
  fillSobol(out: Pointer, n: number, first: number, directions: Pointer, ...stream: Stream): void
  sobolIntegers(out: Pointer, n: number, first: number, directions: Pointer): void
  fillLatin(out: Pointer, n: number, first: number, bits: number, ...stream: Stream): void
}
