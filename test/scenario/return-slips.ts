// Plans with a mistake in what comes back, and a part of the message that each gets.
import { good } from './slips.ts'

const charges = [{ meter: 'resolutions', price: 1 }]
const plan = (returns: object, counted: object = {}): object => ({
  ...good,
  resolution: { rate: '65%', returns },
  offers: { fin: { charges, counted } },
})
const twice = 'both say what the vendor does with resolutions whose customers come back, and they would be credited twice'

export const RETURN_SLIPS: readonly (readonly [plan: object, message: string])[] = [
  [
    plan({ share: '10%', lag: 0, to: 'ai' }),
    'resolution.returns.lag: expected a lag of 1 or more, such as lag: 1, since the AI may try again from the next month on, got 0',
  ],
  [
    { ...plan({ share: '10%' }), offers: { fin: { charges, resolution: { returns: { share: '10%', lag: 0, to: 'ai' } } } } },
    'offers.fin.resolution.returns.lag: expected a lag of 1 or more',
  ],
  [plan({ share: '110%' }), 'resolution.returns.share: expected a share from 0% to 100%'],
  [plan({ share: '10%', lag: 1.5 }), 'resolution.returns.lag: expected a whole number of months from 0 to 239'],
  [plan({ share: '10%', to: 'bot' }), 'resolution.returns.to: expected "people" or "ai", got "bot"'],
  [
    plan({ lag: 1 }),
    'resolution.returns.share: expected a share such as 65% or 0.65, a range such as "A to B", or a distribution, got nothing',
  ],
  [
    plan({ share: '10%' }, { returned: 'refunded' }),
    'offers.fin.counted.returned: expected "billed" or "credited", got "refunded"',
  ],
  [
    plan({ share: '10%' }, { returned: 'credited', reopened: '5%' }),
    `offers.fin.counted.returned: remove \`returned\` or \`reopened\`: ${twice}`,
  ],
  [
    {
      ...good,
      conversations: {},
      resolution: { rate: '65%', returns: { share: '10%' } },
      segments: { chat: { conversations: { base: '30k' } } },
      offers: { fin: { charges, counted: { reopened: '5%' }, segments: { chat: { counted: { returned: 'credited' } } } } },
    },
    `offers.fin.segments.chat.counted.returned: remove \`returned\` or \`reopened\`: ${twice}`,
  ],
]
