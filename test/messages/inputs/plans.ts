import { CHARGES, TERMS } from '../../contract/nonsense.ts'
import { base, charge, good, MISTAKES, SLIPS, yaml } from '../../scenario/slips.ts'
import { LEDGER_SLIPS } from '../../scenario/ledger-slips.ts'
import { RETURN_SLIPS } from '../../scenario/return-slips.ts'
import { SEGMENT_SLIPS } from '../../scenario/segment-slips.ts'
import { STAFF_SLIPS } from '../../scenario/staff-slips.ts'
import { TIME_SLIPS } from '../../scenario/time-slips.ts'
import { UNUSABLE } from '../../scenario/unusable-files.ts'
import { parse } from 'yaml'
import { compile } from '../../../src/compile/compile.ts'
import { fieldAt } from '../../../src/scenario/edit/field.ts'
import { chargeModelOf, chargeModels } from '../../../src/contract/charges/index.ts'
import { noFiles } from '../../../src/scenario/resolve/files.ts'
import { resolve } from '../../../src/scenario/resolve/resolve.ts'
import { readScenario } from '../../../src/scenario/read.ts'
import { mapInputs } from '../../../src/scenario/names.ts'
import { calls, type Subject } from '../input.ts'
import { defineCharge } from '../../../src/api/define-charge.ts'
import { plans } from '../plans.ts'

const offer = (one: object) => ({ ...good, offers: { one: one } })
const meter = 'resolutions'
const only = (one: object, terms: object = {}) => offer({ charges: [one], ...terms })
const noise = { base: '50k', noise: { cv: '8%' } }

const rule = defineCharge({ id: 'blocks', version: 1, counts: 'resolutions', bill: ({ resolutions }) => resolutions })

/** Each key that a kind of charge refuses, beside an example of that kind. */
const refused = [...chargeModels.values()].flatMap(({ model, refuses, examples }) => {
  const charge = model === 'rule' ? rule : (parse(examples[0].example) as object)
  return Object.keys(refuses).map((key) => ({ ...good, offers: { one: { charges: [{ ...charge, [key]: 1 }] } } }))
})

/** Closed months beside a plan. */
const closed = (csv: string, more: object = {}, actuals: unknown = 'closed.csv') =>
  plans([{ ...good, conversations: noise, actuals, ...more }], { 'closed.csv': csv }).map(({ run, shown }) => ({
    run,
    shown: `${shown} ⏎ closed.csv: ${csv.trim().replaceAll('\n', ' ⏎ ')}`,
  }))
const MONTHS = 'month,conversations\n2027-01,50000\n'
const RESOLVED = 'month,conversations,resolutions\n2027-01,50000,30000\n'
const SPLIT = 'month,segment,conversations,resolutions\n2027-01,chat,30000,18000\n2027-01,email,20000,12000\n'
const BY_PART = 'month,part,conversations,resolutions\n'
const parts = {
  old: { ...good.offers.fin, until: '2027-01', resolution: { rate: '45%', noise: { sd: '2pt' } } },
  new: { ...good.offers.fin, from: '2027-02', resolution: { rate: '60%', noise: { sd: '2pt' } } },
}
/** Closed months of an offer with parts that contradict it, or its file. */
const IN_PARTS: [csv: string, more: object][] = [
  ...[
    '2027-01,older,50000,20000\n',
    '2027-01,old,50000,20000\n2027-01,old,50000,20000\n',
    '2027-01,old,45000,20000\n2027-01,new,5000,0\n',
    '2027-01,old,50000,20000\n2027-01,new,50000,10\n',
    '2027-01,old,50000,0\n',
  ].map((rows): [string, object] => [BY_PART + rows, { offers: { both: { parts }, one: good.offers.fin } }]),
  [RESOLVED, { offers: { both: { parts: { old: { ...parts.old, resolution: { rate: '45%' } } } } } }],
  [RESOLVED, { offers: { both: { parts: { old: { ...parts.old, resolution: { rate: '100%', noise: { sd: '2pt' } } } } } } }],
  [RESOLVED, { resolution: undefined, offers: { both: { parts }, also: { parts } } }],
]
const noisy = { noise: { cv: '5%' } }
const streams = ({ conversations = {}, ...own }: { readonly conversations?: object; readonly resolution?: object }) => ({
  chat: { conversations: { base: '30k', ...conversations }, ...own },
  email: { conversations: { base: '20k', ...conversations }, ...own },
})
const past = (column: string, cell: string) =>
  `month,${column}tickets\n${Array.from({ length: 8 }, (_, k) => `2026-${String(k + 5).padStart(2, '0')},${cell}${1000 + k}\n`).join('')}`
const inHistory = (chat: object, more: object = {}) => ({ ...good, conversations: {}, segments: { chat }, ...more })
const inSegments = (csv: string, more: object) =>
  closed(csv, { conversations: {}, resolution: { rate: '60%' }, segments: streams({}), ...more })

const plan = `a: { resolution: { rate: 60% }, charges: [{ id: use, meter: resolutions, price: $1 }, { meter: tickets, price: $1 }] }`
const certain = (await resolve(readScenario(good), noFiles)).scenario
const settings = { measure: 'bill', pairs: 'none' } as const
const bundle = { model: 'bundles', meter: { resolutions: 1 }, bundles: [{ fee: { value: 1 } }], minimum: { quantity: 5 } }
const data = readScenario(`conversations: { base: 50k }\noffers: { ${plan} }`).data

export const subjects: Subject[] = [
  {
    folder: 'scenario',
    inputs: [
      ...plans(SEGMENT_SLIPS.map(([input]) => input)),
      ...plans([...TIME_SLIPS, ...LEDGER_SLIPS, ...RETURN_SLIPS, ...STAFF_SLIPS].map(([input]) => input)),
      ...plans(
        [...MISTAKES, ...SLIPS].map(([input]) => input).filter((input) => typeof input !== 'string' || input.length < 50_000),
      ),
      ...plans([`"${'9'.repeat(300)}"`, `"uniform(${'9'.repeat(3_000)})"`].map(base)),
      ...plans([
        `# ${'x'.repeat(1 << 20)}`,
        `a: &a [1, 2]\n${Array.from({ length: 101 }, (_, k) => `b${k}: *a`).join('\n')}`,
        'a: &a [*a]',
        '%YAML 1.1\n---\na: no',
        Array.from({ length: 1_001 }, (_, k) => `a${k}: &a${k} 1`).join('\n'),
        `a: [${'1, '.repeat(100_001)}]`,
        `a: &a [${'1, '.repeat(100)}]\nb: &b [${'*a, '.repeat(100)}]\nc: [${'*b, '.repeat(100)}]`,
        yaml('human: { cost: { value: $6, source: 2027 } }'),
        yaml(`resolution: { rate: { value: 65%, source: "${'x'.repeat(501)}" } }`),
        `${yaml('months: 12')}${Array.from({ length: 101 }, (_, k) => `key${k}: ${k}\n`).join('')}`,
        { ...good, offers: Object.fromEntries(Array.from({ length: 1001 }, (_, k) => [`o${k}`, { charges: [{ fee: 1 }] }])) },
        { ...good, conversations: { base: '50k', spikes: { probability: '4%', size: 2, months: 0 } } },
        { ...good, name: 'x'.repeat(500) },
        { ...good, discountRate: '8%/month' },
        { ...good, correlations: [{ between: ['a', 'b', 'c'], rho: 0.5 }] },
      ]),
    ],
  },
  {
    folder: 'scenario/edit',
    inputs: calls(
      () => fieldAt(data, 5 as never),
      () => fieldAt(data, 'conversations..base'),
      () => fieldAt(data, 'conversations'),
      () => fieldAt(data, 'conversatons.base'),
      () => fieldAt(data, 'resolution.colour'),
      () => fieldAt(data, 'offers.b.price'),
      () => fieldAt(data, 'offers.a.price'),
      () => fieldAt(data, 'conversations.base').notation.read('many'),
      () => fieldAt(data, 'offers.a.charges.use.price').notation.read('5%'),
      () => fieldAt(data, 'offers.a.charges.use.price').notation.read('€1.20'),
    ),
  },
  {
    folder: 'scenario/resolve',
    inputs: [
      ...plans(UNUSABLE.map(([input]) => input)),
      ...plans([
        { ...good, resolution: { rate: '65%', improvement: [{ until: '2027-03', value: '1pt/month' }, { value: '1%/month' }] } },
        {
          ...good,
          conversations: { base: '50k', noise: { cv: '8%' } },
          resolution: { rate: [{ until: '2027-03', value: '40%' }, { value: '60%' }], noise: { sd: '2pt' } },
          correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho: -0.2, measure: 'pearson' }],
        },
      ]),
      ...plans(
        [
          inHistory({ share: '100%', conversations: { history: 'past.csv' } }),
          inHistory({ conversations: { history: 'past.csv', monthly: [1] } }),
          inHistory({ conversations: { base: '5k', shared: true } }),
          inHistory({ conversations: { history: { file: 'past.csv', segment: 'chta' } } }),
          inHistory({ conversations: { history: { file: 'plain.csv', segment: 'chat' } } }),
          inHistory({ conversations: { history: { file: 'past.csv', segment: 'chat' } } }, { start: '2030-01' }),
          inHistory(
            { conversations: { history: { file: 'past.csv', segment: 'chat' } } },
            { conversations: { noise: { cv: '8%' }, last: 5 } },
          ),
          inHistory(
            { conversations: { history: { file: 'past.csv', segment: 'chat' } } },
            { conversations: { noise: { cv: '8%' } }, actuals: 'closed.csv' },
          ),
        ],
        { 'past.csv': past('channel,', 'chat,'), 'plain.csv': past('', ''), 'closed.csv': MONTHS },
      ),
      ...inSegments(SPLIT, {}),
      ...inSegments(SPLIT, { conversations: noisy }),
      ...inSegments(MONTHS, { segments: streams({ conversations: noisy }) }),
      ...inSegments(SPLIT.replace('email', 'mail'), { segments: streams({ conversations: noisy }) }),
      ...inSegments(SPLIT.replace(/2027-01,email.*/, ''), { segments: streams({ conversations: noisy }) }),
      ...inSegments(`${SPLIT}2027-01,chat,5,2\n`, { segments: streams({ conversations: noisy }) }),
      ...closed(SPLIT),
      ...inSegments(SPLIT, { segments: streams({ conversations: noisy }) }),
      ...inSegments(SPLIT.replace('12000', '0'), {
        resolution: { rate: '60%', noise: { sd: '2pt' } },
        segments: streams({ conversations: noisy }),
      }),
      ...inSegments(RESOLVED, {
        conversations: noisy,
        segments: streams({ conversations: noisy, resolution: { rate: '60%', noise: { sd: '2pt' } } }),
      }),
      ...inSegments(SPLIT.replace('12000', '0'), {
        conversations: noisy,
        resolution: { rate: '60%' },
        segments: {
          chat: { conversations: { base: '30k', ...noisy }, resolution: { noise: { sd: '2pt' } } },
          email: { conversations: { base: '20k', ...noisy, involvement: '0%' }, resolution: { noise: { sd: '2pt' } } },
        },
        correlations: [{ between: ['segments.chat.conversations.noise', 'segments.email.resolution.noise'], rho: 0.4 }],
      }),
      ...closed(RESOLVED, { resolution: { rate: '60%', returns: { share: '10%', lag: 1, to: 'ai' } } }),
      ...closed(RESOLVED, { resolution: { rate: [{ until: '2027-01', value: '0%' }, { value: '60%' }], noise: { sd: '2pt' } } }),
      ...plans(
        [
          { ...good, budget: { offer: 'ada', amount: '$480k' } },
          { ...good, budget: { offer: 'fin', amount: '$480k to $500k' } },
          { ...good, budget: { offer: 'fin', amount: '€400k' } },
          { ...good, exchange: { EUR: 'normal(1.08, 0.05)' }, budget: { offer: 'fin', amount: '€400k' } },
          { ...good, conversations: { ...noise, bootstrap: { block: 3, ratios: [1, 1.1] } } },
          { ...good, conversations: { base: '50k', bootstrap: { block: 3 } } },
          { ...good, conversations: { base: '50k', last: '48k' } },
          { ...good, conversations: { monthly: new Array(12).fill(1), noise: { cv: '8%' }, last: '48k' } },
          { ...good, conversations: {} },
          { ...good, conversations: { monthly: 'plan.csv' } },
          { ...good, correlations: [{ between: ['conversations.noise', 'offers.fin.price'], rho: 0.5 }], conversations: noise },
          {
            ...only({ meter, price: '$1 to $2' }),
            conversations: noise,
            correlations: [{ between: ['conversations.noise', 'offers.one.charges[0].price'], rho: 0.5 }],
          },
          {
            ...only({ meter, price: '$1 to $2' }),
            correlations: [{ between: ['offers.one.charges[0].price', 'offers.one.charges[0].price'], rho: 0.5 }],
          },
          { ...only({ meter, price: [{ until: '2027-06', value: '$1' }, { value: '€1' }] }), exchange: { EUR: 1.1 } },
          {
            ...good,
            conversations: { base: '45k to 55k' },
            resolution: { rate: '60% to 70%' },
            correlations: [
              { between: ['conversations.base', 'resolution.rate'], rho: 0.5 },
              { between: ['resolution.rate', 'conversations.base'], rho: -0.5 },
            ],
          },
          only({ meter, price: 1 }, { offset: '1pt', resolution: { offset: '2pt' } }),
          offer({
            charges: [
              { id: 'use', meter, price: 1 },
              { id: 'use', meter, price: 2 },
              { id: 'Use', meter, price: 3 },
            ],
          }),
          only({ meter, price: 1 }, { running: '$5k/quarter' }),
          { ...good, resolution: { rate: '65%', improvement: 'normal(1pt, 2pt)/month', approach: 'saturating', ceiling: '80%' } },
          { ...good, discountRate: '5000%' },
          { ...good, fiscalYearStart: 13 },
          { ...good, budget: { offer: 'fin', amount: '$480k', confidence: '120%' } },
          { ...good, conversations: { ...noise, last: 0 } },
          { ...good, resolution: { rate: '65%', noise: { sd: '60pt' } } },
          { ...good, resolution: { rate: '97%', noise: { sd: '20pt' } } },
          {
            ...good,
            conversations: { base: '50k', noise: { cv: '8%', autocorrelation: 0.9 } },
            resolution: { rate: '65%', noise: { sd: '2pt' } },
            correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho: 0.8 }],
          },
          {
            ...only({ meter, price: 'lognormal($1, $4)' }),
            conversations: { base: '45k to 55k' },
            correlations: [{ between: ['conversations.base', 'offers.one.price'], rho: 0.9, measure: 'pearson' }],
          },
          {
            ...only({ meter, price: 'pareto(2.1, $1)' }),
            conversations: { base: '45k to 55k' },
            correlations: [{ between: ['conversations.base', 'offers.one.price'], rho: 0.4, measure: 'pearson' }],
          },
          {
            ...only({ meter, price: '$1 to $2' }),
            conversations: { base: '45k to 55k' },
            copula: { t: 4 },
            correlations: [{ between: ['conversations.base', 'offers.one.price'], rho: 0.4, measure: 'spearman' }],
          },
          { ...good, copula: { t: 1 } },
          { ...good, human: { cost: '$6', uplift: '-20%' } },
          { ...good, human: { cost: '€6' } },
        ],
        { 'plan.csv': 'month,conversations\n2027-01,10\n' },
      ),
      ...IN_PARTS.flatMap(([csv, more]) => closed(csv, more)),
      ...closed('month,conversations\n'),
      ...closed('month;conversations\n2027-01;5\n'),
      ...closed('month,tickets\n2027-01,5\n'),
      ...closed('month,conversations\n2027-01,5\n2027-01,6\n'),
      ...closed('month,conversations\n2027-02,50000\n'),
      ...closed('month,conversations\n2027-01,many\n'),
      ...closed('month,conversations,resolutions\n2027-01,50000,60000\n'),
      ...closed(MONTHS, {}, { file: 'closed.csv', offer: 'ada' }),
      ...closed('month,conversations,invoice\n2027-01,50000,30000\n'),
      ...closed('month,conversations,invoice_GBP\n2027-01,50000,30000\n', {}, { file: 'closed.csv', offer: 'fin' }),
      ...closed('month,conversations,invoice\n2027-01,50000,$3\n2027-02,50000,€3\n', {}, { file: 'closed.csv', offer: 'fin' }),
      ...closed(
        'month,conversations,invoice\n2027-01,50000,30000\n',
        { exchange: { EUR: 1.08 }, offers: { fin: { charges: [{ fee: '€5' }, { fee: '$5' }] } } },
        { file: 'closed.csv', offer: 'fin' },
      ),
      ...closed(MONTHS, { conversations: { base: '50k' } }),
      ...closed(RESOLVED),
      ...closed(MONTHS, { counting: 'sampled' }),
      ...closed(MONTHS, {
        resolution: { rate: '65%', noise: { sd: '2pt' } },
        correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho: 0.5 }],
      }),
      ...closed(RESOLVED, {
        resolution: { rate: '65%', noise: { sd: '2pt' } },
        correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho: 1 }],
      }),
      ...closed(MONTHS, {
        offers: { fin: { resolution: { noise: { sd: '2pt' } }, charges: [{ meter, price: 1 }] } },
        correlations: [{ between: ['conversations.noise', 'offers.fin.resolution.noise'], rho: 0.5 }],
      }),
      ...closed(MONTHS),
      ...plans([
        {
          ...good,
          conversations: { base: 50000 },
          months: 18,
          offers: { fin: { charges: [{ meter, price: 1, minimum: '$30k/year' }] } },
        },
        only({ meter: 'tickets', price: '$1', minimum: '$20k/month', maximum: '$10k/month' }),
      ]),
      ...calls(() => noFiles.read('plan.csv')),
    ],
  },
  {
    folder: 'contract',
    inputs: [
      ...plans([
        ...CHARGES.map(([one]) => only(one)),
        ...refused,
        only({ credits: { actions: -1 }, price: 1 }),
        only({ meter, package: 0, price: 1 }),
        only({ seats: -1, price: 1 }),
        only({ meter, price: 1, included: 5, rollover: 1.5 }),
        only({ meter, price: 1, escalator: '5000%/year' }),
        only({ meter, price: 1, minimum: [{ until: '2027-03', value: '$5/month' }, { value: '5/month' }] }),
        only({ meter, price: 1, minimum: [{ until: '2027-03', value: '5/month' }, { value: '$5/month' }] }),
        only({ meter, price: 1, maximum: [{ until: '2027-03', value: '$5/month' }, { value: '$5/year' }] }),
        only({ meter, price: 1, included: [{ until: '2027-03', value: 5 }, { value: '5/year' }] }),
        only({ meter, price: 1 }, { offset: '2%' }),
        only({ meter, price: 1 }, { counted: { reopened: { share: '5%', lag: 1.5 } } }),
        only({ meter, price: 1 }, { renewal: { month: 1.5, change: '5%' } }),
        ...TERMS.map(([terms]) => only({ meter, price: 1 }, terms)),
        offer({ catalog: 'fin', charges: { seats: { price: 1 } } }),
        only({ meter, bundles: [{ to: 5, fee: 1 }, { fee: 2 }], minimum: '50/month' }),
        only({ meter, bundles: [{ to: 5, fee: 1 }, { fee: 2 }], limit: '$5' }),
        only({ seats: { perAgent: 60 }, price: 5, minimum: '10/year' }),
        only({ meter, included: '5/once', price: 1 }),
        only({ meter, minimum: '-5', price: 1 }),
        only({ meter, price: 1 }, { minimum: 'plenty' }),
        only({ meter, price: 1 }, { currency: 'EUR', minimum: '$5k/year' }),
        ...(
          [
            [{}, { included: { perSeat: '$5' } }],
            [{}, { included: { perSeat: '5/year' } }],
            [{ from: '2027-02' }, { included: { perSeat: 5 } }],
            [{}, { limit: '$5', included: { perSeat: 5 } }],
          ] as const
        ).map(([seats, usage]) =>
          offer({
            charges: [
              { seats: { perAgent: 60 }, price: 5, ...seats },
              { meter, price: 1, ...usage },
            ],
          }),
        ),
        only({ ...rule, counts: ['chats'] }),
        only({ rule: 'blocks', version: '1', label: 'blocks', counts: ['resolutions'] }),
        only({ ...rule, explain: 'words' }),
        only({ ...rule, rule: '1st' }),
        offer({ charges: [rule, { meter: 'conversations', price: 0.1, limit: '$20k/month' }] }),
        only({ fee: [{ until: '2027-06', value: '$5/month' }, { value: '$5/year' }] }),
        yaml('resolution: { rate: 65%, improvement: 1/month }'),
        charge('{ meter: resolutions, price: 1, escalator: 50%/year, discount: 200% }'),
      ]),
      ...calls(() => chargeModelOf({ model: 'flat' } as never)),
    ],
  },
  {
    folder: 'compile',
    inputs: [
      ...calls(
        () => compile({ ...certain, conversations: { base: 1, seasonality: new Array(12).fill(0) } } as never, settings),
        () => compile({ ...certain, offers: [{ ...certain.offers[0], charges: [bundle] }] } as never, settings),
        () => mapInputs({ colour: { distribution: 'uniform', min: 1, max: 2 } }, () => 1),
      ),
      ...plans([
        {
          ...good,
          conversations: { base: '45k to 55k' },
          resolution: { rate: '60% to 70%' },
          human: { cost: '$5 to $7' },
          correlations: [
            { between: ['conversations.base', 'resolution.rate'], rho: 0.9 },
            { between: ['conversations.base', 'human.cost'], rho: 0.9 },
            { between: ['resolution.rate', 'human.cost'], rho: -0.9 },
          ],
        },
      ]),
    ],
  },
]
