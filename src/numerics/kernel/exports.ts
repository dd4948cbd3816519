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
  scale(a: Pointer, out: Pointer, n: number, c: number): void
  affine(a: Pointer, out: Pointer, n: number, constant: number, c: number): void
  add(a: Pointer, out: Pointer, n: number): void
  multiply(a: Pointer, b: Pointer, out: Pointer, n: number): void
  divide(a: Pointer, b: Pointer, out: Pointer, n: number): void
  addScaled(a: Pointer, out: Pointer, n: number, c: number): void
  addProduct(a: Pointer, b: Pointer, out: Pointer, n: number): void
  alongEach(a: Pointer, b: Pointer, c: Pointer, out: Pointer, n: number): void
  along(a: Pointer, b: Pointer, out: Pointer, n: number, c: number): void
  clamp(a: Pointer, out: Pointer, n: number, low: number, high: number): void
  lesser(a: Pointer, b: Pointer, out: Pointer, n: number): void
  greater(a: Pointer, b: Pointer, out: Pointer, n: number): void
  logarithm1p(a: Pointer, out: Pointer, n: number): void
  autoregress(x: Pointer, z: Pointer, out: Pointer, n: number, phi: number, s: number): void
  growths(x: Pointer, out: Pointer, n: number, level: number): void
  rates(y: Pointer, mu: Pointer, out: Pointer, n: number): void
  resolved(y: Pointer, v: Pointer, out: Pointer, n: number, mu: number): void
  step(u: Pointer, x: Pointer, out: Pointer, n: number, phi: number, s: number): void
  poisson(u: Pointer, mean: Pointer, out: Pointer, n: number): void
  binomial(u: Pointer, number: Pointer, p: Pointer, out: Pointer, n: number): void
  exponential(a: Pointer, out: Pointer, n: number): void
  tabulated(z: Pointer, out: Pointer, n: number, table: Pointer): void
  excess(q: Pointer, out: Pointer, n: number, above: number): void
  exceeds(q: Pointer, out: Pointer, n: number, above: number): void
  above(a: Pointer, out: Pointer, n: number, bound: number): void
  packages(q: Pointer, out: Pointer, n: number, above: number, size: number): void
  sum(a: Pointer, n: number): number
  dot(a: Pointer, b: Pointer, n: number): number
  moments(a: Pointer, n: number, out: Pointer): void
  differences(a: Pointer, b: Pointer, n: number, out: Pointer): void
  countTies(a: Pointer, least: Pointer, n: number): number
  addTies(a: Pointer, least: Pointer, out: Pointer, n: number): void
  sumShares(a: Pointer, least: Pointer, number: Pointer, n: number, out: Pointer): void
  countBuckets(values: Pointer, n: number, low: number, scale: number, counts: Pointer): void
  countBits(
    ...values: [a: Pointer, b: Pointer, from: number, n: number, origin: number, floor: number, bits: number, record: Pointer]
  ): number
  addWords(a: Pointer, out: Pointer, n: number): void
  sumWords(a: Pointer, n: number): number
  gatherBuckets(
    ...values: [
      values: Pointer,
      n: number,
      low: number,
      scale: number,
      cursors: Pointer,
      edge0: number,
      edge1: number,
      sums: Pointer,
    ]
  ): void
  sortDesk(): number
  sortRuns(ends: Pointer, sizes: Pointer, buckets: number, from: Pointer, out: Pointer, desk: Pointer): void
  searchNode(search: Pointer, node: number): void
  searchHidden(search: Pointer): number
  searchBegin(search: Pointer): number
  searchStep(search: Pointer): number
  normals(u: Pointer, out: Pointer, n: number): void
  fillRandom(out: Pointer, n: number, ...stream: [...Stream, blockLow: number, blockHigh: number]): void
  randomWords(out: Pointer, n: number, ...stream: [...Stream, blockLow: number, blockHigh: number]): void
  rawWords(states: Pointer, out: Pointer, n: number): void
  fillSobol(out: Pointer, n: number, first: number, directions: Pointer, ...stream: Stream): void
  sobolIntegers(out: Pointer, n: number, first: number, directions: Pointer): void
  fillLatin(out: Pointer, n: number, first: number, bits: number, ...stream: Stream): void
}
