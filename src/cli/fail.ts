// How a command ends when it cannot do what was asked.
import { describeProblem, ParameterError, ScenarioError, UsageError } from '../errors.ts'
import { clearProgress } from './progress.ts'

const SHOWN = 20

/** Writes the error for a person and sets the exit code: 2 bad scenario or usage, 130 interrupted, 1 otherwise. */
export function fail(error: unknown): void {
  clearProgress()
  if (error instanceof Error && error.name === 'AbortError') {
    process.stderr.write('stopped\n')
    process.exitCode ??= 130
    return
  }
  const usage = error instanceof ScenarioError || error instanceof UsageError || error instanceof ParameterError
  process.stderr.write(`${words(error)}\n`)
  process.exitCode = usage ? 2 : 1
}

/** A long list of problems is a sign of one: the first tell it. */
function words(error: unknown): string {
  if (!(error instanceof ScenarioError)) return error instanceof Error ? error.message : String(error)
  const lines = error.problems.slice(0, SHOWN).map(describeProblem)
  const more = error.problems.length - lines.length
  return [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n')
}
