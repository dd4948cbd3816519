// The kernel's exports as TypeScript sees them; assembly/ documents each. Pointers are byte offsets into the kernel's memory. Every column
// holds Float64, is 32-byte aligned and padded to a multiple of four.
type Pointer = number
/** The key of a named stream, and the replicate. */
type Stream = [k0: number, k1: number, k2: number, k3: number, replicate: number]

type Counting = [a: Pointer, b: Pointer, from: number, n: number, origin: number, floor: number, bits: number, record: Pointer]
type Parts = [values: Pointer, size: number, parts: number]
type Gathering = [...Parts, low: number, scale: number, cursors: Pointer, edge0: number, edge1: number, sums: Pointer]
/** A bucket of the tables of all parts, and its values. */
type Bucket = [counts: Pointer, buckets: number, bucket: number, parts: number, gathered: Pointer]

type OfNumber = Record<'exp' | 'expm1' | 'log' | 'log1p' | 'sin' | 'logistic', (x: number) => number>
type OfColumn = Record<'add' | 'logarithm1p' | 'exponential' | 'normals', (a: Pointer, out: Pointer, n: number) => void>
type OfColumnAndNumber = Record<
  'scale' | 'addScaled' | 'growths' | 'excess' | 'exceeds' | 'above',
  (a: Pointer, out: Pointer, n: number, c: number) => void
>
type OfTwoColumns = Record<
  'multiply' | 'divide' | 'lesser' | 'greater' | 'addProduct' | 'poisson' | 'addTies',
  (a: Pointer, b: Pointer, out: Pointer, n: number) => void
>

export interface KernelExports extends OfNumber, OfColumn, OfColumnAndNumber, OfTwoColumns {
  heapBase(): Pointer
  prepare(): void
  prepareDraws(): void
  pow(x: number, y: number): number
  normalQuantile(p: number, q: number): number
  fill(out: Pointer, n: number, c: number): void
  affine(a: Pointer, out: Pointer, n: number, constant: number, c: number): void
  alongEach(a: Pointer, b: Pointer, c: Pointer, out: Pointer, n: number): void
  along(a: Pointer, b: Pointer, out: Pointer, n: number, c: number): void
  clamp(a: Pointer, out: Pointer, n: number, low: number, high: number): void
  autoregress(x: Pointer, z: Pointer, out: Pointer, n: number, phi: number, s: number): void
  rates(y: Pointer, mu: Pointer, out: Pointer, n: number, odds: number): void
  resolved(y: Pointer, v: Pointer, out: Pointer, n: number, mu: number, odds: number): void
  step(u: Pointer, x: Pointer, out: Pointer, n: number, phi: number, s: number): void
  binomial(u: Pointer, number: Pointer, p: Pointer, out: Pointer, n: number): void
  tabulated(z: Pointer, out: Pointer, n: number, table: Pointer): void
  picked(place: Pointer, x: Pointer, out: Pointer, n: number, table: Pointer): void
  packages(q: Pointer, out: Pointer, n: number, above: number, size: number): void
  runList(list: Pointer, count: number, n: number): void
  sum(a: Pointer, n: number): number
  dot(a: Pointer, b: Pointer, n: number): number
  moments(a: Pointer, n: number, out: Pointer): void
  differences(a: Pointer, b: Pointer, n: number, out: Pointer): void
  countTies(a: Pointer, least: Pointer, n: number): number
  sumShares(a: Pointer, least: Pointer, number: Pointer, n: number, out: Pointer): void
  sumPowers(...values: [...Parts, origin: number, out: Pointer]): void
  countBuckets(...values: [...Parts, low: number, scale: number, counts: Pointer, buckets: number]): void
  sumBuckets(counts: Pointer, buckets: number, parts: number, ends: Pointer): void
  countBits(...values: Counting): number
  drainCounts(counts: Pointer, n: number, first: number, out: Pointer): number
  gatherBuckets(...values: Gathering): void
  sortDesk(): number
  sharesAround(threshold: number, ...values: [...Bucket, size: number, out: Pointer]): number
  excesses(boundary: number, low: number, ...values: [...Bucket, size: number, sums: Pointer, out: Pointer]): void
  sortRun(from: Pointer, n: number, out: Pointer, desk: Pointer): void
  searchNode(search: Pointer, node: number): void
  searchHidden(search: Pointer): number
  searchInsert(search: Pointer): void
  searchProbe(search: Pointer, margin: number): number
  searchBegin(search: Pointer): number
  searchStep(search: Pointer): number
  fillRandom(out: Pointer, n: number, ...stream: [...Stream, blockLow: number, blockHigh: number]): void
  randomWords(out: Pointer, n: number, ...stream: [...Stream, blockLow: number, blockHigh: number]): void
  rawWords(states: Pointer, out: Pointer, n: number): void
  fillSobol(out: Pointer, n: number, first: number, directions: Pointer, ...stream: Stream): void
  sobolIntegers(out: Pointer, n: number, first: number, directions: Pointer): void
  fillLatin(out: Pointer, n: number, first: number, bits: number, ...stream: Stream): void
}
