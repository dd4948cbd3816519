// Tests the words of the first screen: what would change the answer, and what a comparison must not hide.
import { expect, it } from 'vitest'
import { reportDataOf } from '../../../src/api/output.ts'
import { runScenario } from '../../../src/api/run.ts'
import { nodeHome } from '../../../src/platform/node/home.ts'
import { firstScreenOf } from '../../../src/present/report/first-screen.ts'
import { titledData } from '../../../src/present/report/titled.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'
import { noFiles } from '../../../src/scenario/resolve/files.ts'

const base = {
  conversations: { base: '45k to 60k' },
  resolution: { rate: '60% to 70%' },
}
const perResolution = { title: 'Per resolution', charges: [{ meter: 'resolutions', price: '$0.99' }] }
const flat = (price: string) => ({ title: 'A flat rate', charges: [{ meter: 'conversations', price }] })

async function screenOf(plan: object) {
  const finished = await runScenario(JSON.stringify(plan), { trials: 8_192 }, { executor: () => inlineExecutor, reader: noFiles })
  const screen = firstScreenOf(titledData(await reportDataOf(finished, nodeHome, false)))
  if (!screen) throw new Error('the run has no verdict')
  const facts = screen.facts.map(({ heading, pieces }) => ({
    heading,
    words: pieces.flatMap((piece) => (piece.kind === 'text' ? [piece.text] : [])).join(' '),
  }))
  return { ...screen, facts, last: facts[facts.length - 1] }
}

it('a tie names the range of the averages, what would settle it, and the price at which the next contract draws level', async () => {
  const { grade, lead, last } = await screenOf({ ...base, offers: { perResolution, flat: flat('$0.645') } })
  expect(grade).toBe('toss-up')
  expect(lead).toMatch(/Their averages are \$4\d\d,000 to \$4\d\d,000\.$/)
  expect(last?.heading).toBe('The resolution rate would settle it')
  expect(last?.words).toMatch(
    /^Below 6\d\.\d% resolved on average, per resolution costs least; above, a flat rate does\. At \$0\.9\d a resolution \(now \$0\.99\), per resolution draws level \(P80\)\. The number of conversations moves the cost of a flat rate most: from \$/i,
  )
})

it('a clear choice says that no likely rate or volume changes it', async () => {
  const { grade, last } = await screenOf({ ...base, offers: { perResolution, flat: flat('$0.90') } })
  expect(grade).toBe('clear')
  expect(last?.heading).toBe('No likely resolution rate or volume changes it')
  expect(last?.words).toMatch(/At \$0\.\d\d a conversation \(now \$0\.90\), a flat rate draws level \(P80\)\./)
})

it('a plan without ranges says that its amounts hold only if every figure comes true', async () => {
  const { lead, ranges, facts } = await screenOf({
    conversations: { base: '50k' },
    resolution: { rate: '65%' },
    human: { cost: '$6' },
    offers: { perResolution, flat: flat('$0.80') },
  })
  expect(lead).toBe('Budget $386,000 (P80). The plan states no range: these amounts hold only if every figure comes true.')
  expect(ranges?.subtitle).toContain('Each cost is the same in all simulated years.')
  expect(facts[1]?.words).toContain('It pays for itself in the first month.')
})

it('a contract that bills only some of the months says so beside the verdict', async () => {
  const late = { ...flat('$0.70'), title: 'A contract from April', from: '2027-04' }
  const { lead } = await screenOf({ ...base, start: '2027-01', offers: { perResolution, late } })
  expect(lead).toContain('A contract from April bills only April to December 2027: its cost covers 9 of 12 months.')
  const whole = await screenOf({ ...base, start: '2027-01', offers: { perResolution, flat: flat('$0.70') } })
  expect(whole.lead).not.toContain('bills only')
})

it('a headline that would fill four lines leaves its second sentence to the lead', async () => {
  const long = { ...perResolution, title: 'Every resolution at the price of the vendor that we have had since last year' }
  const { headline, lead } = await screenOf({ ...base, offers: { long, flat: flat('$0.645') } })
  expect(headline).toMatch(/^Every resolution at .* and a flat rate cost the same on average\.$/)
  expect(headline).not.toContain('budget')
  expect(lead).toMatch(/budget/)
})

it('names the owner of an input by its title', async () => {
  const quoted = { title: 'Ada, by quote', charges: [{ meter: 'conversations', price: 'uniform($0.20, $0.60)' }] }
  const { last } = await screenOf({ ...base, offers: { quoted, perResolution } })
  expect(last?.words).toContain('The price of Ada moves the cost of Ada most')
})
