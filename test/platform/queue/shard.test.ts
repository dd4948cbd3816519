// A share of a run as bytes, and put together again: the figures of the run, to the bit.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSpool } from '../../../src/platform/queue/spool.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'
import { givenFiles } from '../../../src/api/given.ts'
import { type Finished, planned, prepareScenario, runPrepared, runShard } from '../../../src/api/run.ts'
import { identityHere } from '../../../src/platform/node/identity.ts'
import { digestOf, addShardFrom, type ShardKey, type ShardSource, shardBytes } from '../../../src/platform/node/shard-file.ts'

const scenario = `
start: 2027-01
months: 6
discountRate: 8%
fiscalYearStart: 4
conversations: { base: 40k to 50k, noise: { cv: 8% } }
resolution: { rate: 60% to 70% }
offers:
  fin: { charges: [{ meter: resolutions, price: $0.99 }] }
  flat: { charges: [{ meter: conversations, price: $0.65 }] }
`
const TRIALS = 20_480
const COLUMNS = 8 * TRIALS * 2
const prepared = prepareScenario(scenario, { trials: TRIALS }, givenFiles({}))
const keyOf = async (index: number, count: number): Promise<ShardKey> => {
  const { identity } = identityHere(planned(await prepared))
  return { identity, shard: { index, count } }
}
const platform = { executor: () => inlineExecutor }

async function bytesOf(index: number, count: number, derived: boolean): Promise<Uint8Array> {
  const { size, pieces } = shardBytes(
    await keyOf(index, count),
    await runShard(await prepared, { index, count }, platform, derived),
  )
  const bytes = new Uint8Array(size)
  let at = 0
  for (const piece of pieces()) {
    bytes.set(piece, at)
    at += piece.byteLength
  }
  expect(at).toBe(size)
  return bytes
}

const sourceOf = (bytes: Uint8Array): ShardSource => ({
  place: 'the shard',
  size: bytes.byteLength,
  read: (from, to) => Promise.resolve(bytes.subarray(from, to)),
})

const numbersIn = (bytes: Uint8Array): readonly [number, number] => {
  const [line] = new TextDecoder('latin1').decode(bytes).split('\n', 1)
  const { shard } = JSON.parse(line) as ShardKey
  return [shard.index, shard.count]
}

const gathered = async (shares: readonly Uint8Array[], key?: ShardKey): Promise<Finished> =>
  runPrepared(await prepared, {
    ...platform,
    async gather(course) {
      const derived = []
      for (const bytes of shares)
        derived.push(await addShardFrom(sourceOf(bytes), course, key ?? (await keyOf(...numbersIn(bytes)))))
      return derived[0]
    },
  })

describe('a shard', () => {
  it('of a whole run contains the derived figures and no months', async () => {
    const bytes = await bytesOf(1, 1, true)
    expect(bytes.byteLength).toBeLessThan(COLUMNS + 250_000)
    const whole = await runPrepared(await prepared, platform)
    const { summary, outcome } = await gathered([bytes])
    expect(summary).toEqual(whole.summary)
    expect(outcome.trials).toEqual(whole.outcome.trials)
    expect(summary.offers.fin.bill.presentValue?.percentiles?.p90).toBeDefined()
    expect(summary.offers.fin.bill.fiscalYears?.map(({ year }) => year)).toEqual([2027, 2028])
  })

  it('of several contains its part of months and trials, which give the same figures', async () => {
    const shares = [await bytesOf(2, 3, false), await bytesOf(3, 3, false), await bytesOf(1, 3, false)]
    const whole = await runPrepared(await prepared, platform)
    const held = shares.reduce((sum, { byteLength }) => sum + byteLength, 0)
    expect(held).toBeGreaterThan(COLUMNS + 8 * whole.summary.monthlyTrials * 6 * 2)
    expect((await gathered(shares)).summary).toEqual(whole.summary)
  })

  it.each([
    ['a byte of its first line', 20],
    ['a byte of its statistics', 2_000],
    ['a byte of its columns', -10_000],
    ['a byte of its SHA-256', -1],
  ])('is refused if %s has changed', async (_, place) => {
    const bytes = await bytesOf(1, 1, true)
    bytes[place < 0 ? bytes.length + place : place] ^= 1
    const key = await keyOf(1, 1)
    await expect(gathered([bytes], key)).rejects.toThrow('the shard: the shard is damaged or incomplete. Run it again')
    await expect(gathered([bytes.subarray(0, bytes.length - 100)], key)).rejects.toThrow(
      'the shard: the shard is damaged or incomplete',
    )
  })

  it('is refused in place of another one, and a queue makes it again', async () => {
    const [first, second] = [await bytesOf(1, 3, false), await bytesOf(2, 3, false)]
    const { identity } = await keyOf(1, 3)
    const other = { ...(await keyOf(1, 3)), identity: '0'.repeat(64) }
    await expect(gathered([second], { identity, shard: { index: 1, count: 3 } })).rejects.toThrow(
      'the shard: expected shard 1 of 3, but this is shard 2 of 3. Run it again',
    )
    await expect(gathered([first], other)).rejects.toThrow('expected shard 1 of 3, but this is shard 1 of 3 of another run')
    const folder = mkdtempSync(join(tmpdir(), 'billcast-spool-'))
    try {
      const spool = await openSpool(folder, true, () => Promise.resolve())
      const task = (index: number, key: ShardKey) => ({ id: String(index), key, data: '', bytes: 0 })
      await spool.save(task(1, await keyOf(1, 3)), sourceOf(first))
      expect(await spool.has(task(1, await keyOf(1, 3)))).toBe(true)
      expect(await spool.has(task(1, other))).toBe(false)
      // It is gone.
      expect(await spool.has(task(1, await keyOf(1, 3)))).toBe(false)
      await expect(spool.save(task(2, await keyOf(2, 3)), sourceOf(first))).rejects.toThrow('expected shard 2 of 3')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('ends with the SHA-256 of all bytes before', async () => {
    const bytes = await bytesOf(1, 2, false)
    const hash = await crypto.subtle.digest('SHA-256', bytes.slice(0, -64))
    expect(await digestOf(sourceOf(bytes))).toBe(Buffer.from(hash).toString('hex'))
  })
})
