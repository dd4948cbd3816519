// Notes on what comes back outside the months of a plan.
import { expect, it } from 'vitest'
import { billedPlan } from '../../src/invoice/billed-plan.ts'
import { runInvoice } from '../../src/invoice/invoice.ts'
import { returnNotes } from '../../src/invoice/return-notes.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { noFiles } from '../../src/scenario/resolve/files.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'

const fin = { charges: [{ meter: 'resolutions', price: '$0.99' }] }
const plan = { conversations: { base: '50k' }, human: { cost: '$6' } }
const notes = async (more: object): Promise<string[]> => {
  const { scenario } = await resolve(readScenario({ ...plan, ...more }), noFiles)
  return returnNotes(scenario, () => billedPlan(scenario))
}
const returns = (to: string, lag = 1) => ({ rate: '65%', returns: { share: '10%', lag, to } })

it('a plan without returns gets none', async () => {
  expect(await notes({ resolution: { rate: '65%' }, offers: { fin } })).toEqual([])
})

it('those who come back to people after the plan, or from before it, are counted with their cost', async () => {
  // 3,250 a month, at $6 each.
  expect(await notes({ resolution: returns('people', 2), offers: { fin, ada: fin } })).toEqual([
    "offers.fin, offers.ada: about 6,500 of those who seem resolved in the plan come back from 2028-01 on, which costs $39,000.00 of people's work. The plan's figures leave that out",
    "offers.fin, offers.ada: about 6,500 of those who seemed resolved before the plan come back in it if those months were like its first, which costs $39,000.00 of people's work. The plan's figures leave that out",
  ])
})

it('those who come back to the AI are counted, and so are credits that nobody is billed', async () => {
  const credited = { ...fin, counted: { returned: 'credited' } }
  const [after, before, credits] = await notes({ resolution: returns('ai'), offers: { credited }, months: 1 })
  expect(after).toContain('offers.credited: about 3,250 of those who seem resolved in the plan come back from 2027-02 on. The')
  expect(before).toContain('about 3,250 of those who seemed resolved before the plan come back in it if')
  expect(credits).toBe(
    "offers.credited: credits of about $3,217.50 fall due after 2027-01, for customers who come back later. The plan's bills leave them out",
  )
})

it('credits after the end of a part are among them, and an offer that starts later has none from before', async () => {
  const parts = { old: { ...fin, until: '2027-06', counted: { returned: 'credited' } }, new: { ...fin, from: '2027-07' } }
  const found = await notes({ resolution: returns('people'), offers: { switch: { parts } } })
  expect(found).toHaveLength(3)
  expect(found[0]).toMatch(/^offers\.switch\.parts\.old: about 3,250 of those who seemed resolved before the plan/)
  expect(found[1]).toMatch(/^offers\.switch\.parts\.old: credits of about \$3,217\.50 fall due after 2027-06/)
  expect(found[2]).toMatch(/^offers\.switch\.parts\.new: about 3,250 of those who seem resolved in the plan come back from 2028-01/)
})

it('an invoice shows what comes back, and a line for each credit', async () => {
  const scenario = {
    ...plan,
    months: 3,
    resolution: returns('ai'),
    offers: { fin: { ...fin, counted: { returned: 'credited' } } },
  }
  const { lines, returned, notes, counted } = await runInvoice(scenario, 'fin', { month: '2027-02' }, noFiles)
  // 53,250 conversations, of which 65% seem resolved; 3,250 of the month before came back.
  expect(lines.map(({ line, quantity, amount, why }) => [line, quantity, Math.round(100 * amount), why])).toEqual([
    ['usage', 34_612.5, 3_426_638, '34,612.5 at $0.99'],
    ['credit for returns', -3_250, -321_750, '3,250 billed before came back, each at $0.99'],
  ])
  expect(counted.map(({ used }) => used)).toEqual([31_362.5])
  expect(returned).toEqual([{ month: '2027-02', to: 'ai', conversations: 3_250 }])
  expect(notes).toEqual(['customers who come back to the AI: 3,250 in 2027-02'])
})
