// Plans with a mistake in their segments, and a part of the message that each gets.

const base = '20k'
const two = { chat: { conversations: { base } }, voice: { conversations: { base: '8k' } } }
const conversations = { noise: { cv: '5%' } }
const offers = { fin: { charges: [{ meter: 'resolutions', price: 1 }] } }
const plan = (more: object): object => ({ resolution: { rate: '60%' }, segments: two, offers, ...more })
const charge = (more: object): object => plan({ offers: { fin: { charges: [{ meter: 'resolutions', price: 1, ...more }] } } })
const chat = (more: object): object => plan({ segments: { ...two, chat: { conversations: { base }, ...more } } })
const shares = (chat: unknown, voice: unknown, more: object = {}): object =>
  plan({ conversations: { base: '50k' }, segments: { chat: { share: chat }, voice: { share: voice } }, ...more })
const named = (...names: readonly string[]): object =>
  plan({ segments: Object.fromEntries(names.map((name) => [name, { conversations: { base } }])) })

export const SEGMENT_SLIPS: readonly (readonly [plan: object, message: string])[] = [
  [
    charge({ of: 'chats' }),
    'offers.fin.charges[0].of: expected the name of a segment (chat, voice), got "chats", did you mean "chat"?',
  ],
  [
    plan({ offers: { fin: { ...offers.fin, of: ['voice', 'phone'] } } }),
    'offers.fin.of: expected the name of a segment (chat, voice), got "phone"',
  ],
  [
    plan({ offers: { fin: { of: 'chat', charges: [{ meter: 'resolutions', price: 1, of: 'voice' }] } } }),
    'offers.fin.charges[0].of: expected segments of the offer (chat), got "voice"',
  ],
  [charge({ of: 5 }), 'offers.fin.charges[0].of: expected the name of a segment, or a list of names such as [chat, email]'],
  [
    { conversations: { base }, resolution: { rate: '60%' }, offers: { fin: { of: 'chat', ...offers.fin } } },
    'offers.fin.of: expected no segment, since the plan has none: state `segments` first, got "chat"',
  ],
  [
    plan({ offers: { fin: { ...offers.fin, segments: { mail: { involvement: '50%' } } } } }),
    'offers.fin.segments.mail: expected the name of a segment (chat, voice), got "mail"',
  ],
  [
    plan({ offers: { fin: { ...offers.fin, of: 'chat', segments: { voice: { involvement: '50%' } } } } }),
    'offers.fin.segments.voice: expected a segment of the offer (chat), got "voice"',
  ],
  [shares('60%', '30%'), 'segments: expected shares that add up to 100%, got 90%'],
  [
    shares([{ until: '2027-03', value: '60%' }, { value: '70%' }], '40%'),
    'segments: expected shares that add up to 100%, got 110% in 2027-04',
  ],
  [shares('0%', 'discrete(0%: 1)'), 'segments: expected shares above 0% in every month, got only shares of 0%'],
  [
    shares('60%', '40%', { conversations: {} }),
    'conversations.base: expected conversations per month such as 50k, of which the segments state shares',
  ],
  [
    plan({ conversations: { base: '50k' }, segments: { chat: { share: '60%' }, voice: { conversations: { base } } } }),
    'segments.voice.share: expected a share, since chat states one: either all segments state shares or none does',
  ],
  [
    plan({ conversations: { base: '50k' }, segments: { chat: { share: 1, conversations: { base } } } }),
    "segments.chat.conversations.base: remove `base` or `share`: the share is one of the plan's own volume",
  ],
  [plan({ conversations: { base: '50k' } }), 'conversations.base: remove `base`, or state a share in every segment'],
  [
    plan({ conversations: { base: '50k' }, segments: { ...two, mail: {} } }),
    'segments.mail.conversations.base: expected conversations per month such as 50k, or a share of the plan in every segment, such as share: 60%, got nothing',
  ],
  [
    plan({ segments: { ...two, mail: {} } }),
    'segments.mail.conversations.base: expected conversations per month such as 50k, got nothing',
  ],
  [
    plan({
      months: 240,
      segments: Object.fromEntries(Array.from({ length: 60 }, (_, k) => [`s${k}`, { conversations: { base } }])),
      offers: Object.fromEntries(Array.from({ length: 40 }, (_, k) => [`o${k}`, offers.fin])),
    }),
    'segments: expected fewer months, segments or offers: 240 months, 60 segments and 40 offers need about 18 GB of memory',
  ],
  [plan({ segments: {} }), 'segments: expected at least one segment, got none'],
  [named(...Array.from({ length: 65 }, (_, k) => `s${k}`)), 'segments: expected at most 64 segments, got 65'],
  [named('us', 'us/chat'), 'segments.us: expected either a segment or a group, got "us" beside "us/chat", which is inside it'],
  [named('a/b/c/d/e'), 'segments.a/b/c/d/e: expected at most 4 levels, such as us/retail/chat, got 5'],
  [
    named('us/2'),
    'segments.us/2: expected a name that starts with a letter, followed by up to 63 letters, digits, _ or -, or several of them with slashes',
  ],
  [
    named('us/constructor'),
    'segments.us/constructor: expected another name: "us/constructor" has a part that is reserved by JavaScript',
  ],
  [named('Chat', 'chat'), 'segments.chat: expected names that differ not only in case, got "chat" and "Chat"'],
  [
    plan({ resolution: undefined, segments: { ...two, chat: { conversations: { base }, resolution: { rate: '60%' } } } }),
    'segments.voice.resolution.rate: expected a rate such as 65% (offer fin depends on it), got nothing',
  ],
  [
    chat({ human: { cost: '$6' } }),
    "segments.voice.human.cost: expected the cost of a contact with people such as $6, here or in the plan's own `human`, got nothing",
  ],
  [
    { conversations: { base }, human: { uplift: '5%' }, offers },
    'human.cost: expected an amount of 0 or more, or people on the payroll as `staff`, got nothing',
  ],
  [
    { conversations: { base }, resolution: { ceiling: '80%' }, offers },
    'resolution.rate: expected a share from 0% to 100%, got nothing',
  ],
  [
    plan({ conversations, segments: { ...two, chat: { conversations: { base, noise: { cv: '4%' }, last: 5 } } } }),
    'segments.chat.conversations.last: remove this key: it continues the own `noise` of a segment that shares no noise with others',
  ],
  [
    plan({
      conversations: { ...conversations, last: 5 },
      segments: { ...two, chat: { conversations: { monthly: new Array(12).fill(5) } } },
    }),
    'conversations.last: remove `last` or `monthly` of the segments: with `monthly`, the expected volume of the month before is not known',
  ],
  [chat({ conversations: { base, monthly: [1] } }), 'segments.chat.conversations.base: remove `base` or `monthly`'],
  [
    chat({ conversations: { base, seasonality: new Array(12).fill(0) } }),
    'segments.chat.conversations.seasonality: expected at least one factor above 0, got none',
  ],
  [
    plan({
      conversations,
      segments: { ...two, chat: { conversations: { base, noise: { cv: '4%' } } } },
      correlations: [{ between: ['conversations.noise', 'segments.chat.conversations.noise'], rho: 0.5 }],
    }),
    'correlations[0].between: expected own noises of two segments, got "conversations.noise" and "segments.chat.conversations.noise": a segment\'s volume has both noises',
  ],
  [
    charge({ meter: 'resolution' }),
    'offers.fin.charges[0].meter: expected a meter (conversations, tickets, resolutions, actions, escalations, minutes) or a quantity of the plan (it has none), got "resolution", did you mean "resolutions"?',
  ],
  [
    charge({ meter: 5 }),
    'offers.fin.charges[0].meter: expected conversations, tickets, resolutions, actions, escalations, minutes, or a quantity of the plan',
  ],
  [
    plan({ conversations: { quantities: { actions: 5 } } }),
    'conversations.quantities.actions: expected another name: state `conversations.actions`, since actions is a meter of every plan',
  ],
  [
    plan({ conversations: { quantities: { tickets: 5 } } }),
    'conversations.quantities.tickets: expected another name than "tickets"',
  ],
  [
    plan({ conversations: { quantities: { '2nd': 5 } } }),
    'conversations.quantities.2nd: expected a name that starts with a letter',
  ],
  [
    plan({ conversations: { quantities: { sms: 5, SMS: 4 } } }),
    'conversations.quantities.SMS: expected names that differ not only in case, got "SMS" and "sms"',
  ],
  [
    plan({
      conversations: { quantities: { surveys: { each: 0.1, per: 'ticket' } } },
      offers: { fin: { charges: [{ meter: 'surveys', price: 1, limit: '5k/month' }] } },
    }),
    'offers.fin.charges[0].limit: expected a limit on another meter: tickets arrive whether or not the AI stops',
  ],
]
