// Checks a file against the columns of FOCUS 1.2 (focus-1.2.json).
import { readFileSync } from 'node:fs'

interface Column {
  readonly name: string
  readonly level: 'Mandatory' | 'Conditional' | 'Recommended'
  readonly type: 'String' | 'Decimal' | 'Date/Time' | 'JSON'
  readonly nulls: boolean
  readonly requiredFor?: readonly string[]
  readonly nullFor?: readonly string[]
  readonly nullWith?: string
  readonly least?: number
  readonly values?: readonly string[] | Readonly<Record<string, readonly string[]>>
}

export const focusColumns = (
  JSON.parse(readFileSync('test/reference/focus-1.2.json', 'utf8')) as { readonly columns: readonly Column[] }
).columns

type Row = Readonly<Record<string, string>>

/** The cells of CSV text whose texts have no line breaks. */
export function focusRowsOf(csv: string): Row[] {
  const [head, ...lines] = csv
    .trimEnd()
    .split('\n')
    .map((line) => [...line.matchAll(/("((?:[^"]|"")*)"|[^,]*)(?:,|$)/g)].map(([, whole, quoted]) => (quoted ?? whole).replaceAll('""', '"')))
  return lines.map((cells) => Object.fromEntries(head.map((name, k) => [name, cells[k] ?? ''])))
}

const listed = ({ values }: Column): readonly string[] | undefined =>
  values === undefined || Array.isArray(values) ? (values as readonly string[] | undefined) : Object.values(values).flat()

function cellFault(column: Column, row: Row): string | undefined {
  const { name, type, nulls, requiredFor, nullFor, nullWith, least } = column
  const cell = row[name]
  const category = row.ChargeCategory
  if (cell === '') {
    if (!nulls) return 'is null'
    if (requiredFor?.includes(category)) return `is null for ${category}`
    return nullWith !== undefined && row[nullWith] !== '' ? `is null, and ${nullWith} is not` : undefined
  }
  if (nullFor?.includes(category)) return `is ${cell} for ${category}`
  if (nullWith !== undefined && row[nullWith] === '') return `is ${cell}, and ${nullWith} is null`
  if (type === 'Decimal' && !/^-?\d+(\.\d+)?(e-?\d+)?$/.test(cell)) return `is no decimal: ${cell}`
  if (type === 'Date/Time' && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(cell)) return `is no instant: ${cell}`
  if (least !== undefined && Number(cell) < least) return `is below ${least}: ${cell}`
  if (listed(column)?.includes(cell) === false) return `is no allowed value: ${cell}`
  return undefined
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

function rowFaults(row: Row, has: (name: string) => boolean): string[] {
  const number = (name: string) => Number(row[name])
  const found: string[] = []
  const costs = [['ContractedCost', 'ContractedUnitPrice'], ['ListCost', 'ListUnitPrice']] as const
  for (const [cost, price] of costs) {
    if (has(price) && row[price] !== '') {
      if (row.PricingQuantity !== '' && !close(number(price) * number('PricingQuantity'), number(cost))) found.push(`${cost} is not ${price} times PricingQuantity`)
    } else if (row.ChargeCategory !== 'Tax' && number(cost) !== number('BilledCost')) found.push(`${cost} is not BilledCost, without a price`)
  }
  if (row.ChargeCategory === 'Purchase' && row.ChargeFrequency === 'Usage-Based') found.push('a purchase is Usage-Based')
  if (row.ChargeCategory === 'Credit' && row.EffectiveCost !== row.BilledCost) found.push('EffectiveCost of a credit is not BilledCost')
  if (!(row.BillingPeriodStart < row.BillingPeriodEnd && row.ChargePeriodStart < row.ChargePeriodEnd)) found.push('a period is empty')
  if (!/^[A-Z]{3}$/.test(row.BillingCurrency)) found.push('BillingCurrency is no code')
  return found
}

/** What is wrong with a file, in words. */
export function focusFaults(csv: string): string[] {
  const names = csv.slice(0, csv.indexOf('\n')).split(',')
  const has = (name: string) => names.includes(name)
  const known = new Set(focusColumns.map(({ name }) => name))
  const rows = focusRowsOf(csv)
  return [
    ...focusColumns.filter(({ name, level }) => level === 'Mandatory' && !has(name)).map(({ name }) => `${name} is missing`),
    ...names.filter((name) => !known.has(name) && !name.startsWith('x_')).map((name) => `${name} is no column of FOCUS`),
    ...names.filter((name, k) => known.has(name) && names.slice(0, k).some((other) => other.startsWith('x_'))).map((name) => `${name} stands after own columns`),
    ...rows.flatMap((row, k) => [
      ...focusColumns.flatMap((column) => {
        const fault = has(column.name) ? cellFault(column, row) : undefined
        return fault === undefined ? [] : [`row ${k + 1}: ${column.name} ${fault}`]
      }),
      ...rowFaults(row, has).map((fault) => `row ${k + 1}: ${fault}`),
    ]),
  ]
}
