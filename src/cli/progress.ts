// A progress bar on standard error, on a terminal only.

const WIDTH = 30

export function progressBar(quiet: boolean): ((done: number, total: number) => void) | undefined {
  if (quiet || !process.stderr.isTTY) return undefined
  return (done, total) => {
    const filled = Math.round((WIDTH * done) / total)
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
    process.stderr.write(done >= total ? '\r\x1b[2K' : `\r${bar} ${Math.floor((100 * done) / total)} %`)
  }
}
