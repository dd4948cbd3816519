// Compares what a page shows of a command's output with what the command prints. A page may leave out lines, columns and errors.

/** Lines of a block that stand for left-out ones. */
const GAP = '…'

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Cells stand apart by two spaces or more, and a figure may be followed by its error. */
function patternOf(line: string): RegExp {
  const cells = line.trim().split(/ {2,}/)
  // A figure must not be the beginning or the end of a longer one.
  return new RegExp(cells.map((cell) => `(?<![^\\s(])${escaped(cell).replaceAll(' ', ' +')}(?![^\\s),.:])(?!\\.\\d)`).join('.*'))
}

/** The lines that the output does not have in this order. */
export function missingLines(shown: string, output: string): string[] {
  const printed = output.split('\n')
  let next = 0
  return shown.split('\n').filter((line) => {
    if (line.trim() === '' || line.trim() === GAP) return false
    const pattern = patternOf(line)
    const found = printed.findIndex((own, k) => k >= next && pattern.test(own))
    if (found >= 0) next = found + 1
    return found < 0
  })
}

/** A program or a file in another language than those of the commands. */
const CODE = /^(select |pandas\.|import |const |quantile\(|- name:|deno )/

export const isPrinted = (text: string): boolean => !CODE.test(text)
