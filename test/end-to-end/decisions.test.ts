// Commands that compare variants print tables with a sentence, objects with --json, and files, or refuse in one line.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import { breakEven, diff, fairPrice, optimize, pilot, sensitivity, simulate, stress, sweep, valueOfInformation } from 'billcast'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatMoney } from '../../src/notation/money.ts'
import { thorough } from '../effort.ts'
import { here } from './command.ts'

const folder = mkdtempSync(join(tmpdir(), 'billcast-decisions-'))
const at = (name: string) => join(folder, name)
const text = `months: 12
conversations: { base: 45k to 60k, noise: { cv: 8% } }
resolution: { rate: 60% to 70% }
offers:
  fin: { charges: [{ id: usage, meter: resolutions, price: $0.99 }] }
  flat: { charges: [{ meter: conversations, price: $0.80 }] }
  committed: { charges: [{ meter: resolutions, commitment: 30k/month, price: $1.50, overage: $2.00 }] }
`
/** Two months keep searches over many numbers fast. */
const short = text.replace('months: 12', 'months: 2')
beforeAll(() => {
  writeFileSync(at('plan.yaml'), text)
  writeFileSync(at('short.yaml'), short)
  writeFileSync(at('next.yaml'), text.replace('$0.99', '$1.05').replace('45k to 60k', '50k to 65k'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const trials = 512
const few = ['--trials', String(trials)]
const json = async (...args: readonly string[]): Promise<unknown> => {
  const { status, stdout, stderr } = await here([...args, ...few, '--json'])
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return JSON.parse(stdout)
}
const table = async (...args: readonly string[]): Promise<string> => {
  const { status, stdout, stderr } = await here([...args, ...few])
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return stdout
}

describe('--json prints what the library returns', () => {
  const options = { trials }
  it('break-even', async () => {
    expect(await json('break-even', at('plan.yaml'), 'resolution.rate', 'fin', 'flat')).toEqual(
      await breakEven(text, 'resolution.rate', ['fin', 'flat'], options),
    )
  })
  it.runIf(thorough)('fair-price', async () => {
    expect(await json('fair-price', at('plan.yaml'), 'offers.fin.price', '--against', 'flat', '--statistic', 'cheapest')).toEqual(
      await fairPrice(text, 'offers.fin.price', { ...options, against: 'flat', statistic: 'cheapest' }),
    )
  })
  it.runIf(thorough)('optimize', async () => {
    const vary = { 'offers.committed.commitment': [20_000, 45_000] } as const
    const args = ['--vary', 'offers.committed.commitment=20k:45k', '--minimize', 'p90', '--require', 'P80 at most $117k']
    expect(await json('optimize', at('short.yaml'), ...args)).toEqual(
      JSON.parse(
        JSON.stringify(
          await optimize(short, { ...options, offer: 'committed', minimize: 'p90', require: 'P80 at most $117k', vary }),
        ),
      ),
    )
  })
  it('sweep, with an entry for each row', async () => {
    const rows = (await json('sweep', at('plan.yaml'), '--vary', 'resolution.rate=50%:70%:10pt')) as readonly {
      readonly values: object
      readonly offer: string
      readonly mean: { readonly value: number; readonly se: number }
    }[]
    const arrow = await sweep(text, { 'resolution.rate': [0.5, 0.6, 0.7] }, options)
    expect(rows).toHaveLength(arrow.numRows)
    rows.forEach(({ values, offer, mean }, k) => {
      expect(arrow.get(k)?.toJSON()).toMatchObject({ ...values, offer, mean: mean.value, mean_se: mean.se })
    })
  })
  it('diff', async () => {
    expect(await json('diff', at('plan.yaml'), at('next.yaml'))).toEqual(
      await diff(text, readFileSync(at('next.yaml'), 'utf8'), options),
    )
  })
})

describe('a command prints a table and a sentence', () => {
  it('break-even', async () => {
    const said = await table('break-even', at('plan.yaml'), 'resolution.rate', 'fin', 'flat')
    expect(said).toContain('80.8081%')
    expect(said).toContain('exact')
    expect(said).toContain(
      'fin and flat cost the same in every trial when resolution.rate is 80.8081%. Below that, fin costs less. Above it, flat does.',
    )
  })
  it('fair-price', async () => {
    const said = await table('fair-price', at('plan.yaml'), 'offers.flat.price', '--against', 'fin')
    expect(said).toMatch(/At \$0\.64\d+ the offer is as cheap as fin on average\. Ask for \$0\.15\d+ less than in the plan\./)
  })
  it('optimize', async () => {
    const said = await table(
      'optimize',
      at('plan.yaml'),
      '--vary',
      'offers.committed.commitment=20k:45k',
      '--require',
      'P(cheapest) at least 0%',
    )
    expect(said).toMatch(/^best +\d\d,\d+(\.\d)?\/month/m)
    expect(said).toMatch(/committed has the lowest mean, \$6\d\d,\d+, .* \(it may be between .*\/month and .*\/month\)\./)
    expect(said).toContain('Condition: P(cheapest) at least 0%. The figure there is 0.0%.')
  })
  it('sweep, and its Arrow file', async () => {
    const said = await table('sweep', at('plan.yaml'), '--vary', 'resolution.rate=50%:90%:20pt', '--out', at('sweep.arrow'))
    expect(said).toContain('Lowest mean: fin in 2, flat in 1 of 3 variants.')
    expect(tableFromIPC(readFileSync(at('sweep.arrow'))).numRows).toBe(9)
  })
  it('diff', async () => {
    const said = await table('diff', at('plan.yaml'), at('next.yaml'))
    expect(said).toMatch(/conversations\.base +45k to 60k +50k to 65k +\+\$/)
    expect(said).toMatch(/offers\.fin\.charges\.usage\.price +\$0\.99 +\$1\.05 +\+\$/)
    expect(said).toMatch(
      /fin costs \$\d+,\d+ more on average\. The largest effect is that of conversations\.base: \$\d+,\d+ more\./,
    )
    expect(await table('diff', at('plan.yaml'), at('plan.yaml'))).toBe('The two plans are the same.\n')
  })
})

describe('a command that cannot answer exits with 2 and one line', () => {
  it.each([
    [['break-even', 'resolution.rate', 'fin', 'nobody'], 'there is no offer "nobody": the offers are fin, flat, committed'],
    [['break-even', 'resolution.rate', 'fin', 'flat', '--bounds', '10%:20%'], 'fin is ahead at all of them. Try other bounds'],
    [
      ['break-even', 'resolution.rate', 'fin', 'flat', '--bounds', '10%'],
      '--bounds: expected lowest:highest, such as 20k:45k, got "10%"',
    ],
    [['break-even', 'offers.fin.charges.usage.meter', 'fin', 'flat'], 'expected the path of a number, got "resolutions"'],
    [['break-even', 'resolution.rate', 'fin', 'flat', '--statistic', 'mode'], '--statistic: expected mean or odds, got "mode"'],
    [['fair-price', 'offers.fin.price'], '--against: expected the rival offer, such as --against fin'],
    [['optimize', '--vary', 'offers.committed.commitment'], '--vary: expected a field and its bounds, such as'],
    [['optimize', '--vary', 'resolution.rate=10%:20%'], '--offer: expected the offer to optimize, such as --offer zendesk'],
    [['optimize', '--vary', 'offers.committed.commitment=20k:45k', '--minimize', 'p0'], 'minimize: expected mean, a percentile'],
    [
      ['optimize', '--vary', 'offers.committed.commitment=20k:45k', '--require', 'P80 at most $1k'],
      'meets "P80 at most $1k". In this range, P80 is at least',
    ],
    [['sweep'], 'expected at least one field'],
    [['sweep', '--vary', 'resolution.rate=0.1:0.9:0.0000005'], 'expected at most 10,000 numbers'],
    [
      ['sweep', '--vary', 'resolution.rate=0.5:0.6:0.05', '--out', folder],
      'expected a file that billcast can write, but it is a folder',
    ],
    [
      ['sweep', '--vary', 'resolution.rate=0.5:0.6:0.05', '--trials', '0'],
      '--trials: expected a whole number from 1 to 16,777,216',
    ],
    [['diff', at('nowhere.yaml')], 'expected a scenario file, but there is no such file or folder'],
  ] as const)('%o', async ([command, ...args], message) => {
    const { status, stdout, stderr } = await here([command, at('plan.yaml'), ...args])
    expect(stderr).toContain(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stdout).toBe('')
    expect(status).toBe(2)
  })
})

describe('budget and compare', () => {
  const stated = (amount: string) => `${text}budget: { offer: fin, amount: ${amount}, confidence: 80% }\nhuman: { cost: $6 }\n`
  beforeAll(() => {
    writeFileSync(at('kept.yaml'), stated('$900k'))
    writeFileSync(at('missed.yaml'), stated('$100k'))
  })

  it('print tables and sentences', async () => {
    const budget = await table('budget', at('kept.yaml'), '--offer', 'fin', '--amount', '$400k')
    expect(budget).toContain('To be 80% sure of staying within budget, plan $')
    expect(budget).toMatch(/The single-number plan would be enough in \d+\.\d% of simulated years\./)
    expect(budget).toMatch(/fin costs more than \$400,000 in \d+\.\d% of simulated years, then by \$/)
    expect(budget).toContain('$900,000 holds in 100.0% of simulated years')
    const compared = await table('compare', at('kept.yaml'), '--against', 'rate')
    expect(compared).toContain('costs least on average')
    expect(compared).toMatch(/(The choice depends on rate\. Lowest mean cost: |lowest mean cost at every value of rate)/)
    expect(compared).toContain('against people alone')
    const apart = await table('compare', at('kept.yaml'), '--difference', 'fin, flat')
    expect(apart).toMatch(/fin costs more than flat in \d+\.\d% of trials/)
    expect(apart).toMatch(/mean of the worst 5%[\s\S]*part of fin[\s\S]*part of flat/)
  })

  it('print what the library returns as JSON', async () => {
    const result = await simulate(stated('$900k'), { trials })
    expect(await json('budget', at('kept.yaml'), '--offer', 'fin')).toEqual({
      offer: 'fin',
      contingency: result.contingency('fin', 0.8),
      phased: result.phased('fin', 0.8),
      shortfall: result.shortfallParts('fin', 0.8),
      skewness: result.summary.offers.fin.bill.skewness,
      curve: result.curve('fin'),
      budget: result.summary.budget,
    })
    expect(await json('compare', at('kept.yaml'))).toMatchObject({
      ...{ ranking: result.ranking(), dominance: result.dominance() },
      regrets: { fin: result.regret('fin'), flat: result.regret('flat') },
    })
  })

  it('print the P90 of regret and the skewness', async () => {
    const { summary, ...result } = await simulate(stated('$900k'), { trials }).then((own) => ({
      summary: own.summary,
      regret: own.regret('flat'),
    }))
    const compared = await table('compare', at('kept.yaml'), '--se')
    expect(compared).toMatch(/cheapest in +regret +P90 of regret/)
    expect(compared).toContain(`  ${formatMoney(result.regret.percentiles.p90.value)} ± `)
    const { skewness } = summary.offers.fin.bill
    const words = `The skewness of the cost of fin is ${skewness?.value.toFixed(2)} ± `
    expect(await table('budget', at('kept.yaml'), '--offer', 'fin', '--se')).toContain(words)
  })

  it('let --gate stop a pipeline if the budget does not hold', async () => {
    const run = (file: string) => here(['run', at(file), ...few, '--gate'])
    expect((await run('kept.yaml')).status).toBe(0)
    const missed = await run('missed.yaml')
    expect(missed.status).toBe(3)
    expect(missed.stdout).toMatch(/fin: \$100,000 holds in 0\.0% of simulated years\. 80% needs \$/)
    const none = await run('plan.yaml')
    expect(none.status).toBe(2)
    expect(none.stderr).toContain('--gate: expected a budget in the scenario')
  })

  it('refuse an unknown offer, input or amount', async () => {
    for (const [args, words] of [
      [['budget', at('plan.yaml'), '--offer', 'none'], 'there is no offer "none": the offers are fin, flat, committed'],
      [['budget', at('plan.yaml'), '--confidence', '120%'], '--confidence: expected a share'],
      [['budget', at('plan.yaml'), '--amount', 'much'], '--amount: expected an amount of 0 or more such as $480k, got "much"'],
      [['compare', at('plan.yaml'), '--against', 'weather'], 'there is no uncertain input "weather"'],
      [['compare', at('plan.yaml'), '--difference', 'fin'], '--difference: expected two offers such as fin,flat, got "fin"'],
    ] as const) {
      const { status, stderr } = await here([...args, ...few])
      expect(status).toBe(2)
      expect(stderr).toContain(words)
    }
  })
})

describe('pilot', () => {
  it('prints the sizes with their worth, and the object as JSON', async () => {
    const asked = ['--sizes', '50,2k', '--fixed', '$5', '--each', '0.01'] as const
    const page = await table('pilot', at('plan.yaml'), ...asked)
    for (const words of ['conversations in the pilot', 'after its cost', 'knowing resolution.rate']) expect(page).toContain(words)
    const cost = { fixed: 5, each: 0.01 }
    expect(await json('pilot', at('plan.yaml'), ...asked)).toEqual(
      await pilot(text, { input: 'resolution.rate', sizes: [50, 2_000], cost, trials }),
    )
    const measured = ['--input', 'conversations.base', '--cv', '8%', '--sizes', '3'] as const
    expect(await json('pilot', at('plan.yaml'), ...measured)).toEqual(
      await pilot(text, { input: 'conversations.base', sizes: [3], cv: 0.08, cost: { fixed: 0, each: 0 }, trials }),
    )
  })
})

describe('explain', () => {
  it('prints one page, and the objects as JSON', async () => {
    writeFileSync(at('stressed.yaml'), `${text}stress: { crisis: { conversations.base: 70k } }\n`)
    const page = await table('explain', at('stressed.yaml'), '--offer', 'fin')
    for (const words of [
      'is the main source of uncertainty in the cost of fin',
      'before you sign',
      'conversations in the pilot',
      'The worst 5% of trials for fin',
      'crisis',
    ])
      expect(page).toContain(words)
    const objects = await json('explain', at('plan.yaml'), '--offer', 'fin')
    expect(objects).toEqual({
      sensitivity: await sensitivity(text, { offer: 'fin', trials }),
      valueOfInformation: await valueOfInformation(text, { trials }),
      pilot: await pilot(text, { input: 'resolution.rate', trials }),
      stress: await stress(text, { offer: 'fin', trials }),
    })
  })

  it('refuses an unknown offer', async () => {
    const { status, stderr } = await here(['explain', at('plan.yaml'), '--offer', 'none', ...few])
    expect(status).toBe(2)
    expect(stderr).toContain('there is no offer "none"')
  })
})

describe('converge', () => {
  const enough = ['--trials', '8192']

  it('prints and writes the figure after more and more trials, as the library returns it', async () => {
    const result = await simulate(text, { trials: 8_192 })
    const expected = result.convergence('p80', 'fin')
    const out = at('converge')
    const { status, stdout } = await here(['converge', at('plan.yaml'), 'p80', '--offer', 'fin', '--out', out, ...enough])
    expect(status).toBe(0)
    expect(stdout).toMatch(/trials +P80\n/)
    for (const { trials: own, value } of expected.points)
      expect(stdout).toMatch(new RegExp(`${own.toLocaleString('en-US')} +\\${formatMoney(value)} `))
    expect(expected.integrated).toEqual(result.summary.offers.fin.bill.percentiles.p80)
    expect(stdout).toMatch(/integrated +\$/)
    expect(JSON.parse(readFileSync(join(out, 'converge.json'), 'utf8'))).toEqual(expected)
    expect(readFileSync(join(out, 'converge.svg'), 'utf8')).toContain('P80 of fin settles at')
    const odds = await here(['converge', at('plan.yaml'), 'P(cheapest)', '--json', ...enough])
    expect(JSON.parse(odds.stdout)).toMatchObject({ figure: 'cheapest', unit: 'share' })
  })

  it('refuses an unknown figure, and a run that is too short', async () => {
    for (const [args, words] of [
      [['converge', at('plan.yaml'), 'median', ...enough], 'figure: expected mean, '],
      [['converge', at('plan.yaml'), 'p80', '--trials', '1024'], 'convergence: expected a run of 2048 trials or more'],
    ] as const) {
      const { status, stderr } = await here(args)
      expect(status).toBe(2)
      expect(stderr).toContain(words)
    }
  })
})
