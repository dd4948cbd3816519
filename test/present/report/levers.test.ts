// Tests the sliders of a report, and the scenario that they write.
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { changedScenario } from '../../../src/present/report/changed.ts'
import { type Lever, leversOf } from '../../../src/present/report/levers.ts'
import { readScenario } from '../../../src/scenario/read.ts'
import { resolve } from '../../../src/scenario/resolve/resolve.ts'
import { parseText } from '../../../src/scenario/text.ts'

const reader = { read: () => Promise.reject(new Error('these scenarios read no files')) }
const plan = `# kept
conversations: { base: { p10: 40k, p90: 65k } }
resolution: { rate: 60% to 70%, improvement: 1pt/month }
human: { cost: { value: $6.00, source: payroll } }
offers:
  fin: { catalog: fin }
  ada: { charges: [{ meter: conversations, price: "uniform($1.00, $3e0)" }] }
  quoted: { charges: [{ id: use, meter: resolutions, price: "beta(2, 5)" }] }
  zendesk: { charges: [{ meter: resolutions, commitment: 30k/month, price: $1.50, overage: $2.00 }] }
`

/** The steps of the least value, of the plan's own and of the most. */
const placesOf = ({ start, steps }: Lever) => [0, start, steps.length - 1]

async function levers(text = plan) {
  const { data } = parseText(text)
  const { scenario } = await resolve(readScenario(text), reader)
  return leversOf(data, scenario)
}

it('sliders are volume, rate, improvement, people, then prices and commitments', async () => {
  expect((await levers()).map(({ path }) => path)).toEqual([
    'conversations.base',
    'resolution.rate',
    'resolution.improvement',
    'human.cost',
    'offers.fin.charges.outcomes.price',
    'offers.ada.charges[0].price',
    'offers.quoted.charges.use.price',
    'offers.zendesk.charges[0].price',
    'offers.zendesk.charges[0].commitment',
  ])
})

it('sliders start at the written value, and reach the round values within their range', async () => {
  const found = await levers()
  const lever = (path: string) => found.find((one) => one.path === path) ?? found[0]
  const ends = (path: string) => placesOf(lever(path)).map((step) => lever(path).steps[step].written)
  const last = (path: string) => lever(path).steps.at(-1)?.written
  expect(ends('conversations.base')).toEqual([
    { p10: '20.03k', p90: '32.55k' },
    { p10: '40k', p90: '65k' },
    { p10: '79.36k', p90: '129k' },
  ])
  expect(ends('human.cost')).toEqual(['$3', '$6.00', '$12'])
  expect(ends('offers.fin.charges.outcomes.price')).toEqual(['$0.5', '$0.99', '$1.98'])
  expect(ends('offers.ada.charges[0].price')).toEqual(['uniform($0.5, $1.5)', 'uniform($1.00, $3e0)', 'uniform($2, $6)'])
  expect(ends('offers.zendesk.charges[0].commitment')).toEqual(['0/month', '30k/month', '60000/month'])
  // A mean of 51,918 lies among thousands.
  expect(lever('conversations.base').steps.map(({ value }) => value)).toEqual(expect.arrayContaining([26_000, 51_900, 103_000]))
  expect(lever('resolution.rate')).toMatchObject({ unit: '%', start: 24 })
  expect(lever('resolution.rate').steps.map(({ value }) => value)).toEqual(
    Array.from({ length: 50 }, (_, k) => (k === 24 ? 65.1 : 41 + k)),
  )
  // Shape parameters are not amounts, so this distribution becomes a number.
  expect(last('offers.quoted.charges.use.price')).toBe(0.57)
  expect(last('resolution.improvement')).toBe('3pt/month')
  expect(ends('resolution.rate')[1]).toBe('60% to 70%')
  const [low, high] = String(last('resolution.rate')).split(' to ').map(Number.parseFloat)
  // Both ends move by the same step of log-odds, by the odds ratio of 90% to 65%, and keep three digits.
  const odds = (percent: number) => percent / (100 - percent)
  expect(odds(low) / odds(60) / (odds(high) / odds(70))).toBeCloseTo(1, 1)
  expect(low).toBeGreaterThan(85)
  expect(high).toBeLessThan(95)
})

it('every position of every slider gives a valid scenario', async () => {
  const found = await levers()
  for (let lever = 0; lever < found.length; lever++)
    for (const step of [...placesOf(found[lever]), 1, 37]) {
      const text = changedScenario(plan, found, [{ lever, step }], { trials: 20_000 })
      await expect(resolve(readScenario(text), reader)).resolves.toMatchObject({ run: { trials: 20_000 } })
    }
})

it('the changed scenario keeps its comments and everything that did not move', async () => {
  const found = await levers()
  const lever = found.findIndex(({ path }) => path === 'offers.fin.charges.outcomes.price')
  const text = changedScenario(plan, found, [{ lever, step: 0 }], { trials: 20_000, seed: '7' })
  expect(text).toMatch(/^# kept\n/)
  expect(parse(text)).toEqual({
    ...parse(plan),
    offers: { ...parse(plan).offers, fin: { catalog: 'fin', charges: { outcomes: { price: '$0.5' } } } },
    run: { trials: 20_000, seed: '7' },
  })
})

it('monthly volumes move as a whole', async () => {
  const text =
    'months: 3\nconversations: { monthly: [100, 200, 300] }\noffers: { a: { charges: [{ meter: conversations, price: $1 }] } }\n'
  const [volume] = await levers(text)
  expect(placesOf(volume).map((step) => [volume.steps[step].text, volume.steps[step].written])).toEqual([
    ['50%', [50, 100, 150]],
    ['100%', [100, 200, 300]],
    ['150%', [150, 300, 450]],
  ])
})

const segmented = `
conversations: { growth: 1%/month }
resolution: { improvement: 1pt/month }
human: { cost: $6 }
segments:
  us/chat: { conversations: { base: 30k to 40k }, resolution: { rate: 60% } }
  voice: { conversations: { monthly: [9k, 10k] }, resolution: { rate: 40% }, human: { cost: $11 } }
months: 2
offers:
  fin: { charges: [{ meter: resolutions, price: $0.99 }] }
`

it('sliders of segments stand between those of the plan and those of offers', async () => {
  const found = await levers(segmented)
  expect(found.map(({ path }) => path)).toEqual([
    'resolution.improvement',
    'human.cost',
    'segments.us/chat.conversations.base',
    'segments.us/chat.resolution.rate',
    'segments.voice.conversations.monthly',
    'segments.voice.resolution.rate',
    'segments.voice.human.cost',
    'offers.fin.charges[0].price',
  ])
  expect(found[3].label).toBe('Resolution rate of us/chat')
  const changed = changedScenario(
    segmented,
    found,
    [
      { lever: 2, step: found[2].steps.length - 1 },
      { lever: 4, step: 0 },
    ],
    {},
  )
  const { segments } = parse(changed) as { segments: Record<string, { conversations: object }> }
  expect(segments['us/chat'].conversations).toEqual({ base: '59.53k to 79.37k' })
  expect(segments.voice.conversations).toEqual({ monthly: [4500, 5000] })
})

it('sliders of segments leave those of offers their places', async () => {
  const segments = Array.from({ length: 20 }, (_, k) => `  s${k}: { conversations: { base: ${k + 1}k } }`).join('\n')
  const found = await levers(`segments:\n${segments}\noffers:\n  fin: { charges: [{ meter: conversations, price: $0.99 }] }\n`)
  expect(found).toHaveLength(12)
  expect(found[11].path).toBe('offers.fin.charges[0].price')
})

it('sliders are those of each part of an offer', async () => {
  const parted = `conversations: { base: 40k }
resolution: { rate: 60% }
offers:
  switch:
    parts:
      old: { charges: [{ meter: conversations, commitment: 30k/month, price: $0.70, overage: $1 }], until: 2027-05 }
      new: { catalog: fin, from: 2027-06 }
`
  const found = await levers(parted)
  expect(found.filter(({ path }) => path.startsWith('offers')).map(({ path, label }) => [path, label])).toEqual([
    ['offers.switch.parts.old.charges[0].price', 'Price of old in switch'],
    ['offers.switch.parts.old.charges[0].commitment', 'Commitment of old in switch'],
    ['offers.switch.parts.new.charges.outcomes.price', 'Price of new in switch'],
  ])
  const lever = found.findIndex(({ path }) => path === 'offers.switch.parts.new.charges.outcomes.price')
  const { offers } = parse(changedScenario(parted, found, [{ lever, step: found[lever].steps.length - 1 }], {}))
  expect(offers.switch.parts.new).toEqual({ catalog: 'fin', from: '2027-06', charges: { outcomes: { price: '$1.98' } } })
})
