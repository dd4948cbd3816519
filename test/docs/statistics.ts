// The tables of docs/results.md that are made from the list of statistics.
import { COST_STATISTICS, STATISTICS } from '../../src/summary/list.ts'

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(row).join('\n')

const documented = (keys: ReadonlySet<string>) =>
  STATISTICS.filter(({ key }) => keys.has(key)).map(({ documentation: { where, meaning, error } }) => [where, meaning, error])

const inCosts = new Set(COST_STATISTICS.map(({ key }) => key))
const others = new Set(STATISTICS.map(({ key }) => key).filter((key) => !inCosts.has(key)))

export const blocks: Readonly<Record<string, string>> = {
  'statistics of a cost': table(['key', 'meaning', 'its standard error'], documented(inCosts)),
  'other statistics': table(['where', 'meaning', 'its standard error'], documented(others)),
  'names of statistics': table(
    ['name', 'may be minimized'],
    STATISTICS.flatMap(({ asked }) => (asked ? [[`\`${asked.written}\``, asked.minimized ? 'yes' : 'no, only required']] : [])),
  ),
}

const between = (name: string): RegExp =>
  new RegExp(`(<!-- made from src/summary/statistics: ${name} -->\\n)[\\s\\S]*?(\\n<!-- end -->)`)

export const written = (page: string): string =>
  Object.entries(blocks).reduce(
    (text, [name, block]) => text.replace(between(name), (_, head, end) => `${head}\n${block}\n${end}`),
    page,
  )

export const missing = (page: string): string[] => Object.keys(blocks).filter((name) => !between(name).test(page))
