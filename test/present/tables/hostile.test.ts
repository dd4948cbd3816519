// Control characters, marks and formulas in every text of a table, read back from each format.
import { tableFromIPC } from 'apache-arrow'
import fc from 'fast-check'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { expect, it } from 'vitest'
import { isVisible } from '../../../src/errors.ts'
import { dataset, numberColumn, textColumn } from '../../../src/present/tables/dataset.ts'
import { tableFile } from '../../../src/present/tables/table-file.ts'
import { HIDDEN } from '../../hidden.ts'
import { hostile } from '../../marks.ts'

const bytesOf = async (made: ReturnType<typeof dataset>, format: 'arrow' | 'parquet'): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  const { content } = tableFile(made, format)
  await content(async (part) => void parts.push(part.slice()))
  return Buffer.concat(parts)
}
const table = (text: string) =>
  dataset({
    name: 'trials',
    rows: 2,
    columns: [textColumn(`texts ${text}`, [text, 'plain']), numberColumn(`numbers ${text}`, Float64Array.of(1, 2), text)],
    origin: { scenario: text },
  })

it.each(['arrow', 'parquet'] as const)('a table in %s holds no text that a terminal or a page could act on', async (format) => {
  const property = fc.asyncProperty(hostile, async (text) => {
    const bytes = await bytesOf(table(text), format)
    const { names, cells, origin, unit } = format === 'arrow' ? fromArrow(bytes) : await fromParquet(bytes)
    for (const shown of [...names, ...cells, origin, unit]) expect([isVisible(shown), HIDDEN.test(shown)]).toEqual([true, false])
    // Both are JSON or shown, so nothing is lost.
    expect(JSON.parse(origin)).toMatchObject({ scenario: text })
    if (isVisible(text)) expect([names[0], cells[0], unit]).toEqual([`texts ${text}`, text, text])
  })
  await fc.assert(property, { numRuns: 100, seed: 20_270_101 })
})

function fromArrow(bytes: Uint8Array) {
  const read = tableFromIPC(bytes)
  const { fields, metadata } = read.schema
  return {
    names: fields.map(({ name }) => name),
    cells: Array.from(read.getChildAt(0) ?? [], String),
    origin: metadata.get('billcast') ?? '',
    unit: fields[1].metadata.get('unit') ?? '',
  }
}

async function fromParquet(bytes: Uint8Array) {
  const file = Uint8Array.from(bytes).buffer
  const { schema, key_value_metadata: pairs = [] } = parquetMetadata(file)
  const names = schema.slice(1).map(({ name }) => name)
  const rows = await parquetReadObjects({ file })
  const origin = pairs.find(({ key }) => key === 'billcast')?.value ?? ''
  const { units } = JSON.parse(origin) as { readonly units: Readonly<Record<string, string>> }
  return { names, cells: rows.map((row) => String(row[names[0]])), origin, unit: units[names[1]] }
}
