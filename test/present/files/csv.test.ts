// Tables as CSV: numbers to the last bit, and texts that no spreadsheet runs.
import { expect, it } from 'vitest'
import { writeCsv } from '../../../src/present/tables/csv.ts'
import { indexColumn, numberColumn, textColumn } from '../../../src/present/tables/dataset.ts'

async function written(texts: readonly string[], numbers: readonly number[]): Promise<string> {
  let text = ''
  const columns = [indexColumn('trial'), textColumn('title', texts), numberColumn('cost', Float64Array.from(numbers))]
  await writeCsv({ name: 'any', rows: texts.length, columns, origin: {} }, async (bytes) => {
    text += new TextDecoder().decode(bytes)
  })
  return text
}

it('a cell that would run as a formula is text, and quotes keep everything that could separate cells', async () => {
  const texts = ['=1+1', '+1', ' -1', '＠SUM(A1)', '\tx', 'plain', 'a "b", c', 'two\nlines', 'a;=1+1', 'a|=1+1']
  expect(await written(texts, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).toBe(
    `trial,title,cost\n0,'=1+1,0\n1,'+1,1\n2,' -1,2\n3,'＠SUM(A1),3\n4,\\x09x,4\n5,plain,5\n6,"a ""b"", c",6\n7,two\\x0alines,7\n8,"a;=1+1",8\n9,"a|=1+1",9\n`,
  )
})

it('reading a number gives the same double', async () => {
  const numbers = [0.1 + 0.2, 1 / 3, -1e-300, 123_456_789.123_456_78, 2 ** 52 + 1]
  const lines = (
    await written(
      numbers.map(String).map(() => 'x'),
      numbers,
    )
  )
    .trimEnd()
    .split('\n')
    .slice(1)
  expect(lines.map((line) => Number(line.split(',')[2]))).toEqual(numbers)
})

it('an empty table is its head', async () => {
  expect(await written([], [])).toBe('trial,title,cost\n')
})
