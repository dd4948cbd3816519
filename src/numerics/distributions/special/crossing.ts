/**
 * The x in [low, high] at which a function that never falls reaches 1, to the last digits. False position on its distance from 1
 * (Illinois; Dowell & Jarratt 1971), with halving if that does not shrink the bracket.
 */
export function crossing(ratio: (x: number) => number, low: number, high: number): number {
  // The ratio may be 0 or infinite. Far from 1 only the direction matters.
  const distance = (x: number) => Math.min(1, Math.max(-1, ratio(x) - 1))
  let [a, b] = [low, high]
  let [fa, fb] = [distance(a), distance(b)]
  if (fa >= 0) return a
  if (fb <= 0) return b
  let width = b - a
  let side = 0
  for (let step = 0; step < 400; step++) {
    let x = b - (fb * (b - a)) / (fb - fa)
    const stuck = step % 3 === 2 && b - a > width / 4
    if (step % 3 === 2) width = b - a
    if (stuck || !(x > a && x < b)) x = halfway(a, b)
    if (!(x > a && x < b)) return b
    const fx = distance(x)
    if (fx === 0) return x
    if (fx < 0) {
      if (side < 0) fb /= 2
      ;[a, fa, side] = [x, fx, -1]
    } else {
      if (side > 0) fa /= 2
      ;[b, fb, side] = [x, fx, 1]
    }
    if (b - a <= 2.3e-16 * Math.max(Math.abs(a), Math.abs(b))) return b
  }
  return b
}

/** The middle, which is the geometric one between values of one sign and different magnitude. */
function halfway(a: number, b: number): number {
  if (a > 0 && b > 4 * a) return Math.sqrt(a) * Math.sqrt(b)
  if (b < 0 && a < 4 * b) return -Math.sqrt(-a) * Math.sqrt(-b)
  return a + (b - a) / 2
}
