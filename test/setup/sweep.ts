// A sweep in this thread, as the table that the library returns.
import type { Table } from 'apache-arrow'
import { sweepRows, sweepTable, type Vary } from '../../src/questions/negotiate/sweep.ts'
import type { DecisionOptions } from '../../src/options/questions.ts'
import type { Reader } from '../../src/scenario/resolve/resolve.ts'

export const sweep = async (input: string | object, vary: Vary, reader: Reader, options: DecisionOptions = {}): Promise<Table> =>
  sweepTable(await sweepRows(input, vary, reader, options))
