// The range of a drawn field: draws outside it have at most 1e-6 of the mass by now, and are clamped.

export function rangeOf(name: string): readonly [number, number] {
  if (/(\.rate|\.ceiling|\.involvement(\[\d+\]\.value)?|\.resolved|\.unresolved|\.reopened)$/.test(name)) return [0, 1]
  if (/(\.offset)$/.test(name)) return [-1, 1]
  if (/(\.growth|\.improvement|\.renewal\.change)$/.test(name)) return [-1, Infinity]
  return [0, Infinity]
}
