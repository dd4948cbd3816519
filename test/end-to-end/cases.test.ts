// Scenarios with exact answers: in process, and in the long tests through the command, as users run it. Both say the same.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { long } from '../effort.ts'
import { simulate } from '../simulate.ts'

interface Expectation {
  readonly path: string
  readonly exact: number
  readonly abs?: number
  readonly sd?: number
}

interface Case {
  readonly name: string
  readonly trials: number
  readonly scenario: object
  readonly expect: readonly Expectation[]
}

const { cases } = JSON.parse(readFileSync('test/reference/cases.json', 'utf8')) as { readonly cases: readonly Case[] }

const folder = mkdtempSync(join(tmpdir(), 'billcast-cases-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What `path` of the summary leads to: `offers.z.overage.months[3].value`. */
function at(summary: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((key) => key !== '')
    .reduce<unknown>(
      (node, key) => (typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined),
      summary,
    )
}

const here = async ({ scenario, trials }: Case) => (await simulate(scenario, { trials, seed: 'cases' })).summary

function byCommand({ name, scenario, trials }: Case): unknown {
  const file = join(folder, `${name}.json`)
  writeFileSync(file, JSON.stringify(scenario))
  const command = ['dist/cli/billcast.js', 'run', file, '--trials', String(trials), '--seed', 'cases', '--json']
  return JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8', maxBuffer: 1 << 26 }))
}

describe('billcast gives the exact answer', () => {
  for (const known of cases) {
    it(`for ${known.name}`, async () => {
      const summary = await here(known)
      for (const { path, exact, abs, sd } of known.expect) {
        const value = at(summary, path)
        if (typeof value !== 'number') throw new Error(`the summary has no ${path}`)
        const se = at(summary, path.replace(/\.value$/, '.se'))
        if (abs === undefined) expect(typeof se, `${path}: a standard error`).toBe('number')
        const bound = abs ?? 5 * Number(se) + 1e-9 * Math.abs(exact)
        expect(Math.abs(value - exact), `${path}: ${value} ± ${se}, exactly ${exact}`).toBeLessThanOrEqual(bound)
        if (sd !== undefined) expect(se, `${path}: standard error`).toBeLessThanOrEqual((1.3 * sd) / Math.sqrt(summary.trials))
      }
    })
  }

  // Starting the command takes longer than the run.
  it.each(long ? cases : cases.slice(0, 1))('by the command: $name', async (known) => {
    expect(byCommand(known)).toEqual(JSON.parse(JSON.stringify(await here(known))))
  })
})
