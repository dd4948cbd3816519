// A result takes from its program how to make tables and hashes, and a place for its files.
import type { Table } from 'apache-arrow'
import { shown, UsageError } from '../errors.ts'
import { MODEST } from '../limits.ts'
import { formatNumber } from '../notation/number.ts'
import { nextTurn } from '../pace.ts'
import { checkOptions } from '../options/check.ts'
import { reportFormat, type SaveAnswerOptions, type SaveOptions, saving, type TableName, tableName } from '../options/saving.ts'
import type { Dataset } from '../present/tables/dataset.ts'
import type { Trials } from '../questions/trials.ts'
import type { SavedAnswer } from './answers.ts'
import type { AnswerKind } from './noted.ts'
import type { Signs } from './output.ts'
import type { Finished } from './run.ts'

type MakeTable = (dataset: Dataset) => Table

/** Methods of a result that make files. */
export type FileMethod = 'report' | 'toArrow' | 'toCSV' | 'toParquet' | 'toXLSX'

/** A call of a result's method as data. */
export interface ResultCall {
  readonly name: string
  readonly given: readonly unknown[]
}

/** An answer that another thread gave. */
export interface ElsewhereAnswer {
  readonly found: unknown
}

/** What the program of a result does for it. */
export interface ResultHome extends Signs {
  /** Writes the files of a run into a folder. */
  save(finished: Finished, folder: string, options: SaveOptions, seconds: number): Promise<void>
  /** Writes the files of an answer into a folder. */
  saveAnswer(folder: string, kind: AnswerKind, answer: () => Promise<SavedAnswer>, options: SaveAnswerOptions): Promise<void>
  /** Answers a call on another thread, as `sentAnswerOf` does there. Undefined if the caller's thread has to. */
  readonly elsewhere?: (finished: Finished, call: ResultCall) => Promise<ElsewhereAnswer | undefined>
  /** Free memory in bytes, where it is known. */
  readonly free?: () => number
}

/** What a result is made with, besides its run. */
export interface Made {
  /** Makes Arrow tables, with a library that is loaded during the run. */
  readonly table: MakeTable
  readonly home: ResultHome
  /** The time that the run took. */
  readonly seconds: number
}

/**
 * Refuses to draw the inputs of every trial where that takes too much memory: once as drawn, and once in the table.
 * @throws UsageError
 */
export function checkRoom(trials: Trials, { free = () => Number.POSITIVE_INFINITY }: Pick<ResultHome, 'free'>): void {
  const inputs = trials.drivers().length
  const need = 16 * (inputs + 1) * trials.outcome.plan.trials
  const most = Math.max(MODEST, free() / 2)
  if (need <= most) return
  const mib = (bytes: number) => `${formatNumber(Math.ceil(bytes / 2 ** 20))} MiB`
  throw new UsageError(
    `inputs: all trials of ${inputs} inputs need about ${mib(need)} of memory, more than the limit of ${mib(most)} (half of the free memory). Leave out \`all\`, or run fewer trials`,
  )
}

/** @throws UsageError for anything but the name of a folder */
export function checkNamed(folder: string): void {
  if (typeof folder !== 'string' || folder === '')
    throw new UsageError(`save: expected the name of a folder, such as 'results', got ${shown(folder)}`)
}

/** @throws UsageError for the folder and the options */
export async function saveInto(folder: string, finished: Finished, { home, seconds }: Made, options: SaveOptions): Promise<void> {
  checkOptions(options, saving)
  checkNamed(folder)
  await home.save(finished, folder, options, seconds)
}

/** Makes a file on another thread, where there is one. */
async function apart<T>(
  name: FileMethod,
  given: readonly unknown[],
  finished: Finished,
  { home }: Made,
  here: () => Promise<T>,
): Promise<T> {
  const answer = await home.elsewhere?.(finished, { name, given })
  return answer ? (answer.found as T) : here()
}

const FILE_METHODS = { arrow: 'toArrow', csv: 'toCSV', parquet: 'toParquet' } as const

/** A table as the bytes of a file. @throws UsageError for an unknown table */
export async function tableFileOf(
  table: TableName,
  format: keyof typeof FILE_METHODS,
  finished: Finished,
  made: Made,
): Promise<Uint8Array> {
  if (!tableName.accepts(table)) throw new UsageError(`table: expected ${tableName.expected}, got ${shown(table)}`)
  return apart(FILE_METHODS[format], [table], finished, made, async () =>
    (await import('./output.ts')).tableBytes(finished, table, format, made.home),
  )
}

/** Bytes that are decoded at once, in a few milliseconds. */
const PIECE = 4 << 20

/** A table as CSV text. Long texts are decoded in pieces, between which a page works. @throws UsageError for an unknown table */
export async function csvOf(table: TableName, finished: Finished, made: Made): Promise<string> {
  const bytes = await tableFileOf(table, 'csv', finished, made)
  const decoder = new TextDecoder()
  let text = ''
  for (let from = 0; from < bytes.length; from += PIECE) {
    if (from > 0) await nextTurn()
    text += decoder.decode(bytes.subarray(from, from + PIECE), { stream: true })
  }
  return text + decoder.decode()
}

export const workbookIn = (finished: Finished, made: Made): Promise<Uint8Array> =>
  apart('toXLSX', [], finished, made, async () => (await import('./output.ts')).workbookBytes(finished, made.home))

/** @throws UsageError for an unknown format */
export async function reportIn(format: 'html' | 'md', finished: Finished, made: Made): Promise<string> {
  if (!reportFormat.accepts(format)) throw new UsageError(`report: expected ${reportFormat.expected}, got ${shown(format)}`)
  const data = async () => (await import('./output.ts')).reportDataOf(finished, made.home, format === 'html')
  if (format === 'html') return (await import('../present/report/page.ts')).reportHtml(await data())
  return apart('report', [format], finished, made, async () =>
    (await import('../present/report/markdown.ts')).reportMarkdown(await data()),
  )
}
