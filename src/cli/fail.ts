// How a command ends after an error.
import { ParameterError, ScenarioError, UsageError } from '../errors.ts'
import type { OptionGroup } from '../options/option.ts'
import { errorWords } from '../platform/node/words.ts'
import { clearProgress } from './progress.ts'
import { HUNG_UP } from './watched.ts'
import { toStderr } from './streams.ts'

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
  toStderr(`${errorWords(error)}\n`)
  process.exitCode = usage ? 2 : 1
}
