// The results of the last run of the long test of standard errors, from which docs/precision.md has its table.
import { readFileSync, writeFileSync } from 'node:fs'
import type { Row } from './judge.ts'

export interface ResultsFile {
  /** Cases that ran, of how many. */
  readonly cases: number
  readonly of: number
  /** Cases by the number of their seeds. */
  readonly seeds: Readonly<Record<string, number>>
  readonly all: Row
  readonly kinds: readonly Row[]
  readonly apart: readonly Row[]
  readonly integrated: { readonly judged: number; readonly of: number }
  /** Figures without a truth that is precise enough. */
  readonly left: number
}

const FILE = 'test/long/honest/results.json'

export const readResults = (): ResultsFile => JSON.parse(readFileSync(FILE, 'utf8')) as ResultsFile

export const writeResults = (results: ResultsFile): void => writeFileSync(FILE, `${JSON.stringify(results, null, 1)}\n`)
