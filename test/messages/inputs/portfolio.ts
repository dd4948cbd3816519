import { portfolio } from '../../../src/api/index.ts'
import type { PortfolioInput } from '../../../src/scenario/plan.generated.ts'
import { readPortfolio } from '../../../src/scenario/portfolio/read.ts'
import { resolvePortfolio } from '../../../src/scenario/portfolio/resolve.ts'
import { reader } from '../plans.ts'
import { type Input, inline, short, type Subject } from '../input.ts'

const scenario = {
  conversations: { base: '45k to 60k', noise: { cv: '8%' } },
  resolution: { rate: '60% to 70%' },
  offers: { fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] } },
}
const signed = (more: object) => ({ offer: 'fin', scenario: { ...scenario, ...more } })
const one = signed({})
const euros = { ...scenario.offers, fin: { charges: [{ meter: 'resolutions', price: '€0.90' }] } }
const t = (degrees: number) => ({
  copula: { t: degrees },
  correlations: [{ between: ['conversations.base', 'resolution.rate'], rho: 0.5 }],
})
const files = {
  'closed.csv': 'month,conversations\n2027-01,50000\n',
  'plans/a.yaml': 'months: 12\nconversations: { base: many }\noffers: {}',
}

/** Portfolios with one mistake each. */
const portfolios = (list: Readonly<Record<string, unknown>>): Input[] =>
  Object.entries(list).map(([shown, input]) => ({
    shown: short(shown === '' ? inline(input) : shown),
    run: () => portfolio(input as PortfolioInput, { trials: 64, files }),
  }))

const two = (a: object, b: object = one, more: object = {}) => ({ plans: { a, b }, ...more })
const rho = (a: string, b: string, more: object = {}) => ({ correlations: [{ between: [a, b], rho: 0.5, ...more }] })

export const subjects: Subject[] = [
  {
    folder: 'scenario/portfolio',
    inputs: portfolios({
      'a text': 'many plans',
      'a plan instead of a portfolio': scenario,
      'plans: {}': { plans: {} },
      'plans: { a: { offer: fin } }': { plans: { a: { offer: 'fin' } } },
      'a file that is missing': { plans: { a: { offer: 'fin', file: 'plans/b.yaml' } } },
      'a file with problems': { plans: { a: { offer: 'fin', file: 'plans/a.yaml' } } },
      'offer: fim': two({ ...one, offer: 'fim' }),
      'a plan with closed months': two(signed({ actuals: 'closed.csv' })),
      'a plan in EUR without a rate': two(signed({ currency: 'EUR', offers: euros })),
      'shared: [conversations.bass]': two(one, one, { shared: ['conversations.bass'] }),
      'shared: [human.cost]': two(one, one, { shared: ['human.cost'] }),
      'shared: [resolution.rate], in one plan': two(one, signed({ resolution: { rate: '65%' } }), { shared: ['resolution.rate'] }),
      'shared: [resolution.rate], different': two(one, signed({ resolution: { rate: '50% to 70%' } }), {
        shared: ['resolution.rate'],
      }),
      'shared: [resolution.rate], which an offer replaces': two(
        one,
        { ...one, scenario: { ...scenario, offers: { fin: { ...scenario.offers.fin, resolution: { rate: '50%' } } } } },
        { shared: ['resolution.rate'] },
      ),
      'shared noise beside `last`': two(one, signed({ conversations: { ...scenario.conversations, last: '50k' } }), {
        shared: ['conversations.noise'],
      }),
      'a correlation of an unknown input': two(one, one, rho('a.conversations.bass', 'b.conversations.base')),
      'a correlation of no plan': two(one, one, rho('conversations.base', 'b.conversations.base')),
      'a correlation of a noise and an input': two(one, one, rho('a.conversations.noise', 'b.conversations.base')),
      'a Pearson correlation of a rate': two(one, one, {
        exchange: { EUR: '1.0 to 1.2' },
        ...rho('exchange.EUR', 'b.conversations.base', { measure: 'pearson' }),
      }),
      'a correlation of inputs that a t copula joins': two(signed(t(4)), one, rho('a.conversations.base', 'b.conversations.base')),
      "a plan named '1 brand'": { plans: { '1 brand': one } },
      'two copulas of shared inputs': two(signed(t(4)), signed(t(5)), { shared: ['conversations.base', 'resolution.rate'] }),
      'two copulas of one shared input': two(
        signed(t(4)),
        signed({
          human: { cost: '$4 to $8' },
          ...t(5),
          correlations: [{ between: ['conversations.base', 'human.cost'], rho: 0.5 }],
        }),
        { shared: ['conversations.base'] },
      ),
      'two correlations of shared inputs': two(
        signed({ correlations: [{ between: ['conversations.base', 'resolution.rate'], rho: 0.5 }] }),
        signed({ correlations: [{ between: ['conversations.base', 'resolution.rate'], rho: 0.4 }] }),
        { shared: ['conversations.base', 'resolution.rate'] },
      ),
      'a correlation of a third currency': two(
        signed({
          ...{ currency: 'EUR', exchange: { GBP: '1.1 to 1.2' } },
          offers: { fin: { charges: [{ meter: 'resolutions', price: '£0.90' }] } },
          correlations: [{ between: ['exchange.GBP', 'conversations.base'], rho: 0.5 }],
        }),
        one,
        { exchange: { EUR: 1.1, GBP: '1.2 to 1.4' } },
      ),
      'plans 25 years apart': two(one, signed({ start: '2052-01' })),
    }).concat({
      shown: 'a file that is not UTF-8',
      run: () =>
        resolvePortfolio(
          readPortfolio({ plans: { a: { offer: 'fin', file: 'latin.yaml' } } }),
          reader({ 'latin.yaml': Uint8Array.of(0x6e, 0xe9) }),
        ),
    }),
  },
  {
    folder: 'questions/portfolio',
    inputs: [
      { shown: "portfolio('all.yaml')", run: () => portfolio('all.yaml') },
      {
        shown: 'portfolio(forty plans, { trials: 16_777_216 })',
        run: () =>
          portfolio({ plans: Object.fromEntries(Array.from({ length: 40 }, (_, k) => [`p${k}`, one])) }, { trials: 2 ** 24 }),
      },
    ],
  },
]
