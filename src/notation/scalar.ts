// Reads one number in the notation of a plan: 50k, 1.2m, 65%, 2pt, $0.99.
import { ParameterError } from '../errors.ts'

/** The kind of a value, which decides the allowed units and the meaning of a plain number. */
export type Kind = 'amount' | 'money' | 'rate' | 'points' | 'change' | 'shift' | 'pure' | 'logOdds'

type Unit = '' | '%' | 'pt' | '$'

export interface Scalar {
  readonly value: number
  readonly unit: Unit
}

const LONGEST = 200
const SCALES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, M: 1e6, bn: 1e9 }

interface Traits {
  readonly expected: string
  readonly units: readonly Unit[]
  /** The family of "A to B". A rate of change may have any sign, so it is normal even if both ends are above 0. */
  readonly interval: 'lognormal' | 'logitNormal' | 'normal'
  /** Whether a plain number above 1 is most likely a percentage without its sign. */
  readonly fraction: boolean
}

const TRAITS: Readonly<Record<Kind, Traits>> = {
  amount: { expected: 'a number such as 50000, 50k or 1.2m', units: [], interval: 'lognormal', fraction: false },
  money: { expected: 'an amount such as $0.99, $30k or 0.99', units: ['$'], interval: 'lognormal', fraction: false },
  rate: { expected: 'a share such as 65% or 0.65', units: ['%', 'pt'], interval: 'logitNormal', fraction: true },
  points: { expected: 'percentage points such as 2pt', units: ['pt'], interval: 'lognormal', fraction: false },
  change: { expected: 'a change such as 5% or -10%', units: ['%'], interval: 'normal', fraction: true },
  shift: { expected: 'percentage points such as 2pt or -5pt', units: ['pt'], interval: 'normal', fraction: false },
  pure: { expected: 'a number without a unit, such as 2', units: [], interval: 'lognormal', fraction: false },
  logOdds: {
    expected:
      'a number without a unit, such as 0.6: logitNormal(location, scale) takes the mean and standard deviation of the log-odds (for shares write 60% to 70%, or betaMean(65%, 5%))',
    units: [],
    interval: 'normal',
    fraction: false,
  },
}
export const traitsOf = (kind: Kind): Traits => TRAITS[kind]

const bad = (kind: Kind, text: unknown, hint = ''): ParameterError => new ParameterError('', TRAITS[kind].expected + hint, text)

/** Returns the length of the number at the start of a text: digits, at most one point, at most one exponent. */
function numberEnd(text: string): number {
  let i = text[0] === '-' || text[0] === '+' ? 1 : 0
  const digits = () => {
    const from = i
    while (text[i] >= '0' && text[i] <= '9') i++
    return i - from
  }
  const whole = digits()
  let decimals = 0
  if (text[i] === '.') {
    i++
    decimals = digits()
    if (decimals === 0) return 0
  }
  if (whole + decimals === 0) return 0
  if ((text[i] === 'e' || text[i] === 'E') && /^[eE][+-]?[0-9]/.test(text.slice(i, i + 3))) {
    i += 2
    digits()
  }
  return i
}

/** A hint for common mistakes in a number. */
function hint(text: string): string {
  if (/\d\s*([$€£¥]|[A-Z]{3})$/.test(text)) return ' (write the currency sign in front, as in $5, or state `currency` in the offer)'
  if (/\d[,\s_'’]\d/.test(text)) return ' without thousands separators (write 1200 or 1.2k for 1,200, and 0.5 for 0,5)'
  if (/\d\S*\s*(-|–|—|\.\.+)\s*[$\d]/.test(text)) return ' (write a range as "A to B")'
  return /^[^A-Za-z]*\d\s*(K|Bn?|BN)$/.test(text) ? ` (did you mean ${text.replace('K', 'k').replace(/B.?$/, 'bn')}?)` : ''
}

/** @throws ParameterError with an empty parameter */
export function parseScalar(raw: unknown, kind: Kind): Scalar {
  if (typeof raw === 'number') {
    if (!Number.isFinite(raw)) throw bad(kind, raw)
    if (TRAITS[kind].fraction && raw > 1 && raw <= 100) throw bad(kind, raw, ` (did you mean ${raw}%?)`)
    return { value: raw, unit: '' }
  }
  if (typeof raw !== 'string') throw bad(kind, raw)
  const text = raw.trim()
  if (text.length > LONGEST) throw bad(kind, text)
  const sign = text[0] === '-' ? '-' : ''
  const unsigned = sign ? text.slice(1) : text
  const money = unsigned[0] === '$'
  const body = sign + (money ? unsigned.slice(1) : unsigned)
  const end = numberEnd(body)
  if (end === 0) throw bad(kind, text, hint(text))
  const plain = Number(body.slice(0, end))
  let rest = body.slice(end).trim()
  let scale = ''
  for (const suffix of ['bn', 'k', 'm', 'M']) {
    if (rest === suffix || (rest.startsWith(suffix) && rest !== 'mo')) {
      scale = suffix
      rest = rest.slice(suffix.length).trim()
      break
    }
  }
  const unit = money ? '$' : rest === '%' ? '%' : rest === 'pt' ? 'pt' : ''
  if (rest !== '' && (money || unit === '')) throw bad(kind, text, hint(text))
  const scaled = plain * (scale === '' ? 1 : SCALES[scale])
  const value = unit === '%' || unit === 'pt' ? scaled / 100 : scaled
  if (!Number.isFinite(value)) throw bad(kind, text)
  const { units, fraction } = TRAITS[kind]
  if (unit !== '' && !units.includes(unit)) throw bad(kind, text)
  if (fraction && unit === '' && value > 1 && value <= 100) throw bad(kind, text, ` (did you mean ${text}%?)`)
  return { value, unit }
}
