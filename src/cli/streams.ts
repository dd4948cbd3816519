// Text for standard output and standard error. Writing never throws: a log on a full disk, or a reader that has left, must not end a
// night's batch. What could not be written changes the exit code only if the results went nowhere else.
import { jsonOf, visibleLines } from '../errors.ts'
import { wrapped } from '../notation/wrap.ts'
import { plainWords, systemCode } from '../platform/node/words.ts'

type Stream = 'stdout' | 'stderr'

/** Whether there was text for standard output. */
let printed = false
/** Why standard output takes no text. */
let lost: unknown
/** Whether the command has written its results into files. */
let kept = false

function write(stream: Stream, text: string): void {
  try {
    process[stream].write(text)
  } catch (error) {
    failed(stream, error)
  }
}

function failed(stream: Stream, error: unknown): void {
  // After the first error, a stream only reports that it is closed.
  if (stream === 'stdout') lost ??= error
}

export const toStdout = (text: string): void => fileToStdout(visibleLines(text))
export const toStderr = (text: string): void => write('stderr', terminalLines(visibleLines(text)).join('\n'))
/** A line for machines, which stays whole on a terminal too. */
export const jsonToStderr = (value: object): void => write('stderr', `${visibleLines(jsonOf(value))}\n`)

/** The lines of a text. A terminal would break long ones inside of words. */
export function terminalLines(text: string, { isTTY, columns }: NodeJS.WriteStream = process.stderr): string[] {
  const lines = text.split('\n')
  return isTTY && columns > 0 ? lines.flatMap((line) => wrapped(line, columns)) : lines
}

/** Prints the contents of a file, whose format decides what its text may hold. */
export function fileToStdout(contents: string): void {
  printed = true
  write('stdout', contents)
}

/** Moves the cursor of a terminal on standard error. */
export const toTerminal = (codes: string): void => write('stderr', codes)

/** Notes that the results are in files, so that standard output only repeats them. */
export function resultsAreKept(): void {
  kept = true
}

/** Listens for the errors that streams report later. For the process of the command, not for a program that calls it. */
export function watchStreams(): void {
  for (const stream of ['stdout', 'stderr'] as const) process[stream].on('error', (error) => failed(stream, error))
}

/**
 * Waits until standard output has taken everything, and sets the exit code to 1 if the results are lost. A reader that has left (EPIPE)
 * wanted no more. A code that the command has set stays.
 */
export async function finishStreams(): Promise<void> {
  if (!printed) return
  await new Promise<void>((resolve) => {
    try {
      process.stdout.write('', () => resolve())
    } catch {
      resolve()
    }
  })
  // Errors arrive one turn after the write.
  await new Promise((resolve) => setImmediate(resolve))
  if (lost === undefined || systemCode(lost) === 'EPIPE' || kept) return
  toStderr(
    `The results could not be printed: ${plainWords(lost)}. Print them to another place, or write them with --out if the command has it.\n`,
  )
  process.exitCode ||= 1
}
