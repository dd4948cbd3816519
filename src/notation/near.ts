// What someone may have meant by a word that is not known.

/** The known word that is a slip of the pen away. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const slips = Math.max(1, Math.floor(word.length / 3))
  const found = known
    .filter((candidate) => candidate !== word)
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase().slice(0, 40), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0]
  return found && found.distance <= slips ? found.candidate : undefined
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]
}
