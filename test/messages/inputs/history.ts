import { calibrate } from '../../../src/api/index.ts'
import { formatMonth } from '../../../src/months.ts'
import { calls, cases, type Input, type Subject } from '../input.ts'
import { prepareScenario } from '../../../src/api/run.ts'
import { reader } from '../plans.ts'
import { good } from '../../scenario/slips.ts'

const months = (values: readonly (number | string)[], header = 'month,conversations') =>
  `${header}\n${values.map((value, k) => `${formatMonth(2023 * 12 + k)},${value}`).join('\n')}\n`
const day = (k: number) => new Date(Date.UTC(2024, 0, 1 + k)).toISOString().slice(0, 10)
const days = (from: number, to: number, value = (_: number): number | string => 10) =>
  `date,tickets\n${Array.from({ length: to - from }, (_, k) => `${day(from + k)},${value(from + k)}`).join('\n')}\n`
const plain = [100, 110, 120, 130, 140, 150, 160]
const text = months(plain)
const lines = text.trim().split('\n')
const seasonal = (n: number, at = (k: number) => 1000 + 100 * Math.sin(k / 2) + ((k * 7919) % 31)) =>
  Array.from({ length: n }, (_, k) => Math.round(at(k)))

/** A plan whose volumes come from a history, whose notes and errors are those of the plan. */
const histories = (list: Readonly<Record<string, string>>, options: object = {}): Input[] =>
  Object.entries(list).map(([shown, csv]) => ({
    shown: `history.csv: ${shown}`,
    run: () => {
      const conversations = { history: { file: 'h.csv', ...options }, base: '50k' }
      return prepareScenario({ ...good, conversations }, {}, reader({ 'h.csv': csv }))
    },
  }))
/** Chat has a month more than email. */
const channels = months(
  plain.map((volume, k) => `${volume},chat\n${formatMonth(2023 * 12 + k)},${2 * volume},email`),
  'month,conversations,channel',
).concat('2023-08,170,chat\n')
const ofChannels = (conversations: object, more: object = {}) =>
  prepareScenario(
    { ...good, conversations: { history: 'channels.csv', ...conversations }, ...more } as never,
    {},
    reader({ 'channels.csv': channels }),
  )
const asked = (history: unknown, more: object = {}) =>
  prepareScenario({ ...good, conversations: { history, ...more } } as never, {}, reader({ 'h.csv': text }))

export const subjects: Subject[] = [
  {
    folder: 'forecasting',
    inputs: [
      ...histories({
        'five months': months([1, 2, 3, 4, 5]),
        'seven months': text,
        'twenty months': months(seasonal(20)),
        'a level that drifts': months(seasonal(18, (k) => 1000 * 1.5 ** Math.sin(k / 9))),
        'a spike in a calendar month that was seen once': months(
          seasonal(40, (k) => (k === 5 ? 3 : 1) * (1000 + ((k * 7919) % 31))).slice(0, 16),
        ),
        'a December that was seen once': months(seasonal(23, (k) => (k === 11 ? 3500 : 1000) + ((k * 7919) % 31))),
        'months of 0 among small counts': months(seasonal(24, (k) => (k * 7919) % 3)),
        'volumes that double at one month': months(seasonal(40, (k) => (k < 20 ? 1000 : 2200) + ((k * 7919) % 31))),
        'a cell that is no number': months([1, 2, 'many', 4, 5, 6]),
        'a day written 03/04/2023': text.replace('2023-02', '03/04/2023'),
        'months and days': text.replace('2023-02', '2023-02-28'),
        'more resolutions than conversations': months(
          plain.map((value, k) => `${value},${k === 3 ? 131 : 5}`),
          'month,conversations,resolutions',
        ),
        'resolutions in three months only': months(
          plain.map((value, k) => `${value},${k < 3 ? 5 : ''}`),
          'month,conversations,resolutions',
        ),
        'one month twice, with other numbers': `${text}2023-03,121\n`,
        'one month twice': `${text}2023-03,120\n`,
        'two months in another order': [lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n'),
        'months that are missing, empty or 0': months([100, '', 120, 0, 140, 150, 160, 170, 180]).replace(/2023-07.*\n/, ''),
        'a rate in place of volumes': months(
          plain.map(() => '0.6'),
          'month,resolution_rate',
        ),
        'a rate beside volumes': months(
          plain.map((value) => `${value},0.6`),
          'month,conversations,resolution_rate',
        ),
        'an AI that goes live in the ninth month': months(
          seasonal(20).map((value, k) => `${value},${k < 8 ? 0 : Math.round(value * 0.6)}`),
          'month,conversations,resolutions',
        ),
        'a month whose rate stands out': months(
          seasonal(20).map((value, k) => `${value},${Math.round(value * (k === 9 ? 0.2 : 0.6))}`),
          'month,conversations,resolutions',
        ),
        'a last month that is not over': months([...plain, 60]),
        'columns a,b,c': months(
          plain.map((value) => `${value},1`),
          'a,b,c',
        ),
        'days, the first and the last month not whole': days(14, 233),
        'days, some missing or empty': days(0, 213, (k) => (k === 40 ? '' : 10)).replace(/2024-05-[12].*\n/g, ''),
        'a month 601 months later': `${text}2080-03,5\n`,
      }),
      ...histories({
        'weeks, one of which is empty or missing': `week,tickets\n${Array.from(
          { length: 50 },
          (_, k) => `${day(7 * k)},${k === 20 ? '' : 70}`,
        )
          .filter((_, k) => k !== 30)
          .join('\n')}\n`,
        'channels, not added up': months(
          plain.map((value) => `chat,${value}`),
          'month,channel,tickets',
        ).replace(/2023-02.*\n/, '2023-02,chat,50\n2023-02,mail,60\n'),
        'tickets and chats': months(
          plain.map((value) => `${value},1`),
          'month,tickets,chats',
        ),
        'solved tickets': months(
          plain.map((value) => `${value},1`),
          'month,created tickets,solved tickets',
        ),
        '41.546 in every cell': months(['41.546', '43.843', '42.572', '40.303', '41.000', '42.000']),
      }),
      ...histories(
        {
          'two rows for a month, added up': months(
            plain.map((value) => `chat,${value}`),
            'month,channel,tickets',
          ).replace(/2023-02.*\n/, '2023-02,chat,50\n2023-02,mail,60\n'),
        },
        { sumRows: true },
      ),
      ...histories({ 'columns: { month: x }': text }, { columns: { month: 'x' } }),
      ...histories({ 'workingDays: XX': text }, { workingDays: 'XX' }),
      ...histories({ 'workingDays: weekdays': text }, { workingDays: 'weekdays' }),
      ...histories({ 'since: 2023-02': months([...plain, 170]) }, { since: '2023-02' }),
      ...calls(
        () => calibrate([[1, 2]] as never),
        () => calibrate(5 as never),
      ),
    ],
  },
  {
    folder: 'scenario/resolve',
    inputs: cases({
      'conversations: { history: 5 }': () => asked(5),
      'conversations: { history: { file: h.csv, form: 2019-01 } }': () => asked({ file: 'h.csv', form: '2019-01' }),
      'conversations: { history: { file: h.csv, since: 2019 } }': () => asked({ file: 'h.csv', since: '2019' }),
      'conversations: { history: { file: h.csv, workingDays: us } }': () => asked({ file: 'h.csv', workingDays: 'us' }),
      'conversations: { history: { file: h.csv, partial: maybe } }': () => asked({ file: 'h.csv', partial: 'maybe' }),
      'conversations: { history: { file: h.csv, columns: tickets } }': () => asked({ file: 'h.csv', columns: 'tickets' }),
      'conversations: { history: { file: h.csv, columns: { volume: tickets } } }': () =>
        asked({ file: 'h.csv', columns: { volume: 'tickets' } }),
      'conversations: { history: none.csv }': () => asked('none.csv'),
      'conversations: { history: h.csv }, which ends in 2023-07': () => asked('h.csv'),
      'conversations: { base: 100, level: 2 }': () =>
        prepareScenario({ ...good, conversations: { base: 100, level: 2 } } as never, {}, reader({})),
      'conversations: { history: h.csv }, whose scores are correlated by their values': () =>
        prepareScenario(
          {
            ...good,
            start: '2023-08',
            conversations: { history: 'h.csv' },
            resolution: { rate: '65%', noise: { sd: '2pt' } },
            correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho: 0.5, measure: 'pearson' }],
          } as never,
          {},
          reader({ 'h.csv': text }),
        ),
      'conversations: { history: h.csv, monthly: [1, 2] }': () => asked('h.csv', { monthly: [1, 2] }),
      'conversations: { history: channels.csv, growth: 5%/year }': () => ofChannels({ growth: '5%/year' }),
      'conversations: { history: channels.csv }, which ends in 2023-08': () => ofChannels({}),
      'conversations: { history: channels.csv, level: 2 }, and a base of one channel': () =>
        ofChannels({ level: 2 }, { start: '2023-09', segments: { email: { conversations: { base: 100 } } } }),
      'conversations: { history: channels.csv }, of which one channel ends earlier': () => ofChannels({}, { start: '2023-09' }),
    }),
  },
]
