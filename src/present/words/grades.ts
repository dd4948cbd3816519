// The grades of a verdict in words, from the least clear to the clearest.
import type { Grade } from '../../summary/summary.ts'

export const GRADE_WORDS: Readonly<Record<Grade, string>> = { 'toss-up': 'Toss-up', leaning: 'Leaning', clear: 'Clear' }

export const GRADES = Object.keys(GRADE_WORDS) as readonly Grade[]
