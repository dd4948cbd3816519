// Products in decimals. A binary product of two decimals may fall on the wrong side of half a cent.

/** The 15 digits that a number holds for certain, as a whole number and a power of ten. */
function decimal(value: number): readonly [digits: bigint, power: number] {
  const [mantissa, exponent] = value.toExponential(14).split('e')
  return [BigInt(mantissa.replace('.', '')), Number(exponent) - 14]
}

/** a · b, rounded to `digits` decimals, half away from zero. */
export function roundedProduct(a: number, b: number, digits: number): number {
  const [[first, p], [second, q]] = [decimal(a), decimal(b)]
  const product = first * second
  const size = product < 0n ? -product : product
  const shift = p + q + digits
  const one = BigInt(`1${'0'.repeat(Math.abs(shift))}`)
  const whole = shift >= 0 ? size * one : (2n * size + one) / (2n * one)
  return Number(`${product < 0n ? -whole : whole}e${-digits}`)
}
