// Texts and tables made to exhaust who reads them, through the command: one line soon, and the exit code of a bad input. The usual sizes are
// read as always.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { childCpu } from '../cpu.ts'

const folder = mkdtempSync(join(tmpdir(), 'billcast-hostile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Seconds of CPU, Node's start included, and MiB that reading a file may take. */
const [SECONDS, MEMORY] = [2, 300]

function ran(args: readonly string[]) {
  const { env, used, peak } = childCpu(join(folder, 'cpu'))
  const { status, stderr } = spawnSync(process.execPath, ['dist/cli/billcast.js', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 120_000,
    maxBuffer: 1 << 28,
  })
  return { status, stderr, used: used(), peak: peak() }
}

/** The same work takes more CPU time while other processes share the core and its caches, so the quickest of three counts. */
function quickest(args: readonly string[]): ReturnType<typeof ran> {
  let best = ran(args)
  for (let again = 0; again < 2 && best.used >= SECONDS; again++) {
    const next = ran(args)
    if (next.used < best.used) best = next
  }
  return best
}

function refused(args: readonly string[]): void {
  const { status, stderr, used, peak } = quickest(args)
  expect([status, stderr.length < 10_000]).toEqual([2, true])
  expect(stderr).not.toMatch(/^\s+at .*\.js:\d+/m)
  expect(stderr).not.toContain('root:')
  expect(used).toBeLessThan(SECONDS)
  expect(peak).toBeLessThan(MEMORY)
}

const written = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const MOST = (1 << 20) - 512
const filled = (sign: string, length = MOST) => sign.repeat(Math.floor(length / sign.length))
const counted = (count: number, line: (k: number) => string, between: string) =>
  Array.from({ length: count }, (_, k) => line(k)).join(between)
const laughs = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x]',
  ...Array.from({ length: 9 }, (_, k) => `a${k + 1}: &a${k + 1} [${new Array(9).fill(`*a${k}`).join(', ')}]`),
].join('\n')
const offer = 'offers: { a: { charges: [{ meter: conversations, price: 1 }] } }\n'
const quoted = (price: string) =>
  `conversations: { base: 1000 }\noffers: { a: { charges: [{ meter: conversations, price: "${price}" }] } }\n`

describe('a scenario of 1 MiB', () => {
  it.each([
    ...['[', '{"a":', '- ', '{a: ', '? ', '[a,', '{[', ': ', '-\n', ':\n'].map((sign) => [
      `${JSON.stringify(sign)} without end`,
      filled(sign),
    ]),
    ...[
      '"',
      '&a ',
      '*a ',
      '!!a ',
      '|',
      '|\n',
      'a: b\n',
      '---\n',
      '...\n',
      '%a\n',
      '#\n',
      ' ',
      '\n',
      '\r\n',
      '\t',
      '[]',
      '`\n',
      '- |\n x\n',
    ].map((sign) => [`${JSON.stringify(sign)} again and again`, filled(sign)]),
    ...['1,', ',', '{},', 'a: 1,', '&a 1,', '*z,', '? a,', '.inf,'].map((sign) => [`a list of ${sign}`, `a: [${filled(sign)}]`]),
    ['aliases of aliases', laughs],
    ['aliases of themselves', 'name: &a [*a, *a]'],
    ['aliases in a list', `a: &a 1\nb: [${filled('*a,')}]`],
    ['merge keys', `a: &a { x: 1 }\n${filled('<<: *a\n')}`],
    ['anchors and aliases', `[${counted(50_000, (k) => `&a${k} 1,*a${k}`, ',')}]`],
    ['keys', counted(75_000, (k) => `k${k}: 1`, '\n')],
    ['keys in brackets', `{${counted(75_000, (k) => `k${k}: 1`, ',')}}`],
    ['keys without values', counted(100_000, (k) => `k${k}:`, '\n')],
    ['infinite values', counted(45_000, (k) => `k${k}: .inf`, '\n')],
    ['offers', `offers:\n${counted(45_000, (k) => ` a${k}: 1`, '\n')}`],
    ['one name', 'a'.repeat(MOST)],
    ['one text', `"${filled('\\n')}"`],
    ['one anchor', `&${'a'.repeat(MOST)} 1`],
    ['one key', `${'a'.repeat(MOST)}: 1`],
    ['one block', `a: >\n${filled(' x\n')}`],
    ['more than 1 MiB', `name: ${'x'.repeat(1 << 20)}`],
    ['a price of digits', quoted('1'.repeat(MOST))],
    ['a price of calls', quoted(filled('normal('))],
    ['a price of nested calls', quoted(`${'mixture(1: 1, '.repeat(100)}1: 1${')'.repeat(100)}`)],
    ['a path out of the folder', `conversations: { monthly: ../../../../../../etc/passwd }\n${offer}`],
    ['a path of a device', `conversations: { monthly: /dev/zero }\n${offer}`],
  ])('of %s is refused soon', (_, text) => refused(['check', written('scenario.yaml', text)]), 120_000)

  it('of a distribution that is hardly one is refused or read', () => {
    expect([0, 2]).toContain(ran(['check', written('scenario.yaml', quoted('beta(1e-9, 1e9)'))]).status)
  }, 120_000)
})

describe('a table of 1 MiB', () => {
  const head = 'month,conversations\n'
  it.each([
    ['columns', counted(130_000, (k) => `c${k}`, ',')],
    ['commas', filled(',')],
    ['quotes', filled('"')],
    ['an open quote', `${head}"${filled('a\n')}`],
    ['short rows', head + filled('1\n')],
    ['empty rows', head + filled(',\n')],
    ['one cell', `${head}${'a'.repeat(MOST)}`],
    ['line ends', head + filled('\n')],
    ['the same month', head + filled('2024-01,1\n')],
  ])(
    'of %s is refused soon',
    (_, text) => {
      const file = written('table.csv', text)
      for (const field of ['monthly: table.csv', 'history: table.csv', 'base: "empirical(table.csv, x)"'])
        refused(['check', written('scenario.yaml', `conversations: { ${field} }\n${offer}`)])
      refused(['calibrate', file])
    },
    480_000,
  )
})

describe('an export of 64 MiB', () => {
  const head = 'id,started,involved,escalated,confirmed,last_customer,last_agent,reopened\n'
  const size = 1 << 26
  it.each([
    ['a million columns', counted(1_000_000, (k) => `c${k}`, ',')],
    ['commas', filled(',', size)],
    ['one line', 'a'.repeat(size)],
    ['one line below its header', head + 'a'.repeat(size)],
    ['quotes', filled('"', size)],
    ['an open quote', `${head}"${filled('a\n', size)}`],
    ['a quote in each line', head + filled('"\n', size)],
    ['line ends', head + filled('\n', size)],
    ['zeros', filled('\0', size)],
  ])('of %s is refused soon', (_, text) => refused(['audit', written('export.csv', text), '--offer', 'fin']), 240_000)
})

describe('a large file that is valid', () => {
  it('may have a million conversations', () => {
    const row = (k: number) => `${k},2026-01-${String((k % 28) + 1).padStart(2, '0')}T10:00:00Z,1,,2026-01-30T10:00:00Z,,,`
    const head = 'id,started,involved,escalated,confirmed,last_customer,last_agent,reopened\n'
    const { status, stderr, peak } = ran(['audit', written('export.csv', head + counted(1_000_000, row, '\n')), '--offer', 'fin'])
    expect([status, stderr]).toEqual([0, ''])
    expect(peak).toBeLessThan(MEMORY)
  }, 240_000)
  it('may have ten years of daily volumes', () => {
    const day = (k: number) => `${new Date(Date.UTC(2017, 0, 1 + k)).toISOString().slice(0, 10)},${1000 + (k % 7) * 50 + (k % 365)}`
    const history = written('history.csv', `day,conversations\n${counted(3_652, day, '\n')}`)
    expect(ran(['calibrate', history]).status).toBe(0)
    expect(ran(['check', written('scenario.yaml', `conversations: { history: history.csv }\n${offer}`)]).status).toBe(0)
  }, 240_000)
  it('may have a thousand offers with ten charges each', () => {
    const charges = counted(10, (k) => `{id: c${k}, fee: ${k + 1}}`, ',')
    const text = `conversations: {base: 1000}\noffers:\n${counted(1_000, (k) => ` a${k}: {charges: [${charges}]}`, '\n')}`
    expect(ran(['check', written('scenario.yaml', text)]).status).toBe(0)
  }, 240_000)
})
