// The errors that people see. A low-level function names the parameter; its caller, which knows the path, adds it.

/** A parameter of a distribution, charge or option is wrong. `parameter` is relative to the call. */
export class ParameterError extends Error {
  override readonly name = 'ParameterError'
  readonly parameter: string
  readonly expected: string
  readonly value: unknown
  constructor(parameter: string, expected: string, value: unknown) {
    super(`${parameter}: expected ${expected}, got ${shown(value)}`)
    this.parameter = parameter
    this.expected = expected
    this.value = value
  }
}

/** Returns the result of a reader, or undefined if it throws a ParameterError. */
export function tryRead<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof ParameterError) return undefined
    throw error
  }
}

/** One mistake in a scenario, with its place and how to fix it. */
export interface Problem {
  readonly path: string
  readonly message: string
  readonly line?: number
  readonly column?: number
}

/** A problem with the keys that lead to it, before its line and column are known. */
export interface Located {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** A scenario that cannot run, with all its problems at once. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError'
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map(describeProblem).join('\n'))
    this.problems = problems
  }
}

/** A command or call with a mistake in its arguments, such as an unknown option or offer. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** An offer that a plan or a result does not have. */
export const unknownOffer = (name: unknown, offers: readonly string[]): UsageError =>
  new UsageError(
    typeof name === 'string'
      ? `there is no offer ${shown(name)}: the offers are ${offers.join(', ')}`
      : `expected the name of an offer (${offers.join(', ')}), got ${shown(name)}`,
  )

/** A path in the form `offers.zendesk.charges[0].price`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  )
}

/** A problem in one line, with its place in the file if that is known. */
export function describeProblem({ path, message, line, column }: Problem): string {
  const place = line === undefined ? '' : ` (line ${line}${column === undefined ? '' : `, column ${column}`})`
  return visible(`${path === '' ? 'scenario' : path}: ${message}`) + place
}

/** A value for an error message: shortened, in quotes if it is text, without control characters. */
export function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) return String(value)
  const text = typeof value === 'string' ? value : dataText(value)
  const safe = visible(text.length > 60 ? `${text.slice(0, 57)}...` : text)
  return typeof value === 'string' ? `"${safe}"` : safe
}

/** A value as JSON, or as JavaScript writes it if JSON cannot: a function, a symbol, an object that holds itself. */
export function dataText(value: unknown): string {
  try {
    return JSON.stringify(value, plain) ?? String(value)
  } catch {
    return Object.prototype.toString.call(value)
  }
}

/** JSON has no BigInt. */
const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)

/**
 * What no text may hold that leaves the program: control characters, line ends, marks that hide or turn text, and halves of characters. Signs
 * that join two others (U+200C and U+200D) are text in Arabic and Indic scripts and in emoji, and the variation selectors U+FE0E and U+FE0F
 * choose the form of an emoji.
 */
const HIDDEN =
  /(?!\u200c|\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]|(?<!\p{M}|\p{Script=Arabic}|\p{Extended_Pictographic}|\p{Emoji_Modifier})(?:\u200c|\u200d)/gu
const PLAIN = /^[ -~]*$/
const PLAIN_LINES = /^[\n -~]*$/

/** Whether a text may leave the program as it is. */
export const isVisible = (text: string): boolean => PLAIN.test(text) || text.search(HIDDEN) < 0

/**
 * Decides what every outgoing text may hold, whatever its format: no character that moves a terminal's cursor, turns or hides text, or begins
 * a line. Each is shown as \x1b or \u202e.
 */
export const visible = (text: string): string => replaced(text, escapeOf)

const replaced = (text: string, written: (character: string) => string): string =>
  PLAIN.test(text) ? text : text.replace(HIDDEN, written)

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const digits = code.toString(16)
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`
}

/** A text of several lines: the line ends stay, and all else must be visible. */
export const visibleLines = (text: string): string => replacedInLines(text, escapeOf)

/** JSON with the same characters as \u escapes, which a reader turns back. Without `indent`, it is one line. */
export const jsonOf = (value: unknown, indent?: number): string => replacedInLines(JSON.stringify(value, null, indent), jsonEscape)

const replacedInLines = (text: string, written: (character: string) => string): string =>
  PLAIN_LINES.test(text) ? text : replaced(text, (character) => (character === '\n' ? character : written(character)))

const jsonEscape = (character: string): string =>
  Array.from({ length: character.length }, (_, k) => `\\u${character.charCodeAt(k).toString(16).padStart(4, '0')}`).join('')

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
