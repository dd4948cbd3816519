// Two segments whose months have noise that goes together, and a plan of both.
import { formatMonth } from '../../src/months.ts'
import { normals } from './simulated.ts'

export const START = 2026 * 12
export const MONTHS = 48
/** Two histories whose months have noise that goes together. */
export const [chat, email] = (() => {
  const normal = normals(8)
  const states = [0, 0]
  const volumes: [number[], number[]] = [[], []]
  for (let m = 0; m < MONTHS; m++) {
    const [z, other] = [normal(), normal()]
    states[0] = 0.5 * states[0] + 0.06 * z
    states[1] = 0.5 * states[1] + 0.08 * (0.8 * z + 0.6 * other)
    volumes[0].push(Math.round(30_000 * 1.008 ** m * Math.exp(states[0])))
    volumes[1].push(Math.round(14_000 * 0.995 ** m * Math.exp(states[1])))
  }
  return volumes
})()
export const csv = (streams: Readonly<Record<string, readonly number[]>>, first: number) =>
  `month,segment,conversations\n${Object.entries(streams)
    .flatMap(([name, volumes]) => volumes.map((volume, k) => `${formatMonth(first + k)},${name},${volume}\n`))
    .join('')}`
export const files = { 'h.csv': csv({ chat, email }, START - MONTHS) }
export const history = { file: 'h.csv', days: false }
export const segments = { chat: { conversations: { history } }, email: { conversations: { history } } }
export const plan = {
  start: '2026-01',
  segments,
  offers: {
    chat: { charges: [{ meter: 'tickets', price: 1, of: 'chat' }] },
    email: { charges: [{ meter: 'tickets', price: 1, of: 'email' }] },
    both: { charges: [{ meter: 'tickets', price: 1 }] },
  },
}
export const NAMES = ['segments.chat.conversations.noise', 'segments.email.conversations.noise'] as const

/** The same months as a total of which segments have shares. */
export const shared = {
  ...plan,
  conversations: { history },
  segments: {
    chat: { share: '60% to 80%', conversations: { noise: { cv: '5%' } } },
    email: { share: '20% to 40%', conversations: { noise: { cv: '5%' } } },
  },
}
export const totalFiles = {
  'h.csv': `month,conversations\n${chat.map((volume, k) => `${formatMonth(START - MONTHS + k)},${volume}\n`).join('')}`,
  'totals.csv': 'month,conversations\n2026-01,45000\n2026-02,46000\n',
  'split.csv': csv({ chat: [29_000, 30_500], email: [16_000, 15_500] }, START),
}
