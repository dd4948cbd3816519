// Breaks long lines between words.

const lengthOf = (text: string): number => [...text].length

/** Breaks a line between words. Later lines stand below the start of its text. */
export function wrapped(line: string, columns: number): string[] {
  if (lengthOf(line) <= columns) return [line]
  const indent = /^ */.exec(line)?.[0] ?? ''
  const lines: string[] = []
  let current = ''
  for (const word of line.trim().split(/ +/)) {
    const next = current === '' ? `${indent}${word}` : `${current} ${word}`
    if (current !== '' && lengthOf(next) > columns) {
      lines.push(current)
      current = `${indent}${word}`
    } else current = next
  }
  return [...lines, current]
}
