// Plans with segments on which engine, invoice and oracle are compared.
import type { Written } from './scenarios.ts'

const perResolution = { charges: [{ meter: 'resolutions', price: '$0.99' }] }

export const everySegment: Readonly<Record<string, Written>> = {
  'segments with volumes, rates and people of their own': {
    start: '2027-03',
    months: 14,
    conversations: {
      growth: 'normal(1%, 0.5%)/month',
      seasonality: [1, 0.9, 1, 1, 1.1, 1, 1, 1, 1, 1, 1, 1.3],
      noise: { cv: '6%', autocorrelation: 0.5 },
      spikes: { probability: '10%', size: 'uniform(1.1, 1.6)', months: 2 },
      last: 70_000,
      involvement: [{ until: '2027-06', value: '80%' }, { value: 'uniform(85%, 95%)' }],
      quantities: { messages: '4 to 7', sms: { each: 1.5, per: 'escalation' } },
    },
    resolution: { improvement: '1pt/month', ceiling: '85%', noise: { sd: '3pt', autocorrelation: 0.6 } },
    human: { cost: '$6.00', uplift: '10%' },
    correlations: [
      { between: ['conversations.noise', 'resolution.noise'], rho: -0.3 },
      { between: ['segments.us/chat.conversations.noise', 'segments.us/email.conversations.noise'], rho: 0.4 },
      { between: ['segments.us/chat.conversations.base', 'segments.voice.conversations.base'], rho: 0.5 },
    ],
    segments: {
      voice: {
        conversations: {
          base: '8k to 12k',
          growth: '2%/month',
          minutes: '3 to 5',
          quantities: { sms: { each: 'uniform(0, 1)', per: 'ticket' } },
        },
        resolution: { rate: '25% to 45%', noise: { sd: '5pt', autocorrelation: 0.2 } },
        human: { cost: '$11 to $13' },
      },
      'us/email': {
        conversations: {
          base: [{ until: '2027-09', value: '21k to 30k' }, { value: 28_000 }],
          noise: { cv: '9%' },
          seasonality: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        },
        resolution: {
          rate: '35% to 55%',
          improvement: '2%/month',
          setbacks: { probability: '20%', size: 'uniform(2pt, 9pt)', months: 3 },
        },
        human: { cost: '$9', uplift: 'uniform(0%, 20%)' },
      },
      'us/chat': {
        conversations: {
          base: '36k to 45k',
          noise: { cv: '5%', autocorrelation: 0.3 },
          spikes: { probability: '15%', size: 1.3 },
          actions: 'gamma(4, 0.5)',
        },
        resolution: { rate: '58% to 72%' },
      },
    },
    offers: {
      split: {
        charges: [
          { meter: 'resolutions', of: 'us', price: 'uniform(0.9, 1.1)' },
          { meter: 'resolutions', of: 'voice', price: '$1.99' },
          { meter: 'minutes', of: 'voice', price: '$0.06' },
          { meter: 'actions', of: ['us/chat', 'voice'], price: '$0.02' },
          { meter: 'sms', price: '$0.03' },
          { meter: 'messages', package: 1000, price: '$4', of: 'us/chat' },
        ],
        running: '$4k/month',
      },
      pooled: {
        charges: [
          { meter: 'resolutions', period: 'year', commitment: '400k/year', price: '$1.50', overage: 'uniform(1.8, 2.2)' },
          { fee: '$2k/month', of: 'us' },
          { seats: { perAgent: 600 }, price: '$115/month', of: ['us/email', 'voice'] },
          { meter: 'conversations', graduated: [{ to: '60k', price: 0.1 }, { price: 0.05 }], included: { perSeat: 20 } },
          { meter: 'tickets', price: 0.02, minimum: '$6k/quarter', of: 'us', discount: '10%' },
          { meter: 'conversations', price: 0.05, maximum: '$9k/quarter' },
        ],
        minimum: '$1.2m/year',
      },
      chat: {
        ...perResolution,
        of: 'us/chat',
        involvement: '70% to 90%',
        quantities: { messages: 5 },
        refund: { months: 3, below: '66%', share: '50%' },
        guarantee: { months: 6, notAbove: '68%', payment: '$20k' },
      },
      own: {
        charges: [
          { meter: 'resolutions', price: 1 },
          { meter: 'messages', price: 0.01 },
        ],
        resolution: { offset: '-4pt', noise: { sd: '4pt', autocorrelation: 0.1 } },
        counted: { resolved: '95%', reopened: { share: '5% to 15%', lag: 1 } },
        segments: {
          voice: { resolution: { rate: '30%', noise: { sd: '6pt' } }, counted: { unresolved: 'uniform(2%, 6%)' } },
          'us/chat': { involvement: 'uniform(50%, 60%)', resolution: { offset: '3pt' } },
        },
      },
      limited: {
        charges: [
          { meter: 'conversations', of: 'us/chat', price: 1, limit: '110k/quarter' },
          { meter: 'resolutions', of: ['us/email', 'voice'], price: 1.2, limit: '12k/month' },
          { meter: 'minutes', price: 0.01 },
        ],
      },
      capped: {
        charges: [
          { meter: 'conversations', of: 'us', price: 1 },
          { meter: 'minutes', of: 'voice', price: 0.5, limit: '$70k/month' },
        ],
      },
    },
  },
  'segments with shares of one volume': {
    months: 9,
    conversations: { base: '40k to 60k', growth: '1%/month', noise: { cv: '10%', autocorrelation: 0.4 } },
    resolution: { rate: '60% to 70%', noise: { sd: '2pt' } },
    human: { cost: '$6.00' },
    segments: {
      retail: { share: '50% to 70%', conversations: { noise: { cv: '8%', autocorrelation: -0.3 } } },
      travel: { share: [{ until: '2027-04', value: '20%' }, { value: 'uniform(20%, 40%)' }], resolution: { rate: '50%' } },
      bank: { share: '15%', conversations: { spikes: { probability: '20%', size: 'uniform(1.2, 2)', months: 2 } } },
    },
    offers: {
      fin: perResolution,
      tiered: {
        charges: [{ meter: 'resolutions', volume: [{ to: '20k', price: 1 }, { to: '30k', price: 0.9, fee: 500 }, { price: 0.8 }] }],
      },
      bundles: { charges: [{ meter: 'tickets', bundles: [{ to: '40k', fee: '$9k' }, { fee: '$15k' }], ratchet: true }] },
      upfront: { charges: [{ meter: 'resolutions', price: 1 }], minimum: '$240k/year', paid: 'upfront', of: ['retail', 'bank'] },
    },
  },
  'segments with listed volumes, some of them 0': {
    months: 4,
    conversations: { noise: { cv: '12%' } },
    segments: {
      a: { conversations: { monthly: [0, 5_000, 7_000, 0] } },
      b: { conversations: { monthly: [0, 0, 3_000, 9_000], noise: { cv: '20%' } } },
    },
    offers: {
      both: { charges: [{ meter: 'conversations', commitment: '4k/month', price: 1, overage: 1.5 }, { fee: '$300/month' }] },
    },
  },
}
