// The shapes of the files that billcast reads back. A file may parse and still be none of its own.
import * as z from 'zod'
import { METHODS } from '../../numerics/random/plan.ts'
import { pathText, shown } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import { formatNumber } from '../../notation/number.ts'

const text = z.string()
const texts = z.record(text, text)
const whole = z.int().nonnegative()
/** JSON.parse gives Infinity for an error that does not exist. */
const error = z.custom<number>((value) => typeof value === 'number' && value >= 0, 'expected a standard error')
const estimate = z.looseObject({ value: z.number(), se: error })

export const digest = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 of 64 hexadecimal digits')

/** The settings of a run, as its identity names them. */
export const runFields = {
  seed: text,
  method: z.enum(METHODS),
  trials: z.int().positive(),
  measure: z.enum(['bill', 'total']),
  keepTrials: z.boolean(),
  pairs: z.enum(['auto', 'all', 'none']),
  preintegration: z.boolean().optional(),
  monthly: z.boolean().optional(),
  sets: z.array(whole).min(1).optional(),
  streams: whole,
  version: text,
} as const

const figures = z.looseObject({
  best: text,
  curves: z.record(
    text,
    z.looseObject({
      points: z.array(z.looseObject({ probability: z.number(), amount: z.number(), se: error.optional() })),
      pointSuffices: estimate,
      p80: estimate,
    }),
  ),
  months: z.array(z.looseObject({ month: text, amount: z.number() })),
  densities: z.looseObject({
    low: z.number(),
    width: z.number(),
    offers: z.array(z.looseObject({ offer: text, median: z.number(), shares: z.array(z.number()) })),
  }),
  drivers: z.array(z.looseObject({ input: text, rank: estimate })),
  saving: z.looseObject({ withoutAi: estimate, p10: estimate, p90: estimate, paid: whole.optional(), never: estimate }).optional(),
})

const terms = z.array(z.looseObject({ name: text, words: text }))

const report = z.looseObject({
  titles: texts,
  clearAt: z.number().positive().max(1).optional(),
  assumptions: z.array(z.looseObject({ name: text, value: text })),
  stated: z.looseObject({ charges: terms, inputs: terms }).optional(),
  sources: z.array(z.looseObject({ path: text, source: text })),
  notes: z.array(text),
  origin: z.looseObject({ version: text, scenarioHash: text, identity: text }),
  live: z.looseObject({
    scenario: text,
    files: texts,
    run: z.record(text, z.union([text, z.number(), z.boolean()])),
    levers: z.array(
      z.looseObject({
        path: text,
        label: text,
        keys: z.array(z.union([text, whole])),
        steps: z.array(z.looseObject({ text })),
      }),
    ),
  }),
  figures: figures.optional(),
})

/** The manifest of a run. Earlier formats state fewer settings. */
export const manifestShape = z.looseObject({
  ...runFields,
  pairs: runFields.pairs.optional(),
  streams: runFields.streams.optional(),
  format: whole,
  scenarioHash: text,
  identity: text,
  precision: z.looseObject({ relative: z.number().positive() }).optional(),
  scenario: z.looseObject({}),
  report,
  files: z.array(z.looseObject({ name: text, bytes: whole, sha256: digest })).min(1),
})

/** The parts of a summary that its readers need first. */
export const summaryShape = z.looseObject({
  format: whole,
  name: text,
  seed: text,
  method: runFields.method,
  trials: runFields.trials,
  currency: text,
  offers: z.record(text, z.looseObject({ bill: z.looseObject({ monthly: z.array(z.looseObject({})) }) })),
  comparison: z.looseObject({ measure: runFields.measure }),
})

const ranges = z.array(z.strictObject({ replicate: whole, from: whole, to: whole }))

/** A part of a run: `index` counts from 1. */
export const shardPart = z
  .strictObject({ index: z.int().positive(), count: z.int().positive() })
  .refine(({ index, count }) => index <= count, 'expected an index up to the count')

/** The header of a shard, in a file or in Redis. */
export const shardShape = z.looseObject({
  identity: digest,
  shard: shardPart,
  ranges,
  sizes: z.tuple([whole, whole, whole]),
})

/** What the header of a shard in a file says besides. */
export const shardFileShape = shardShape.extend({
  shard: shardPart.refine(({ count }) => count <= LIMITS.shards, `expected at most ${formatNumber(LIMITS.shards)} shards`),
  scenarioHash: digest,
  part: z.looseObject(runFields),
  plan: text,
  written: z.strictObject({ text, files: texts }),
})

/** The header of a checkpoint. */
export const checkpointShape = z.looseObject({
  identity: digest,
  scenarioHash: digest,
  part: z.looseObject({ trials: runFields.trials }),
  spooled: z.array(z.strictObject({ ranges, sha256: digest })),
})

/** The first fault of a value in words: its place, what is expected there and what it is. Undefined if there is none. */
export function shapeFault(shape: z.ZodType, value: unknown): string | undefined {
  const read = shape.safeParse(value)
  if (read.success) return undefined
  const [{ path, message }] = read.error.issues
  const found = path.reduce<unknown>((at, key) => (at as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key], value)
  const expected = message.replace(/^Invalid (input|option): /, '').replace(/, received .*$/, '')
  return `${path.length === 0 ? 'its content' : pathText(path)}: ${expected}, got ${found === undefined ? 'nothing' : shown(found)}`
}
