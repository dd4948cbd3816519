// Progress on standard error, if it is a terminal: what is being done, a bar, and the time left.
import { visible } from '../errors.ts'
import { toTerminal } from './streams.ts'

const WIDTH = 20
/** A time left is a guess from the pace so far, which needs this many milliseconds. */
const LEAST_ELAPSED = 1_000
let drawn = false

const hidden = (quiet: boolean): boolean => quiet || !process.stderr.isTTY || process.env.TERM === 'dumb'

/** "8 s left" or "3 min left", from the pace so far. Nothing while that says little. */
export function timeLeft(done: number, total: number, elapsed: number): string {
  if (elapsed < LEAST_ELAPSED || done <= 0 || done >= total) return ''
  const seconds = Math.ceil((elapsed * (total - done)) / done / 1_000)
  return `${seconds < 100 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} left`
}

/** The line of a bar, at most as wide as the terminal. @param elapsed milliseconds since the work began */
export function progressText(label: string, done: number, total: number, elapsed: number, columns: number): string {
  const filled = Math.round((WIDTH * done) / total)
  const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`
  const share = `${Math.floor((100 * done) / total)}%`.padStart(4)
  const left = timeLeft(done, total, elapsed)
  return (
    [`${label} ${bar} ${share}${left && `, ${left}`}`, `${label} ${share}`, share.trim()].find((text) => text.length < columns) ??
    ''
  )
}

/** @param label what is being done, such as "Simulating" */
export function progressBar(label: string, quiet: boolean): ((done: number, total: number) => void) | undefined {
  if (hidden(quiet)) return undefined
  let started = performance.now()
  let before = 0
  return (done, total) => {
    if (done >= total) {
      before = 0
      return clearProgress()
    }
    // A question of several runs reports each of them from its start.
    if (done < before) started = performance.now()
    before = done
    showLine(progressText(label, done, total, performance.now() - started, columnsOf()))
  }
}

/** Shows one line in place of the previous one. */
export function progressLine(words: string, quiet: boolean): void {
  if (!hidden(quiet)) showLine(visible(words).slice(0, columnsOf() - 1))
}

const columnsOf = (): number => (process.stderr.columns > 0 ? process.stderr.columns : 80)

function showLine(text: string): void {
  drawn = true
  toTerminal(`\r\x1b[2K${text}`)
}

/** Removes the bar or line, also if a run ends early. */
export function clearProgress(): void {
  if (drawn) toTerminal('\r\x1b[2K')
  drawn = false
}
