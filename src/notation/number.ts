// Numbers with separators, as Americans write them. `toLocaleString` gives the same text, but loads the data of all languages first, which
// takes longer than billing a plan.

/** A number: 1,234.5. @param least decimals, zeros at the end included @param most decimals */
export function formatNumber(value: number, least = 0, most = Math.max(least, 3)): string {
  const written = String(Math.abs(value))
  if (!Number.isFinite(value) || written.includes('e'))
    return value.toLocaleString('en-US', { minimumFractionDigits: least, maximumFractionDigits: most })
  const [whole, decimals] = rounded(written, most)
  const kept = decimals.slice(0, least).padEnd(least, '0') + decimals.slice(least).replace(/0+$/, '')
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (kept === '' ? '' : `.${kept}`)
  return value < 0 || Object.is(value, -0) ? `-${text}` : text
}

/** Rounds the digits that are written, half up: 1.005 is 1.01, although the number that is stored lies below. */
function rounded(written: string, digits: number): readonly [whole: string, decimals: string] {
  const [whole, decimals = ''] = written.split('.')
  if (decimals.length <= digits) return [whole, decimals]
  const up = decimals[digits] >= '5' ? 1n : 0n
  const all = (BigInt(whole + decimals.slice(0, digits)) + up).toString().padStart(digits + 1, '0')
  const point = all.length - digits
  return [all.slice(0, point), all.slice(point)]
}
