// Progress on standard error, if it is a terminal.
import { visible } from '../errors.ts'
import { toTerminal } from './streams.ts'

const WIDTH = 30
let drawn = false

const hidden = (quiet: boolean): boolean => quiet || !process.stderr.isTTY || process.env.TERM === 'dumb'

export function progressBar(quiet: boolean): ((done: number, total: number) => void) | undefined {
  if (hidden(quiet)) return undefined
  return (done, total) => {
    if (done >= total) return clearProgress()
    const filled = Math.round((WIDTH * done) / total)
    drawn = true
    toTerminal(`\r${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.floor((100 * done) / total)}%`)
  }
}

/** Shows one line in place of the previous one. */
export function progressLine(words: string, quiet: boolean): void {
  if (hidden(quiet)) return
  drawn = true
  const { columns = 80 } = process.stderr
  toTerminal(`\r\x1b[2K${visible(words).slice(0, columns - 1)}`)
}

/** Removes the bar or line, also if a run ends early. */
export function clearProgress(): void {
  if (drawn) toTerminal('\r\x1b[2K')
  drawn = false
}
