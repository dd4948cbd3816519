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
export const unknownOffer = (name: string, offers: readonly string[]): UsageError =>
  new UsageError(`there is no offer "${name}": the offers are ${offers.join(', ')}`)

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
  const text = typeof value === 'string' ? value : (JSON.stringify(value, plain) ?? String(value))
  const safe = visible(text.length > 60 ? `${text.slice(0, 57)}...` : text)
  return typeof value === 'string' ? `"${safe}"` : safe
}

/** JSON has no BigInt. */
const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)

/** Escapes characters that would move a terminal's cursor, reverse its text or begin a line of a log. */
export const visible = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not reach a terminal
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (c) => `\\x${c.charCodeAt(0).toString(16)}`)

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
