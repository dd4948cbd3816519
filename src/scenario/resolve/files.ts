// Replaces references to files by their columns before the fields are read, so that each field reads the cells in its own notation and
// checks them against its own range.
import { isSpec } from '../../numerics/distributions/index.ts'
import { type Located, messageOf, pathText, shown, tryRead } from '../../errors.ts'
import { FileColumn } from '../../notation/column.ts'
import { TableColumn, rowCount, readAs } from '../../notation/table/columns.ts'
import { CsvError, type CsvTable, parseCsv } from '../../notation/table/csv.ts'
import { type Decimal, DECIMALS } from '../../notation/table/numbers.ts'
import { isFields } from '../../notation/fields.ts'
import { splitPer } from '../../notation/per.ts'
import { callOf, type FileReference, fileOf } from '../../notation/uncertain.ts'
import { LIMITS } from '../../limits.ts'

export interface Reader {
  read(path: string): Promise<Uint8Array>
}

export const noFiles: Reader = { read: () => Promise.reject(new Error('there is no file')) }

interface Filled {
  readonly data: unknown
  readonly problems: readonly Located[]
  readonly columns: ReadonlyMap<string, readonly FileColumn[]>
}

/** Only texts that start like this can refer to a file, except under the keys in `WORDS`. */
const CALL = /^\s*(empirical|mixture)\s*\(/
const WORDS = new Set(['title', 'name', 'seed'])

export async function fillFiles(data: unknown, tables: Tables): Promise<Filled> {
  const wanted: { path: readonly PropertyKey[]; reference: FileReference }[] = []
  replace(data, [], (path, reference) => {
    wanted.push({ path, reference })
    return undefined
  })
  const problems: Located[] = []
  const columns = new Map<string, FileColumn[]>()
  const known = new Map<string, FileColumn>()
  const taken: Taken[] = []
  for (const { path, reference } of wanted) {
    const key = JSON.stringify([reference.file, reference.column])
    try {
      const column = known.get(key) ?? columnOf(await tables.read(reference.file), reference, tables.decimal)
      known.set(key, column)
      taken.push({ path: pathText(path), column })
      columns.set(pathText(path), [...(columns.get(pathText(path)) ?? []), column])
    } catch (error) {
      if (!(error instanceof CsvError)) throw error
      problems.push({ path, message: `expected ${error.message}` })
    }
  }
  noteTaken(taken, tables)
  if (wanted.length === 0) return { data, problems, columns }
  const filled = replace(data, [], (_, { file, column }) => known.get(JSON.stringify([file, column])))
  return { data: filled, problems, columns }
}

interface Taken {
  readonly path: string
  readonly column: FileColumn
}

function noteTaken(taken: readonly Taken[], tables: Tables): void {
  for (const file of new Set(taken.map(({ column }) => column.file))) {
    const own = taken.filter(({ column }) => column.file === file)
    const read = Object.fromEntries(own.map(({ path, column }) => [path, column.name]))
    tables.note(file, readAs(read, rowCount(own[0].column.cells.length, 'row')))
  }
}

/** Reads each file once, even if a plan names it several times. */
export class Tables {
  readonly #reader: Reader
  readonly #read = new Map<string, Promise<CsvTable>>()
  /** The decimal sign of the files, if the plan states it. */
  readonly decimal: Decimal | undefined
  readonly #notes: string[] = []

  /** @param data the plan, which may state the decimal sign of its files */
  constructor(reader: Reader, data: unknown) {
    this.#reader = reader
    this.decimal = DECIMALS.find((sign) => isFields(data) && data.decimal === sign)
  }

  /** Which columns of the files were read, and how. */
  get notes(): readonly string[] {
    return this.#notes
  }

  /** Segments that read rows of one file in the same way have one note. */
  note(file: string, words: string): void {
    const note = `${file}: ${words}`
    if (!this.#notes.includes(note)) this.#notes.push(note)
  }

  /** @throws CsvError */
  read(file: string): Promise<CsvTable> {
    const reading = this.#read.get(file) ?? this.#bytes(file).then((bytes) => parseCsv(bytes, file, LIMITS.fileBytes))
    this.#read.set(file, reading)
    return reading
  }

  async #bytes(file: string): Promise<Uint8Array> {
    try {
      return await this.#reader.read(file)
    } catch (error) {
      throw new CsvError(`a readable CSV file, got ${shown(file)}: ${messageOf(error)}`)
    }
  }
}

function columnOf(table: CsvTable, { file, column }: FileReference, decimal: Decimal | undefined): FileColumn {
  const { header, rows } = table
  const place = header.indexOf(column)
  if (place < 0) {
    const names = header.slice(0, 8).map(shown).join(', ')
    throw new CsvError(`a column ${shown(column)} in line 1 of ${shown(file)}, got ${names}${header.length > 8 ? ' …' : ''}`)
  }
  if (rows.length === 0) throw new CsvError(`at least one row below the header of ${shown(file)}, got none`)
  const cells = new TableColumn(table, place, file, decimal).plain()
  const empty = cells.find(({ text }) => text === '')
  if (empty) throw new CsvError(`a value in line ${empty.line}, column ${shown(column)} of ${shown(file)}, got an empty cell`)
  return new FileColumn(file, column, cells)
}

type Find = (path: readonly PropertyKey[], reference: FileReference) => FileColumn | undefined

/** Copies the data with a column for every reference that `find` knows. Parts without references stay the same objects. */
function replace(node: unknown, path: readonly PropertyKey[], find: Find): unknown {
  const key = path[path.length - 1]
  if (typeof node === 'string') return CALL.test(node) && !WORDS.has(String(key)) ? replaceText(node, path, find) : node
  if (typeof node !== 'object' || node === null) return node
  // The field reports a malformed reference when it is read.
  const reference = isSpec(node) ? tryRead(() => fileOf(node)) : undefined
  if (reference) return filled(find(path, reference)) ?? node
  if (Array.isArray(node)) {
    const items = node.map((item, k) => replace(item, [...path, k], find))
    return items.some((item, k) => item !== node[k]) ? items : node
  }
  const entries = Object.entries(node).map(([name, item]) => [name, replace(item, [...path, name], find)] as const)
  return entries.some(([name, item]) => item !== (node as Record<string, unknown>)[name]) ? Object.fromEntries(entries) : node
}

function replaceText(text: string, path: readonly PropertyKey[], find: Find): unknown {
  const read = tryRead(() => {
    const { rest, per } = splitPer(text)
    const spec = typeof rest === 'string' ? callOf(rest) : undefined
    return spec && { spec, per }
  })
  if (!read) return text
  const { spec, per } = read
  // A reference inside a call has the path of the whole call.
  const changed = replace(spec, path, (_, reference) => find(path, reference))
  if (changed === spec) return text
  return per ? { value: changed, per } : changed
}

const filled = (column: FileColumn | undefined) => column && { distribution: 'empirical', values: column }
