// What the calculator reads out of a plan, writes into it. test/browser/calculator.test.ts opens the page itself.
import { execFileSync } from 'node:child_process'
import { deflateRawSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { OFFER_COLORS } from '../../src/present/charts/theme.ts'
import { parse } from 'yaml'
import { withCalculator } from '../../scripts/docs/calculator.mjs'
import { withFittedDrivers } from '../../src/page/calculator/fitted-plan.ts'
import { commandFor } from '../../src/page/calculator/export-dialog.ts'
import { emailsOf } from '../../src/page/calculator/emails-dialog.ts'
import { movedBy } from '../../src/page/calculator/keys.ts'
import type { PlanAnswer } from '../../src/page/calculator/protocol.ts'
import { keepVariants, savedVariants, variantOf } from '../../src/page/calculator/variants.ts'
import {
  changedPlan,
  countOf,
  FIRST_PLAN,
  type Form,
  formOf,
  freeOfferName,
  moneyOf,
  rateSpan,
  rateText,
} from '../../src/page/calculator/plan.ts'
import { NO_FILES } from '../../src/api/beside.ts'
import { namesInPlan } from '../../src/page/calculator/opened-files.ts'
import { linkOf, LONGEST, planOfLink } from '../../src/page/calculator/share.ts'
import { inflated } from '../../src/page/inflated.ts'
import { lengthWords } from '../../src/page/calculator/share-dialog.ts'

describe('the form of a plan', () => {
  it('has the numbers that the plan states plainly, and leaves out the others', () => {
    expect(formOf(FIRST_PLAN)).toEqual({
      ...{ name: 'Annual budget 2027', currency: 'USD', start: '2027-01', volume: 50_000, noise: 8, rate: [60, 70] },
      ...{ improvement: 1, ceiling: 85, contact: 6, measure: 'bill', hasStaff: false, whole: true, segments: [] },
      offers: [
        { name: 'fin', title: 'Fin, $0.99 a resolution' },
        { name: 'per-conversation', title: 'Flat rate, $0.70 a conversation' },
        { name: 'zendesk', title: 'Zendesk, 30,000 resolutions a month committed' },
      ],
    })
    const { volume, rate } = formOf(
      'conversations: { base: lognormal(50k, 60k) }\nresolution: { rate: [{ until: 2027-03, value: 50% }] }',
    )
    expect([volume, rate]).toEqual([undefined, undefined])
  })

  it('writes a rate as it was typed, since a plan refuses a range of one number', () => {
    expect(['60%', '58% to 72%'].map((typed) => rateText(rateSpan(typed) ?? [0, 0]))).toEqual(['60%', '58% to 72%'])
  })

  it('has a team, segments and the segments that an offer is for', () => {
    const { hasStaff, staff, contact } = formOf(
      'human: { staff: { pay: $4800/month, minutes: 8, hours: 160/month, shortfall: $7 } }',
    )
    expect({ hasStaff, staff, contact }).toEqual({ hasStaff: true, staff: { pay: 4_800, minutes: 8, hours: 160, shortfall: 7 } })
    // A raise or a range is stated in another way.
    expect(formOf('human: { staff: { pay: { value: $4800/month }, minutes: 6 to 9 } }').staff).toEqual({})
    const { segments, offers } = formOf(`segments:
  chat: { share: 60%, resolution: { rate: 58% to 72% } }
  voice: { conversations: { base: 8k } }
offers: { a: { of: chat }, b: { of: [chat, voice] } }`)
    expect(segments).toEqual([
      { name: 'chat', share: 60, rate: [58, 72] },
      { name: 'voice', volume: 8_000 },
    ])
    expect(offers.map(({ of }) => of)).toEqual([['chat'], ['chat', 'voice']])
  })

  it('changes single fields, and keeps comments and all else', () => {
    const text = FIRST_PLAN.replace('rate: 60% to 70%', 'rate: 60% to 70% # our pilot')
    // Only spaces inside of brackets may change.
    const plain = (yaml: string) => yaml.replace(/(?<=\[) | (?=\])/g, '')
    expect(plain(changedPlan(text, [[['resolution', 'rate'], '55% to 75%']]))).toBe(text.replace('60% to 70%', '55% to 75%'))
    expect(changedPlan('{ not: [yaml', [[['name'], 'x']])).toBe('{ not: [yaml')
  })

  it('reads numbers as Americans write them, and none that could mean another', () => {
    expect(['50,000', '50k', '1.5m', '.5', '0,70', '1,2', '12,34,567', 'x'].map(countOf)).toEqual([
      ...[50_000, 50_000, 1_500_000, 0.5],
      ...[undefined, undefined, undefined, undefined],
    ])
    expect(['$0.88', '€1,200', '$30k', '0,70', '-5'].map(moneyOf)).toEqual([0.88, 1_200, 30_000, undefined, undefined])
  })

  it('gives each new offer a name of its own', () => {
    expect(freeOfferName('Fin!', formOf(FIRST_PLAN))).toBe('fin-2')
    expect(freeOfferName('360 Support', formOf(FIRST_PLAN))).toBe('offer-360-support')
  })
})

it('a plan in the documentation has a link below it that opens it, and a part of a plan has none', async () => {
  const plan = 'conversations: { base: 50k }\nresolution: { rate: 60% }\noffers: { fin: { catalog: fin } }\n'
  const block = (text: string) => `Text\n\n\`\`\`yaml\n${text}\`\`\`\n\nMore\n`
  const page = withCalculator(block(plan))
  const [, fragment = ''] = /\n\[Open in the calculator\]\(\/calculator\/index\.html(#plan=[\w-]+)\)/.exec(page) ?? []
  expect((await planOfLink(fragment))?.plan).toBe(plan)
  // In a list, the block stands further in.
  const [, inList = ''] = /\n {3}\[Open in .*?(#plan=[\w-]+)\)/.exec(withCalculator(block(plan).replace(/^(?=.)/gm, '   '))) ?? []
  expect((await planOfLink(inList))?.plan).toBe(plan)
  for (const other of [plan.replace('conversations', 'volumes'), plan.replace('base: 50k', 'monthly: past.csv'), 'a: [\n'])
    expect(withCalculator(block(other))).toBe(block(other))
})

describe('drivers that were fitted to a history', () => {
  const fitted = `# fitted to 36 months of past.csv
start: 2027-01
months: 24
conversations:
  # 52,745 ± 3.2%
  base: "lognormal(52771, 1674)"
  growth: "normal(2%, 7%)/year"
correlations:
  - { between: [conversations.base, conversations.growth], rho: -0.4 }
offers: { agentforce: { catalog: agentforce-conversations } }
`
  it('take the place of the volume with their comments, and leave the rate, the offers and the length of the plan', () => {
    const rated =
      'correlations: [{ between: [resolution.rate, resolution.improvement], rho: 0.2 }, { between: [conversations.noise, resolution.noise], rho: 0.3 }]'
    const found = withFittedDrivers(FIRST_PLAN + rated, fitted)
    const [before, after] = [FIRST_PLAN, found].map((text) => parse(text) as Record<string, unknown>)
    expect(after).toEqual({
      ...before,
      conversations: { base: 'lognormal(52771, 1674)', growth: 'normal(2%, 7%)/year' },
      // One that joined the noise of the earlier volume is gone.
      correlations: [
        { between: ['resolution.rate', 'resolution.improvement'], rho: 0.2 },
        { between: ['conversations.base', 'conversations.growth'], rho: -0.4 },
      ],
    })
    expect(found).toContain('# 52,745 ± 3.2%')
  })

  it('replace the whole volume by segments, and segments by the whole', () => {
    const segments = 'segments: { chat: { conversations: { base: 1000 } } }\n'
    expect(parse(withFittedDrivers(FIRST_PLAN, segments))).not.toHaveProperty('conversations')
    expect(parse(withFittedDrivers(segments, fitted))).not.toHaveProperty('segments')
    expect(withFittedDrivers('{ not: [yaml', fitted)).toBe('{ not: [yaml')
  })
})

describe('saved variants', () => {
  const answer = {
    grade: 'clear',
    sentences: ['Sign Fin.', 'Budget $9.'],
    offers: [{ title: 'Fin', budgets: { 50: '$7', 80: '$9', 90: '$10', 95: '$11' }, oddsWords: '96' }],
  }
  const one = variantOf('name: x', { name: 'x' } as Form, answer as unknown as PlanAnswer, [])
  const place = (text: string | null) => ({ getItem: () => text, setItem: vi.fn() })

  it('come back from the browser, each with a name of its own, and nothing else that stands there', () => {
    const two = variantOf('name: x', { name: 'x' } as Form, answer as unknown as PlanAnswer, [one])
    expect([one, two].map(({ name, verdict }) => [name, verdict])).toEqual([
      ['x', 'Sign Fin. Budget $9.'],
      ['x (2)', 'Sign Fin. Budget $9.'],
    ])
    const kept = place(null)
    expect(keepVariants(kept, [one, two])).toBe(true)
    const [[, text]] = kept.setItem.mock.calls as [[string, string]]
    expect(savedVariants(place(text))).toEqual([one, two])
    const odd = [
      { ...one, plan: 5 },
      { ...one, grade: 'certain' },
      { ...one, offers: one.offers.map((offer) => ({ ...offer, budgets: { ...offer.budgets, 80: 9 } })) },
      { ...one, offers: one.offers.map(({ budgets: { 95: _, ...budgets }, ...offer }) => ({ ...offer, budgets })) },
      null,
      'text',
      one,
      one,
      one,
      one,
    ]
    expect(savedVariants(place(JSON.stringify(odd)))).toEqual([one, one, one])
    expect(savedVariants(place('{'))).toEqual([])
    expect(savedVariants(place(null))).toEqual([])
  })

  it('last as long as the page where the browser keeps nothing', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }
    expect(keepVariants(full, [one])).toBe(false)
    expect(keepVariants(undefined, [one])).toBe(false)
    expect(savedVariants(undefined)).toEqual([])
  })
})

it('an email asks a vendor its own questions first, then those for every vendor', () => {
  const questions = { every: ['What counts?'], some: [{ vendor: 'Zendesk', questions: ['Are seats included?'] }] }
  const offers = [{ title: 'Zendesk renewal' }, { title: 'Flat rate' }] as unknown as PlanAnswer['offers']
  const [zendesk, flat] = emailsOf({ offers }, questions, 'Renewal')
  expect(zendesk.text).toContain('Subject: Renewal: questions on your offer')
  expect(zendesk.text).toContain('1. Are seats included?\n2. What counts?')
  expect(flat.text).toContain('1. What counts?\n\nThank you.')
})

it('Shift moves a slider five steps within its bounds, and B to the next break-even, then to the first', () => {
  const slider = { value: 60, step: 1, low: 30, high: 90, breakEvens: [50.1, 65.5] }
  const moved = (key: string, shift = false, value = 60) => movedBy({ key, shift }, { ...slider, value })
  expect(moved('ArrowRight', true)).toBe(65)
  expect(moved('ArrowDown', true, 32)).toBe(30)
  expect(moved('ArrowRight')).toBeUndefined()
  expect([moved('b'), moved('B', true, 65.5)]).toEqual([65.5, 50.1])
  expect(movedBy({ key: 'b', shift: false }, { ...slider, breakEvens: [] })).toBeUndefined()
})

describe('a link', () => {
  const hashOf = async (plan: string, texts = {}) =>
    new URL(await linkOf(plan, 'https://example.com/calculator.html#old', texts)).hash

  it('holds the plan and its files, and another fragment holds none', async () => {
    const link = await linkOf(FIRST_PLAN, 'https://example.com/calculator.html#old')
    expect(link).toMatch(/^https:\/\/example\.com\/calculator\.html#plan=[\w-]+$/)
    expect(await planOfLink(new URL(link).hash)).toEqual({ plan: FIRST_PLAN, files: NO_FILES })
    const texts = { 'data/past.csv': 'month,conversations\n2026-01,"1,200 é"\n' }
    expect(await planOfLink(await hashOf(FIRST_PLAN, texts))).toEqual({ plan: FIRST_PLAN, files: { texts, refused: {} } })
    for (const other of ['#plan=abc', '#other', '#plan=', '', `${new URL(link).hash}&files=AAAA`, `${new URL(link).hash}&other=1`])
      expect(await planOfLink(other)).toBeUndefined()
  })

  it('that unpacks to far more than a plan is refused after the first megabyte', async () => {
    const bomb = (bytes: number) => deflateRawSync(Buffer.alloc(bytes, 'a'), { level: 1 }).toString('base64url')
    const [huge, whole] = [bomb(2 ** 25), bomb(2 ** 20)]
    const spent = async (work: () => Promise<unknown>) => {
      const start = process.cpuUsage()
      await work()
      return process.cpuUsage(start).user
    }
    const all = await spent(async () =>
      expect(await inflated(huge.replaceAll('-', '+').replaceAll('_', '/'))).toHaveLength(2 ** 25),
    )
    const some = await spent(async () => expect(await planOfLink(`#plan=${huge}`)).toBeUndefined())
    expect(some).toBeLessThan(all / 2)
    expect((await planOfLink(`#plan=${whole}`))?.plan).toHaveLength(2 ** 20)
    expect(await planOfLink(`${await hashOf(FIRST_PLAN)}&files=${huge}`)).toBeUndefined()
    expect(await planOfLink(`#plan=${'A'.repeat(LONGEST)}`)).toBeUndefined()
  })

  it('whose files are no texts has none of them, and no name reaches a prototype', async () => {
    const texts = JSON.parse('{"__proto__": "a", "constructor": "b", "n": 5, "o": {"x": "y"}}') as Record<string, string>
    const shared = await planOfLink(await hashOf(FIRST_PLAN, texts))
    expect(Object.entries(shared?.files?.texts ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ])
    expect(({} as Record<string, unknown>).a).toBeUndefined()
    expect((await planOfLink(await hashOf(FIRST_PLAN, ['a', 'b'])))?.files).toEqual(NO_FILES)
  })

  it('has a warning of its length where programs may cut it', () => {
    expect(lengthWords(2_000)).toBe('')
    expect(lengthWords(2_001)).toMatch(/^The link has 2,001 characters\. Some mail and chat programs cut/)
    expect(lengthWords(32_001)).toMatch(/32,001 characters\. Mail and chat programs cut such links\. Send the exported files/)
  })
})

it('the command of an exported plan allows the folders of its files, and no name of a file can end it', () => {
  expect(commandFor('plan', ['data/past.csv', 'past.csv'])).toBe('npx billcast run plan.yaml')
  expect(commandFor('plan', ['../past.csv', '../other.csv', '/srv/a.csv'])).toBe(
    'npx billcast run plan.yaml --allow-path ../ --allow-path /srv/',
  )
  const hostile = commandFor('plan', ["../; rm -rf '$(x)/a.csv"])
  expect(
    execFileSync('sh', ['-c', hostile.replace('npx billcast run', "printf '%s\\n'")], { encoding: 'utf8' }).split('\n'),
  ).toEqual([...['plan.yaml', '--allow-path', "../; rm -rf '$(x)/", '']])
})

it('a dropped file is that of a plan if its text names it, in any folder', () => {
  const plan = `conversations: { history: { file: data/past.csv, since: 2024-01 } }
a: empirical(past.csv, rate)
b: "my past.csv"
c: xpast.csv
d: [pastXcsv, 'other/past.csv']`
  expect(namesInPlan(plan, 'past.csv')).toEqual(['data/past.csv', 'past.csv', 'other/past.csv'])
  expect(namesInPlan('conversations: { history: past.csv }', 'past.csv')).toEqual(['past.csv'])
  expect(namesInPlan(plan, 'st.csv')).toEqual([])
  expect(namesInPlan(plan, '(.*')).toEqual([])
})

it('the pill of a clear choice has readable letters in the color of every offer, light and dark', () => {
  const light = (color: string): number => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (one: string, other: string): number => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  const sheet = readFileSync('src/page/calculator/page.css', 'utf8')
  const letters = [...sheet.matchAll(/--on-accent: (#[0-9a-f]+)/g)].map(([, color]) =>
    color.length === 4 ? `#${[...color.slice(1)].map((digit) => digit + digit).join('')}` : color,
  )
  expect(letters).toHaveLength(2)
  for (const pair of OFFER_COLORS) for (const [k, color] of pair.entries()) expect(contrast(color, letters[k])).toBeGreaterThan(4.5)
})
