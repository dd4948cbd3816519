// A generator of valid plans with segments: any plan, whose volume is split between two or three segments with rates, people, noises and
// involvement of their own, in stages or not. Charges count all segments, a group, or one of them.
import fc from 'fast-check'
import { anyContract } from './contracts.ts'
import { anyScenario, type Written } from './scenarios.ts'

const NAMES = ['chat', 'us/email', 'us/voice'] as const

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const stages = (value: unknown, next: unknown) => [{ until: '2027-02', value }, { value: next }]

/** What a segment may state itself. The first segment inherits all of it, so that no input of the plan is left out. */
const own = fc.record({
  rate: optional(fc.constantFrom<unknown>('40%', '45% to 60%', stages('40%', '50% to 60%'))),
  involvement: optional(fc.constantFrom<unknown>('70%', stages('20%', '60% to 90%'))),
  noise: optional(fc.constantFrom({ cv: '20%' }, { cv: '40%', autocorrelation: 0.6 })),
  minutes: optional(fc.constantFrom('3', '2 to 6')),
  cost: optional(fc.constantFrom<unknown>('$9', stages('$5', '$7 to $9'))),
})

const shares = fc.constantFrom<(readonly unknown[])[]>(
  ['60%', '40%'],
  ['20%', '50%', '30%'],
  ['uniform(10%, 90%)', '20% to 40%'],
  [stages('70%', '10%'), stages('30%', '90%')],
)

const of = optional(fc.constantFrom<unknown>('chat', 'us', ['chat', 'us/email']))

type Own = typeof own extends fc.Arbitrary<infer T> ? T : never

interface Choice {
  readonly shares: readonly unknown[]
  readonly own: readonly Own[]
  readonly of: readonly unknown[]
  readonly vendor: boolean
}

type Fields = Readonly<Record<string, unknown>>

const stated = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

function segmentOf(plan: Fields, share: unknown, own: Own): Fields {
  const { rate, involvement, noise, minutes, cost } = own
  return stated({
    share,
    conversations: stated({ involvement, noise, minutes }),
    ...(plan.resolution !== undefined && rate !== undefined && { resolution: { rate } }),
    ...(plan.human !== undefined && cost !== undefined && { human: { cost } }),
  })
}

/** @param at the number of charges before those of the offer */
function offerOf(offer: Fields, choice: Choice, at: number): Fields {
  const { charges } = offer
  if (!Array.isArray(charges)) return offer
  const restricted = charges.map((charge: Fields, k) => {
    const some = choice.of[(at + k) % choice.of.length]
    return 'meter' in charge && some !== undefined ? { ...charge, of: some } : charge
  })
  const vendor = choice.vendor ? { segments: { chat: { involvement: '50%', counted: { resolved: '90%' } } } } : {}
  return { ...offer, charges: restricted, ...vendor }
}

function segmented(plan: Written, choice: Choice): Written {
  const none = { rate: undefined, involvement: undefined, noise: undefined, minutes: undefined, cost: undefined }
  const segments = choice.shares.map((share, s) => [NAMES[s], segmentOf(plan, share, s === 0 ? none : choice.own[s - 1])])
  const offers = Object.entries(plan.offers).map(([name, offer], k) => [name, offerOf(offer as Fields, choice, k)])
  return { ...plan, segments: Object.fromEntries(segments), offers: Object.fromEntries(offers) }
}

export const anySegmented: fc.Arbitrary<Written> = fc
  .tuple(
    fc.oneof(anyScenario, anyContract),
    fc.record({
      shares,
      own: fc.array(own, { minLength: 2, maxLength: 2 }),
      of: fc.array(of, { minLength: 5, maxLength: 5 }),
      vendor: fc.boolean(),
    }),
  )
  .map(([plan, choice]) => segmented(plan, choice))
