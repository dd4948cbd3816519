// Random numbers for simulated histories, of the benchmark and of the tests.

/**
 * Uniform numbers by mulberry32 (Tommy Ettinger, public domain), which is good enough for simulated histories.
 * @param {number} seed
 * @returns {() => number} numbers above 0 and below 1
 */
export function uniforms(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296 + 2 ** -33
  }
}

/**
 * Standard normal numbers from uniform ones, by the method of Box and Muller.
 * @param {() => number} next
 * @returns {() => number}
 */
export const normals = (next) => () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next())
