// Compares the invoice with the oracle, month by month, in scenarios without uncertainty.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { certain } from '../../src/invoice/certain.ts'
import { billOffer } from '../../src/invoice/contracts.ts'
import { pointEstimates } from '../../src/invoice/point.ts'
import { compile } from '../../src/compile/compile.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { effort, patience } from '../effort.ts'
import { anySegmented } from '../oracle/any-segmented.ts'
import { anyContract, everyContract } from '../oracle/contracts.ts'
import { simulateSlowly } from '../oracle/oracle.ts'
import { anyReturning, everyReturn } from '../oracle/returns.ts'
import { anyScenario, everyDriver, type Written } from '../oracle/scenarios.ts'
import { everySegment } from '../oracle/segmented.ts'
import { anyTimed, everyTimed } from '../oracle/timed.ts'

const reader = { read: () => Promise.reject(new Error('these scenarios read no files')) }

/** The figures that differ between invoice and oracle. */
async function differences(written: Written): Promise<string[]> {
  const { scenario } = await resolve(readScenario(written), reader)
  const sure = certain(scenario)
  const program = compile(sure, { measure: 'bill', pairs: 'auto' })
  const [oracle] = simulateSlowly(sure, { trials: 1, columns: new Map() })
  const points = pointEstimates(scenario)
  const found: string[] = []
  program.offers.forEach((offer, k) => {
    const slow = oracle.offers.get(offer.name)
    if (!slow) throw new Error('an offer is missing')
    const contracts = billOffer(program, offer)
    const entries = contracts.flatMap(({ bill }) => bill.entries)
    const counted = contracts.flatMap(({ bill }) => bill.counted)
    const unused = contracts.reduce((sum, { bill }) => sum + bill.unused, 0)
    const resolutions = (m: number) => contracts.flatMap(({ bill }) => bill.resolutions[m])
    // Limits, included units and caps subtract counts, so that rounding is relative to the counts.
    const used = counted.flat().reduce((sum, charge) => sum + (charge?.used ?? 0), 1)
    const size = entries.reduce((sum, { amount }) => sum + Math.abs(amount), used)
    const say = (what: string, invoice: number, exact: number, scale = size) => {
      if (!(Math.abs(invoice - exact) <= 1e-12 * scale)) found.push(`${offer.name} ${what}: ${invoice}, the oracle says ${exact}`)
    }
    slow.months.forEach((month, m) => {
      const own = entries.filter((entry) => entry.month === m)
      const layers = new Map<string, number>()
      for (const { layer, amount } of own) layers.set(layer, (layers.get(layer) ?? 0) + amount)
      for (const layer of new Set([...layers.keys(), ...Object.keys(month.layers)]))
        say(`layer ${layer} in month ${m}`, layers.get(layer) ?? 0, month.layers[layer as keyof typeof month.layers] ?? 0)
      for (const layer of layers.keys())
        if (!offer.layers.some((known) => known === layer)) found.push(`${layer} is no layer of the offer`)
      say(
        `bill of month ${m}`,
        own.reduce((sum, { amount }) => sum + amount, 0),
        month.bill,
      )
      say(`point estimate of month ${m}`, points[k].monthly.bill[m], month.bill)
      say(`total of month ${m}`, points[k].monthly.total[m], month.total, size + Math.abs(month.total))
      if (!offer.parts)
        for (const s of offer.contract.segments)
          say(`limit in month ${m}, segment ${s}`, contracts[0].bill.worked[m][s], slow.factors[m][s], 1)
      say(
        `resolutions in month ${m}`,
        resolutions(m).reduce((sum, own) => sum + own, 0),
        month.resolutions,
        1 + slow.resolutions,
      )
      const over = own.filter(({ overage }) => overage).reduce((sum, { amount }) => sum + amount, 0)
      say(`overage of month ${m}`, over, month.overage.amount)
      if (!offer.overage) say('overage', 0, month.overage.amount)
    })
    say(
      'unused',
      unused,
      slow.months.reduce((sum, month) => sum + month.unused, 0),
      1e6 + unused,
    )
    expect(counted.length).toBe(contracts.reduce((sum, own) => sum + own.offer.contract.charges.length, 0))
  })
  return found
}

const every: Readonly<Record<string, Written>> = {
  ...everyDriver,
  ...everySegment,
  ...everyContract,
  ...everyTimed,
  ...everyReturn,
}

describe('the invoice agrees with the oracle in every month', () => {
  it.each(Object.keys(every))('for %s', async (name) => {
    expect((await differences(every[name])).slice(0, 5)).toEqual([])
  })
  it.each([
    ['scenario', anyScenario, effort(4, 4000, 25)],
    ['contract that begins or ends in the plan', anyTimed, effort(6, 4000, 30)],
    ['contract', fc.oneof(anyContract, anySegmented), effort(6, 4000, 30)],
    ['plan whose customers come back', anyReturning, effort(4, 4000, 25)],
  ] as const)(
    'for any %s',
    async (_, scenarios, runs) => {
      const property = fc.asyncProperty(scenarios, async (scenario) => {
        expect((await differences(scenario)).slice(0, 5)).toEqual([])
      })
      await fc.assert(property, runs)
    },
    patience,
  )
})
