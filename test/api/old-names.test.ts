// Names of the release before work for one more, with one warning. Results carry the new ones.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bridge, charts, optimize, type SimulationResult, simulate } from 'billcast'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { NEW_NAMES, warnOfOldNames } from '../../src/old-names.ts'
import { here } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-names-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const plan = `
start: 2027-01
months: 1
conversations: { base: 20k to 40k, noise: { cv: 8% } }
resolution: { rate: 60% }
offers:
  a: { charges: [{ meter: conversations, price: $1.50, commitment: 30k, overage: $2 }] }
  b: { charges: [{ meter: conversations, price: $1.80 }] }
`
const next = plan.replace('60%', '65%').replace('$1.80', '$1.75')
const few = { trials: 1024 }
const vary = { 'offers.a.charges[0].commitment': ['20k', '40k'] as const }
const old = (object: object): Record<string, unknown> => object as Record<string, unknown>

const warnings: string[] = []
beforeEach(() => {
  warnings.length = 0
  warnOfOldNames((words) => warnings.push(words))
})

describe('an old name in a program', () => {
  it('of an option and of a statistic gives what the new name gives, with one warning', async () => {
    const found = await optimize(plan, { ...few, vary, offer: 'a', minimise: 'shortfall95', require: 'shortfall 90 at most $1m' })
    expect(warnings).toEqual([
      '"minimise" is now "minimize". The next release no longer accepts old names. CHANGELOG.md lists them.',
    ])
    const asNow = { minimize: 'expectedShortfall95', require: 'expectedShortfall 90 at most $1m' }
    const now = await optimize(plan, { ...few, vary, offer: 'a', ...asNow })
    expect({ ...found, require: [] }).toEqual({ ...now, require: [] })
    expect(found.minimize).toBe('expectedShortfall95')
    expect(old(found).minimise).toBe('expectedShortfall95')
    expect(warnings).toHaveLength(1)
  })

  it('of the figure that has to be precise gives the same run', async () => {
    const precise = (statistic: string) => ({ relative: 0.02, statistic: statistic as 'mean' })
    const found = await simulate(plan, { precision: precise('shortfall') })
    expect(warnings).toHaveLength(1)
    expect(found.summary).toEqual((await simulate(plan, { precision: precise('expectedShortfall') })).summary)
  })

  it('of a function and of its chart gives what the new name gives', async () => {
    const found = await bridge(plan, next, few)
    expect(charts.bridge(found, 'b', 'USD').spec).toEqual(charts.diff(found, 'b', 'USD').spec)
    expect(Object.keys(charts)).not.toContain('bridge')
    expect(warnings).toHaveLength(1)
  })
})

describe('a result', () => {
  const costs = ({ summary: { offers } }: SimulationResult) => Object.values(offers).map(({ bill }) => bill)

  it('has the new names only, in the summary, its tables and its answers', async () => {
    const result = await simulate(plan, few)
    const written = JSON.stringify([result.summary, result.ranking(), result.regret('a')])
    const columns = result.months().schema.fields.map(({ name }) => name)
    expect(written).toContain('"expectedShortfall":')
    expect(columns).toContain('expectedShortfall90')
    for (const name of Object.keys(NEW_NAMES)) {
      expect(written).not.toContain(`"${name}`)
      expect(columns.filter((column) => column.startsWith(name))).toEqual([])
    }
    expect(warnings).toEqual([])
  })

  it('answers to the old names with one warning', async () => {
    const result = await simulate(plan, few)
    for (const cost of costs(result)) {
      expect(old(cost).shortfall).toBe(cost.expectedShortfall)
      expect(old(cost.monthly[0]).shortfall).toBe(cost.monthly[0].expectedShortfall)
    }
    const ranking = result.ranking()
    expect(old(ranking).shortfall95).toBe(ranking.expectedShortfall95)
    const regret = result.regret('a')
    expect(old(regret).shortfall).toBe(regret.expectedShortfall)
    expect(warnings).toEqual([
      '"shortfall" is now "expectedShortfall". The next release no longer accepts old names. CHANGELOG.md lists them.',
    ])
  })

  it('of an offer named like a figure keeps that name', async () => {
    const result = await simulate(plan.replaceAll(' b:', ' shortfall:'), few)
    expect(Object.keys(result.summary.offers)).toEqual(['a', 'shortfall'])
    expect(result.budget('shortfall', 0.8).value).toBeGreaterThan(0)
    expect(warnings).toEqual([])
  })
})

describe('an old name in a command', () => {
  it('gives what the new name gives, with one note', async () => {
    const file = join(root, 'plan.yaml')
    writeFileSync(file, plan)
    const args = ['optimize', file, '--trials', '1024', '--vary', 'offers.a.charges[0].commitment=20k:40k', '--json']
    const found = await here([...args, '--minimise', 'shortfall95'])
    expect(found.stderr).toBe(
      'note: "minimise" is now "minimize". The next release no longer accepts old names. CHANGELOG.md lists them.\n',
    )
    expect(found.stdout).toBe((await here([...args, '--minimize=expectedShortfall95'])).stdout)
    expect((JSON.parse(found.stdout) as { minimize: string }).minimize).toBe('expectedShortfall95')
  })
})

it('every old name is listed in the changelog with its new one', () => {
  const changelog = readFileSync('CHANGELOG.md', 'utf8')
  for (const [before, now] of Object.entries(NEW_NAMES))
    expect(changelog).toMatch(new RegExp(`^\\|.*\\b${before}.*\\|.*\\b${now}`, 'm'))
})
