// What a result needs of the program that it is in: tables, hashes and a place for its files.
import type { Table } from 'apache-arrow'
import type { SaveOptions } from '../options/saving.ts'
import type { Dataset } from '../present/tables/dataset.ts'
import type { Signs } from './output.ts'
import type { Finished } from './run.ts'

type MakeTable = (dataset: Dataset) => Table

/** What a result needs of the program that it is in. */
export interface ResultHome extends Signs {
  /** Writes the files of a run into a folder. */
  save(finished: Finished, folder: string, options: SaveOptions, seconds: number): Promise<void>
}

/** What a result is made with, besides its run. */
export interface Made {
  /** Makes Arrow tables, with a library that is loaded during the run. */
  readonly table: MakeTable
  readonly home: ResultHome
  /** The time that the run took. */
  readonly seconds: number
}
