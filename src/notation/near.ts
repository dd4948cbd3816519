// Suggestions for misspelled words.

/** Returns the known word that is closest, if it differs by at most a third of the letters. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const slips = Math.max(1, Math.floor(word.length / 3))
  const found = known
    .filter((candidate) => candidate !== word)
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase().slice(0, 40), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0]
  return found && found.distance <= slips ? found.candidate : undefined
}

/** What an error adds to the list of known words: " (did you mean fin?)", or nothing if no word is close. */
export function meantWords(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  return near === undefined ? '' : ` (did you mean ${near}?)`
}

/** Insertions, deletions, substitutions and swaps of neighbors each count as one (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1)
    }
    rows.push(row)
  }
  return rows[a.length][b.length]
}
