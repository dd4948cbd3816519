// The kinds of values that options take: what a program may pass, and how a command reads the same value from text.
import { formatNumber } from '../notation/number.ts'
import { isVisible, shown, tryRead, UsageError } from '../errors.ts'
import { parseAmount } from '../notation/amount.ts'
import { type Kind as ScalarKind, parseScalar } from '../notation/scalar.ts'
import type { OptionGroup, OptionKind, OptionsOf } from './option.ts'

/** NaN if the text is not a number. */
function scalar(text: string, kind: ScalarKind): number {
  try {
    return parseScalar(text, kind).value
  } catch {
    return Number.NaN
  }
}

type Numeric = Pick<OptionKind<number>, 'name' | 'expected' | 'schema'> & {
  readonly accepts: (value: number) => boolean
  readonly text: { readonly placeholder: string; readonly expected: string; readonly read: (text: string) => number }
}

/** A kind of numbers that accepts the same values from a program and from text. */
const numeric = ({ name, expected, schema, accepts, text }: Numeric): OptionKind<number> => ({
  name,
  expected,
  schema: { type: 'number', ...schema },
  accepts: (value) => typeof value === 'number' && accepts(value),
  text: {
    ...text,
    read: (given) => {
      const value = text.read(given)
      return accepts(value) ? value : undefined
    },
  },
})

/** @param unit follows "a whole number" in messages, such as " of months" */
export function wholeNumber(least: number, most: number, example: string, placeholder = '<n>', unit = ''): OptionKind<number> {
  const expected = `a whole number${unit} from ${formatNumber(least)} to ${formatNumber(most)}`
  return numeric({
    name: 'whole number',
    expected,
    schema: { type: 'integer', minimum: least, maximum: most },
    accepts: (value) => Number.isInteger(value) && value >= least && value <= most,
    text: { placeholder, expected: `${expected} such as ${example}`, read: (text) => scalar(text, 'amount') },
  })
}

/** A list of whole numbers, which the function itself checks. A command reads them between commas. */
export function wholeNumbers(example: string): OptionKind<readonly number[]> {
  const expected = `whole numbers such as ${example}`
  return {
    name: 'list of whole numbers',
    expected: `a list of ${expected}`,
    schema: { type: 'array', items: { type: 'integer' } },
    accepts: Array.isArray,
    text: {
      ...{ placeholder: '<n,…>', expected },
      read: (text) => {
        const numbers = text.split(',').map((one) => scalar(one.trim(), 'amount'))
        return numbers.every(Number.isInteger) ? numbers : undefined
      },
    },
  }
}

/** A number above 0. @param reads the notations that a command tries, in this order */
export function aboveZero(example: string, reads: readonly ScalarKind[]): OptionKind<number> {
  const found = (text: string) => reads.map((kind) => scalar(text, kind)).find((number) => !Number.isNaN(number))
  return numeric({
    name: 'number',
    expected: `a number above 0 such as ${found(example)}`,
    schema: { exclusiveMinimum: 0 },
    accepts: (number) => number > 0 && number < Infinity,
    text: { placeholder: '<number>', expected: `a number above 0 such as ${example}`, read: (text) => found(text) ?? Number.NaN },
  })
}

/** @param ends whether 0 and 1 are allowed */
export function share(example: string, ends = false): OptionKind<number> {
  const accepts = (value: unknown) => typeof value === 'number' && (ends ? value >= 0 && value <= 1 : value > 0 && value < 1)
  return {
    name: 'share',
    expected: `a share ${ends ? 'from 0 to 1' : 'above 0 and below 1'} such as ${scalar(example, 'rate')}`,
    schema: { type: 'number', ...(ends ? { minimum: 0, maximum: 1 } : { exclusiveMinimum: 0, exclusiveMaximum: 1 }) },
    accepts,
    text: {
      placeholder: '<share>',
      expected: `a share such as ${example}`,
      read: (text) => {
        const value = scalar(text, 'rate')
        // As a flag, 0% and 100% make no sense for any of these options.
        return value > 0 && value < 1 ? value : undefined
      },
    },
  }
}

/** Money, such as 480000 or '€400k'. It stays as written, since its currency depends on the plan. */
export function moneyAmount(example: string): OptionKind<Stated> {
  const accepts = (given: unknown) => (tryRead(() => parseAmount(given, ''))?.value ?? -1) >= 0
  const expected = `an amount of 0 or more such as ${example}`
  return {
    ...{ name: 'money', expected, accepts, schema: { type: ['number', 'string'] } },
    text: { placeholder: '<money>', expected, read: (text) => (accepts(text) ? text : undefined) },
  }
}

/** "sobol, latin or random" */
export const either = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' or ')

/** @param flags the names that a command accepts, if fewer */
export function oneOf<const T extends string>(
  names: readonly T[],
  flags: readonly T[] = names,
  placeholder = '<name>',
): OptionKind<T> {
  return {
    name: names.map((name) => `\`${name}\``).join(', '),
    expected: either(names),
    schema: { enum: names },
    accepts: (value) => names.some((name) => name === value),
    text: { placeholder, expected: either(flags), read: (text) => flags.find((name) => name === text) },
  }
}

const LONGEST_SEED = 200

export function textKind(
  placeholder: string,
  expected: string,
  accepts: (text: string) => boolean = () => true,
): OptionKind<string> {
  return {
    name: 'text',
    expected,
    schema: { type: 'string' },
    accepts: (value) => typeof value === 'string' && accepts(value),
    text: { placeholder, expected, read: (given) => (accepts(given) ? given : undefined) },
  }
}

const isSeed = (text: string): boolean => text.length <= LONGEST_SEED && isVisible(text)

export const seedText: OptionKind<string | number> = {
  name: 'text or number',
  expected: `a text of up to ${LONGEST_SEED} visible characters, or a number`,
  schema: { type: ['string', 'number'] },
  accepts: (value) => (typeof value === 'string' && isSeed(value)) || (typeof value === 'number' && !Number.isNaN(value)),
  text: {
    placeholder: '<text>',
    expected: `a text of up to ${LONGEST_SEED} visible characters`,
    read: (given) => (given !== '' && isSeed(given) ? given : undefined),
  },
}

const UNITS = { k: 1, M: 2, G: 3, T: 4 } as const

/** Reads "512MB" or "2GiB" as a number of bytes. */
function bytesOf(given: string): number {
  const match = /^(\d+(?:\.\d+)?)\s?(?:([kMGT])(i?))?B?$/.exec(given)
  if (!match) return Number.NaN
  const [, digits, unit, binary] = match
  let value = Number(digits)
  for (let k = unit === undefined ? 0 : UNITS[unit as keyof typeof UNITS]; k > 0; k--) value *= binary ? 1024 : 1000
  return Number.isFinite(value) ? value : Number.NaN
}

export const memorySize = numeric({
  name: 'bytes',
  expected: 'a number of bytes above 0 such as 2000000000',
  accepts: (value) => value > 0,
  text: { placeholder: '<size>', expected: 'an amount of memory such as 2GB', read: bytesOf },
})

export const seconds = (least: number, most: number, expected: string): OptionKind<number> =>
  numeric({
    name: 'seconds',
    expected: `seconds from ${least} to ${most}`,
    accepts: (value) => value >= least && value <= most,
    text: { placeholder: '<seconds>', expected, read: (given) => (/^\d+(\.\d+)?$/.test(given) ? Number(given) : Number.NaN) },
  })

/** Reads "90m", "24h" or "7d" as a number of hours. */
export function hoursOf(given: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s?(m|min|h|d)$/.exec(given)
  if (!match) return undefined
  const number = Number(match[1])
  return match[2] === 'd' ? 24 * number : match[2] === 'h' ? number : number / 60
}

/** A switch on the command line, true or false in a program. */
export const toggle = (switches: 'on' | 'off' | 'both'): OptionKind<boolean> => ({
  name: '`true`, `false`',
  expected: 'true or false',
  schema: { type: 'boolean' },
  accepts: (value) => typeof value === 'boolean',
  switches,
})

export const callback = <F extends (...values: never[]) => unknown>(name = 'function'): OptionKind<F> => ({
  name,
  expected: 'a function',
  accepts: (value) => typeof value === 'function',
  calls: true,
})

export const abortSignal: OptionKind<AbortSignal> = {
  name: 'AbortSignal',
  expected: 'an AbortSignal',
  // Not instanceof: a signal may come from another realm.
  accepts: (value) => typeof value === 'object' && value !== null && 'aborted' in value,
}

/** A value that the function itself checks. */
export const value = <T>(name: string, expected: string): OptionKind<T> => ({ name, expected, accepts: () => true })

/** An option that is itself an object of options. */
export const nested = <G extends OptionGroup>(fields: G): OptionKind<OptionsOf<G>> => ({
  name: 'object',
  expected: `an object with ${Object.keys(fields).join(', ')}`,
  schema: { type: 'object' },
  accepts: (given) => typeof given === 'object' && given !== null,
  fields,
})

/** A number, or text in the units of the field, such as `$1.20` or `50%`. */
export type Stated = number | string

/** Splits `lo:hi`. */
export function boundsIn(given: string, flag: string): readonly [string, string] {
  const parts = given.split(':')
  if (parts.length !== 2 || parts.includes(''))
    throw new UsageError(`${flag}: expected lowest:highest, such as 20k:45k, got ${shown(given)}`)
  return [parts[0], parts[1]]
}

export const bounds: OptionKind<readonly [Stated, Stated]> = {
  name: 'lowest and highest',
  expected: "the lowest and the highest number such as [0.5, 0.9] or ['50%', '90%']",
  schema: { type: 'array', minItems: 2, maxItems: 2, items: { type: ['number', 'string'] } },
  accepts: (given) => Array.isArray(given) && given.length === 2,
  text: { placeholder: '<lo:hi>', expected: 'lowest:highest, such as 20k:45k', read: boundsIn },
}

/** A flag that people may repeat. */
export const repeated = (placeholder: string, expected: string): OptionKind<readonly string[]> => ({
  name: 'list of texts',
  expected,
  schema: { type: 'array', items: { type: 'string' } },
  accepts: (given) => Array.isArray(given) && given.every((one) => typeof one === 'string'),
  text: { placeholder, expected, read: (given) => [given], readAll: (all) => all },
})

/** Reads `name=column,…`, the columns of a table. */
export function columns<const T extends string>(
  names: readonly T[],
  expected: string,
): OptionKind<Readonly<Partial<Record<T, string>>>> {
  const fields = Object.fromEntries(
    names.map((name) => [name, { kind: textKind('<name>', 'the name of a column'), help: '', required: false, only: undefined }]),
  )
  const read = (given: string, flag: string) =>
    Object.fromEntries(
      given.split(',').map((pair) => {
        const at = pair.indexOf('=')
        const meaning = names.find((name) => name === pair.slice(0, at).trim())
        const column = pair.slice(at + 1).trim()
        if (at < 1 || meaning === undefined || column === '')
          throw new UsageError(`${flag}: expected ${expected}, got ${shown(pair)}`)
        return [meaning, column]
      }),
    ) as Partial<Record<T, string>>
  const schema = {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    additionalProperties: false,
  }
  return {
    name: 'names of columns',
    expected,
    schema,
    accepts: () => true,
    fields,
    text: { placeholder: '<names>', expected, read },
  }
}

/** Two different offers. A command reads them between commas. */
export const twoNames: OptionKind<readonly [string, string]> = {
  name: 'two names',
  expected: "two offers such as ['fin', 'flat']",
  accepts: (given) => Array.isArray(given) && given.length === 2 && given.every((one) => typeof one === 'string' && one !== ''),
  text: {
    placeholder: '<offer,offer>',
    expected: 'two offers such as fin,flat',
    read: (text) => {
      const [one = '', other = '', ...rest] = text.split(',').map((name) => name.trim())
      return one === '' || other === '' || rest.length > 0 ? undefined : [one, other]
    },
  },
}
