// The errors that people see, as data. A copy between threads would lose their classes.
import { ParameterError, type Problem, ScenarioError, UsageError } from '../errors.ts'

export type ErrorData =
  | { readonly kind: 'scenario'; readonly problems: readonly Problem[] }
  | { readonly kind: 'usage'; readonly message: string }
  | { readonly kind: 'parameter'; readonly parameter: string; readonly expected: string; readonly value: unknown }

/** Undefined for other errors, which are copied as they are. */
export function dataOf(error: unknown): ErrorData | undefined {
  if (error instanceof ScenarioError) return { kind: 'scenario', problems: error.problems }
  if (error instanceof UsageError) return { kind: 'usage', message: error.message }
  if (error instanceof ParameterError) {
    const { parameter, expected, value } = error
    return { kind: 'parameter', parameter, expected, value }
  }
  return undefined
}

export function errorOf(data: ErrorData): Error {
  switch (data.kind) {
    case 'scenario':
      return new ScenarioError(data.problems)
    case 'usage':
      return new UsageError(data.message)
    case 'parameter':
      return new ParameterError(data.parameter, data.expected, data.value)
  }
}
