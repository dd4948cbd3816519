// A progress bar on standard error, on a terminal only.

const WIDTH = 30
let drawn = false

export function progressBar(quiet: boolean): ((done: number, total: number) => void) | undefined {
  if (quiet || !process.stderr.isTTY || process.env.TERM === 'dumb') return undefined
  return (done, total) => {
    if (done >= total) return clearProgress()
    const filled = Math.round((WIDTH * done) / total)
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
    drawn = true
    process.stderr.write(`\r${bar} ${Math.floor((100 * done) / total)} %`)
  }
}

/** One line that replaces the one before it, on a terminal only. */
export function progressLine(words: string, quiet: boolean): void {
  if (quiet || !process.stderr.isTTY || process.env.TERM === 'dumb') return
  drawn = true
  const { columns = 80 } = process.stderr
  process.stderr.write(`\r\x1b[2K${words.slice(0, columns - 1)}`)
}

/** Leaves the line as if there had been no bar, also where a run ends early. */
export function clearProgress(): void {
  if (drawn) process.stderr.write('\r\x1b[2K')
  drawn = false
}
