// How a command ends when it cannot do what was asked.
import { ParameterError, ScenarioError, UsageError } from '../errors.ts'
import { clearProgress } from './progress.ts'

/** Writes the error for a person and sets the exit code: 2 bad scenario or usage, 130 interrupted, 1 otherwise. */
export function fail(error: unknown): void {
  clearProgress()
  if (error instanceof Error && error.name === 'AbortError') {
    process.stderr.write('stopped\n')
    process.exitCode ??= 130
    return
  }
  const usage = error instanceof ScenarioError || error instanceof UsageError || error instanceof ParameterError
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = usage ? 2 : 1
}
