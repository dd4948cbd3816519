// Breaks long lines between words.

const lengthOf = (text: string): number => [...text].length

/** Where the path of a field may be broken: behind a dot or a space. */
export const PATH_BREAKS = /(?<=\.)(?=[^\d\s])|(?<= )/

/** Breaks a line between words. Later lines stand below the start of its text. */
export const wrapped = (line: string, columns: number): string[] => brokenAt(line, columns, /(?<= )(?! )/)

/** The same, also behind the dots of a path. */
export const wrappedPath = (line: string, columns: number): string[] => brokenAt(line, columns, PATH_BREAKS)

function brokenAt(line: string, columns: number, breaks: RegExp): string[] {
  if (lengthOf(line) <= columns) return [line]
  const indent = /^ */.exec(line)?.[0] ?? ''
  const lines: string[] = []
  let current = ''
  for (const piece of line.trim().split(breaks)) {
    const next = current === '' ? `${indent}${piece}` : `${current}${piece}`
    if (current !== '' && lengthOf(next.trimEnd()) > columns) {
      lines.push(current.trimEnd())
      current = `${indent}${piece}`
    } else current = next
  }
  return [...lines, current.trimEnd()]
}
