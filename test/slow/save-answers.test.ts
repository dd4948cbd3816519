// A program saves every answer, with the files and the bytes of its command.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import * as library from 'billcast'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { here } from '../end-to-end/command.ts'

const plan = {
  months: 2,
  run: { trials: 2_048 },
  conversations: { base: '45k to 60k' },
  resolution: { rate: '60% to 70%' },
  human: { cost: '$6.00' },
  offers: {
    fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] },
    flat: { charges: [{ meter: 'conversations', price: '$0.71' }] },
  },
}
const folder = mkdtempSync(join(tmpdir(), 'billcast-save-'))
const at = (...names: readonly string[]): string => join(folder, ...names)
const trials = 1_024
const history = `month,conversations\n${Array.from({ length: 30 }, (_, k) => `${2024 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')},${1_000 + ((k * 7_919) % 97)}`).join('\n')}\n`
const values = [3, 5, 4, 6, 5, 7, 4, 5, 6, 5, 8, 2]
const talks = `id,started,involved,escalated,confirmed,last_customer,last_agent,reopened
1,2026-03-01T10:00:00Z,true,,,2026-03-01T10:01:00Z,2026-03-01T10:02:00Z,
2,2026-03-02T10:00:00Z,true,,,2026-03-02T10:01:00Z,2026-03-02T10:02:00Z,
`
const billed = 'id,billed_at,amount\n1,2026-03-02T10:02:00Z,0.99\n2,2026-03-03T10:02:00Z,0.99\n'

beforeAll(() => {
  writeFileSync(at('plan.json'), JSON.stringify(plan))
  writeFileSync(at('portfolio.json'), JSON.stringify({ plans: { us: { file: 'plan.json', offer: 'fin' } } }))
  writeFileSync(at('history.csv'), history)
  writeFileSync(at('values.csv'), `value\n${values.join('\n')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const command = async (...args: readonly string[]): Promise<string> => {
  const { status, stdout, stderr } = await here(args)
  expect(status, stderr).toBe(0)
  return stdout
}
const read = (...names: readonly string[]) => readFileSync(at(...names))
const withoutManifest = (name: string) =>
  readdirSync(at(name))
    .filter((file) => file !== 'manifest.json')
    .sort()
function sameFolders(name: string): void {
  const files = withoutManifest(`command-${name}`)
  expect(withoutManifest(name)).toEqual(files)
  for (const file of files) expect(read(name, file).equals(read(`command-${name}`, file)), file).toBe(true)
  expect(JSON.parse(read(name, 'manifest.json').toString())).toEqual(
    JSON.parse(read(`command-${name}`, 'manifest.json').toString()),
  )
}

describe('save writes the folder of a command with --out', () => {
  it('portfolio', async () => {
    await command('portfolio', at('portfolio.json'), '--trials', '1024', '--out', at('command-portfolio'), '--json')
    const found = await library.portfolio({ plans: { us: { file: 'plan.json', offer: 'fin' } } }, { trials, folder })
    await library.save(found, at('portfolio'))
    sameFolders('portfolio')
  })

  it('fit, backtest and the convergence of a figure', async () => {
    await command('fit', at('values.csv'), '--out', at('command-fit'), '--json')
    await library.save(await library.fit(readFileSync(at('values.csv'), 'utf8'), { name: 'values.csv' }), at('fit'))
    sameFolders('fit')
    await command('backtest', at('history.csv'), '--trials', '1024', '--horizon', '2', '--out', at('command-backtest'), '--json')
    await library.save(await library.backtest(history, { name: 'history.csv', trials, horizon: 2 }), at('backtest'))
    sameFolders('backtest')
    await command('converge', at('plan.json'), 'p80', '--offer', 'fin', '--out', at('command-converge'), '--json')
    const result = await library.simulate(plan)
    await library.save(result.convergence('p80', 'fin'), at('converge'))
    sameFolders('converge')
  })
})

it('saves a sweep as the file of --out, and disputes with the page of an audit', async () => {
  await command('sweep', at('plan.json'), '--vary', 'resolution.rate=50%:60%:5pt', '--trials', '1024', '--out', at('sweep.arrow'))
  await library.save(await library.sweep(plan, { 'resolution.rate': '50%:60%:5pt' }, { trials }), at('sweep'))
  // Arrow numbers the dictionaries of a process, so only the rows are the same.
  const rows = (...names: readonly string[]) =>
    tableFromIPC(read(...names))
      .toArray()
      .map(String)
  expect(rows('sweep', 'sweep.arrow')).toEqual(rows('sweep.arrow'))
  writeFileSync(at('talks.csv'), talks)
  writeFileSync(at('billed.csv'), billed)
  const files = ['--out', at('disputes.csv'), '--report', at('audit.html')]
  await command('audit', at('talks.csv'), '--offer', 'fin', '--billed', at('billed.csv'), ...files)
  await library.save(await library.audit(talks, 'fin', { billed }), at('audit'))
  expect(read('audit', 'disputes.csv').toString()).toBe(read('disputes.csv').toString())
  expect(withoutManifest('audit')).toEqual(['audit.json', 'disputes.csv', 'report.html'])
})

describe('save writes the JSON that a command prints', () => {
  const run = ['--trials', '1024', '--json']
  const answers: readonly (readonly [name: string, args: readonly string[], answer: () => Promise<library.AnyAnswer>])[] = [
    [
      'breakEven',
      ['break-even', at('plan.json'), 'offers.fin.price', 'fin', 'flat', ...run],
      () => library.breakEven(plan, 'offers.fin.price', ['fin', 'flat'], { trials }),
    ],
    ['diff', ['diff', at('plan.json'), at('plan.json'), ...run], () => library.diff(plan, plan, { trials })],
    ['invoice', ['invoice', at('plan.json'), 'fin', '--format', 'json'], () => library.invoice(plan, 'fin')],
    ['calibrate', ['calibrate', at('history.csv'), '--json'], () => library.calibrate(history, { name: 'history.csv' })],
    [
      'compare',
      ['compare', at('plan.json'), '--difference', 'fin,flat', '--against', 'resolution.rate', '--json'],
      async () => library.compare(await library.simulate(plan), { difference: ['fin', 'flat'], against: 'resolution.rate' }),
    ],
  ]
  it.each(answers)('%s', async (name, args, answer) => {
    const printed = JSON.parse(await command(...args)) as object
    await library.save(await answer(), at(name))
    const saved = JSON.parse(read(name, `${name}.json`).toString()) as Record<string, unknown>
    // The command names the file of a history by its path.
    const { scenario: _, ...own } = saved
    const { scenario: __, ...theirs } = printed as Record<string, unknown>
    expect(own).toEqual(theirs)
  })

  it('catalog offers, a check, and a result of simulate by its own files', async () => {
    await library.save(await library.offers('intercom'), at('offers'))
    await library.save(await library.check(plan), at('check'))
    await library.save(await library.simulate(plan), at('result'), { force: true })
    expect([withoutManifest('offers'), withoutManifest('check')]).toEqual([['offers.json'], ['check.json']])
    expect(withoutManifest('result')).toContain('summary.json')
  })
})

it('save refuses what no function returned, a folder of other answers, and unknown options', async () => {
  const found = await library.check(plan)
  await expect(library.save({ ...found }, at('copy'))).rejects.toThrow(
    'save: expected an answer as a function of billcast returned it, and not a copy, got {',
  )
  await expect(library.save(found, '')).rejects.toThrow('save: expected the name of a folder, such as \'results\', got ""')
  await expect(library.save(found, at('fit'))).rejects.toThrow('but it contains fit.json')
  await expect(library.save(found, at('x'), { format: 1 } as object)).rejects.toThrow('format: expected one of force, signal')
  expect(() => library.compare({} as never)).toThrow('compare: expected a result, as simulate() returns it, got {}')
})
