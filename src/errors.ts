// The errors that people meet. A lower room names the parameter; the room that knows the path adds it.

/** A parameter of a distribution, charge or option is outside its range; `parameter` is relative to what was called. */
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

/** One thing to mend in a scenario: where, what was found, what was expected and how to mend it. */
export interface Problem {
  readonly path: string
  readonly message: string
  readonly line?: number
  readonly column?: number
}

/** A problem by the keys that lead to it, before its place in a text is looked up. */
export interface Located {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** A scenario that cannot be run: all its problems at once. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError'
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map(describeProblem).join('\n'))
    this.problems = problems
  }
}

/** A command or call that makes no sense: an unknown option, an offer that does not exist. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A path as people read it: `offers.zendesk.charges[0].price`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  )
}

/** One problem in one line, with the place in the file where it is known. */
export function describeProblem({ path, message, line, column }: Problem): string {
  const place = line === undefined ? '' : ` (line ${line}${column === undefined ? '' : `, column ${column}`})`
  return visible(`${path === '' ? 'scenario' : path}: ${message}`) + place
}

/** A value as an error shows it: short, quoted where it is text, without control characters. */
export function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) return String(value)
  const text = typeof value === 'string' ? value : (JSON.stringify(value, plain) ?? String(value))
  const safe = visible(text.length > 60 ? `${text.slice(0, 57)}...` : text)
  return typeof value === 'string' ? `"${safe}"` : safe
}

/** JSON has no BigInt. */
const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)

/** A text without what would move a terminal's cursor, turn its letters round or begin a line of a log. */
export const visible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a terminal
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (c) => `\\x${c.charCodeAt(0).toString(16)}`)

/** What was thrown, as a text. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
