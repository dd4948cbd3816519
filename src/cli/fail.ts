// How a command ends after an error.
import { describeProblem, ParameterError, ScenarioError, UsageError, visible } from '../errors.ts'
import type { OptionGroup } from '../options/option.ts'
import { withWayOut } from '../platform/node/words.ts'
import { clearProgress } from './progress.ts'
import { HUNG_UP } from './watched.ts'
import { toStderr } from './streams.ts'

const SHOWN = 20

/**
 * Prints the error and sets the exit code: 2 for a scenario or usage error, 130 if interrupted, else 1.
 * @param options those of the command, which may have a way out
 */
export function fail(error: unknown, options: OptionGroup = {}): void {
  clearProgress()
  if (error instanceof Error && error.name === 'AbortError') {
    process.exitCode ??= 130
    toStderr(
      process.exitCode === HUNG_UP
        ? `Stopped, because the terminal was closed.${Object.hasOwn(options, 'ignoreHangup') ? ' Add --ignore-hangup to keep running, also under nohup.' : ''}\n`
        : 'Stopped.\n',
    )
    return
  }
  const usage = error instanceof ScenarioError || error instanceof UsageError || error instanceof ParameterError
  toStderr(`${words(error)}\n`)
  process.exitCode = usage ? 2 : 1
}

/** A long list of problems usually has one cause, so the first ones are enough. */
function words(error: unknown): string {
  if (!(error instanceof ScenarioError)) return visible(withWayOut(error))
  const lines = error.problems.slice(0, SHOWN).map(describeProblem)
  const more = error.problems.length - lines.length
  return [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n')
}
