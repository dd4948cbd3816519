// Makes an export of conversations and a vendor's itemized list with a known truth, since we know of no public data of this kind. TRUTH below
// states it. `node generate.mjs [FOLDER]` writes conversations.csv and billed.csv. The same seed gives the same files.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const TRUTH = {
  seed: 2027,
  conversations: 6_000,
  /** Share of all conversations. */
  involved: 0.92,
  /** Share of the involved ones. */
  escalated: 0.25,
  /** Share of the resolved ones that the customer confirms. In the others, the AI answers and the customer leaves. */
  confirmed: 0.3,
  /** Share of those that are not escalated, in which the customer asks last, gets no answer and leaves. */
  gaveUp: 0.12,
  /** Share of the resolved ones that come back one to three days later. */
  reopened: 0.05,
  price: 0.99,
  /** The vendor's list: the share of returned conversations that it credits, and planted faults. */
  credited: 0.5,
  faults: { duplicate: 25, escalated: 18, uncounted: 30, unknown: 7, uninvolved: 11, outside: 6, price: 9 },
}

/** Mulberry32 (Tommy Ettinger, public domain). */
function uniforms(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const [MINUTE, DAY] = [60_000, 86_400_000]
const START = Date.UTC(2026, 0, 1)
/** Three months. The last conversations end more than three days before the end. */
const LENGTH = 90 * DAY
const iso = (time) => (time === undefined ? '' : new Date(time).toISOString())

/** @returns {{ conversations: object[], billed: object[], planted: Record<string, string[]>, truth: object }} */
export function generate(truth = TRUTH) {
  const random = uniforms(truth.seed)
  const conversations = []
  const billed = []
  const planted = Object.fromEntries([...Object.keys(truth.faults), 'reopened'].map((rule) => [rule, []]))
  const kinds = { uninvolved: [], escalated: [], gaveUp: [], resolved: [] }
  for (let k = 0; k < truth.conversations; k++) {
    const id = `c${String(k).padStart(5, '0')}`
    const started = START + Math.floor(random() * (LENGTH - 8 * DAY))
    const involved = random() < truth.involved
    const answered = started + (1 + 4 * random()) * MINUTE
    const row = { id, started: iso(started), involved, last_customer: iso(started), last_agent: involved ? iso(answered) : '' }
    if (!involved) kinds.uninvolved.push(row)
    else if (random() < truth.escalated) {
      row.escalated = iso(answered + 10 * MINUTE * random())
      kinds.escalated.push(row)
    } else if (random() < truth.gaveUp) {
      row.last_customer = iso(answered + 5 * MINUTE)
      kinds.gaveUp.push(row)
    } else {
      if (random() < truth.confirmed) {
        row.confirmed = iso(answered + 2 * MINUTE)
        row.last_customer = row.confirmed
      }
      if (random() < truth.reopened) row.reopened = iso(answered + DAY + 2 * DAY * random())
      kinds.resolved.push(row)
    }
    conversations.push(row)
  }
  const bill = ({ id, last_agent }, amount = truth.price, delay = 2 * DAY) =>
    billed.push({ id, billed_at: iso(Date.parse(last_agent) + delay), amount })
  for (const row of kinds.resolved) {
    bill(row)
    // The vendor credits some of those that came back. The others are a fault.
    if (row.reopened === undefined) continue
    if (random() < truth.credited) bill(row, -truth.price, 5 * DAY)
    else planted.reopened.push(row.id)
  }
  const plant = (rule, rows, wrong) => {
    for (let k = 0; k < truth.faults[rule]; k++) {
      const [row] = rows.splice(Math.floor(random() * rows.length), 1)
      planted[rule].push(row.id)
      wrong(row)
    }
  }
  // One fault at a time: a conversation that came back already has one.
  const plain = kinds.resolved.filter(({ reopened }) => reopened === undefined)
  plant('duplicate', plain, (row) => bill(row, truth.price, 3 * DAY))
  plant('price', plain, (row) => {
    billed.find(({ id }) => id === row.id).amount = 1.49
  })
  plant('outside', plain, (row) => {
    billed.find(({ id }) => id === row.id).billed_at = iso(Date.UTC(2025, 10, 30))
  })
  plant('escalated', [...kinds.escalated], (row) => bill(row))
  plant('uncounted', [...kinds.gaveUp], (row) => bill(row))
  plant('uninvolved', [...kinds.uninvolved], (row) => bill({ id: row.id, last_agent: row.started }))
  for (let k = 0; k < truth.faults.unknown; k++) {
    planted.unknown.push(`x${k}`)
    billed.push({ id: `x${k}`, billed_at: iso(START + 20 * DAY), amount: truth.price })
  }
  return { conversations, billed, planted, truth }
}

const COLUMNS = ['id', 'started', 'involved', 'escalated', 'confirmed', 'last_customer', 'last_agent', 'reopened']
const csv = (columns, rows) =>
  `${columns.join(',')}\n${rows.map((row) => `${columns.map((name) => row[name] ?? '').join(',')}\n`).join('')}`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url))
  const { conversations, billed } = generate()
  writeFileSync(join(folder, 'conversations.csv'), csv(COLUMNS, conversations))
  writeFileSync(join(folder, 'billed.csv'), csv(['id', 'billed_at', 'amount'], billed))
  console.error(`wrote conversations.csv and billed.csv to ${folder}: they are made up, their truth stands in generate.mjs`)
}
