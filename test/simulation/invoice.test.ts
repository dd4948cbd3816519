// Without uncertainty the simulation bills what the invoice says, for every month and offer: two readers of one compiled contract.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { certain } from '../../src/invoice/certain.ts'
import { pointEstimates } from '../../src/invoice/point.ts'
import { compile } from '../../src/compile/compile.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { modelOf } from '../../src/simulation/model.ts'
import { effort, patience } from '../effort.ts'
import { anySegmented } from '../oracle/any-segmented.ts'
import { anyContract, everyContract } from '../oracle/contracts.ts'
import { everySegment } from '../oracle/segmented.ts'

async function check(written: object): Promise<void> {
  const { scenario } = await resolve(readScenario(written), { read: () => Promise.reject(new Error('no file')) })
  const { graph, offers } = modelOf(compile(certain(scenario), { measure: 'bill', pairs: 'auto' }))
  pointEstimates(scenario).forEach((point, k) => {
    const scale = point.monthly.bill.reduce((sum, amount) => sum + Math.abs(amount), 1)
    const near = (node: number, amount: number, what: string) => {
      const known = graph.known(node)
      expect(known, `${point.offer} ${what} is the same in every trial`).toBeDefined()
      expect(Math.abs((known ?? 0) - amount), `${point.offer} ${what}: ${known}, invoiced ${amount}`).toBeLessThan(1e-11 * scale)
    }
    point.monthly.bill.forEach((amount, m) => near(offers[k].billMonth(m), amount, `month ${m}`))
    near(offers[k].bill, point.bill, 'bill')
    near(offers[k].total, point.total, 'total')
    offers[k].segments().forEach((own, s) => {
      near(own.bill, point.segments[s].bill, `bill of segment ${s}`)
      near(own.total, point.segments[s].total, `total of segment ${s}`)
      own.months.forEach((month, m) => near(month, point.segments[s].monthly[m], `month ${m} of segment ${s}`))
    })
  })
}

describe('the simulated bill equals the invoice', () => {
  it.each(Object.entries({ ...everyContract, ...everySegment }))('of %s', (_, written) => check(written))
  it(
    'of any contract',
    async () => fc.assert(fc.asyncProperty(fc.oneof(anyContract, anySegmented), check), effort(5, 5_000)),
    patience,
  )
})
