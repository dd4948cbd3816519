// Disputed units as a file. There may be hundreds of thousands.
import type { Dispute } from '../../invoice/audit/disputes.ts'
import { csvCell } from '../../notation/csv-cell.ts'
import type { Content } from '../files/write.ts'
import { dataset, numberColumn, textColumn } from './dataset.ts'
import { tableFile } from './table-file.ts'

/** Collects disputes for a file. */
export interface DisputeFile {
  add(dispute: Dispute): void
  readonly content: Content
}

const CHUNK = 1 << 16

/** Keeps the rows as encoded bytes, which take a tenth of the memory of objects. */
export function csvDisputes(): DisputeFile {
  const encoder = new TextEncoder()
  const chunks: Uint8Array[] = []
  let rows = 'id,time,rule,amount\n'
  return {
    add({ id, time, rule, amount }) {
      rows += `${csvCell(id)},${time},${rule},${Number(amount.toFixed(6))}\n`
      if (rows.length < CHUNK) return
      chunks.push(encoder.encode(rows))
      rows = ''
    },
    content: async (sink) => {
      for (const chunk of chunks) await sink(chunk)
      await sink(encoder.encode(rows))
    },
  }
}

export function tableDisputes(format: 'parquet' | 'arrow'): DisputeFile {
  const found: Dispute[] = []
  return {
    add: (dispute) => void found.push(dispute),
    content: (sink) => {
      const columns = [
        ...(['id', 'time', 'rule'] as const).map((name) =>
          textColumn(
            name,
            found.map((dispute) => dispute[name]),
          ),
        ),
        numberColumn(
          'amount',
          Float64Array.from(found, ({ amount }) => amount),
        ),
      ]
      const made = dataset({ name: 'disputes', rows: found.length, columns, origin: { audit: 'disputes' } })
      return tableFile(made, format).content(sink)
    },
  }
}
