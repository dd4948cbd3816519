/** Normal numbers from pairs of uniform ones (Box and Muller), by a fixed generator (Steele and others' SplitMix32). */
export function normalNumbers(seed: number): () => number {
  let state = seed
  const uniform = () => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return ((z ^ (z >>> 15)) >>> 0) / 4294967296
  }
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}
