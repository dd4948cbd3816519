// A run in shares, by the command as array jobs start it, and put together again: the same bits.
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import type { Summary } from 'billcast'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { long } from '../effort.ts'
import { here } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-shards-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const plan = join(root, 'plan.yaml')
writeFileSync(join(root, 'volumes.csv'), 'month,conversations\n2027-01,40000\n2027-02,45000\n2027-03,50000\n')
writeFileSync(
  plan,
  `start: 2027-01
months: 3
conversations: { monthly: volumes.csv, noise: { cv: 8%, autocorrelation: 0.5 } }
resolution: { rate: 60% to 70% }
human: { cost: $6 }
offers:
  fin: { catalog: fin }
  committed: { charges: [{ meter: resolutions, commitment: 25k/month, price: $1.50, overage: $2.00 }] }
`,
)
const [shards, merged, whole] = ['shards', 'merged', 'whole'].map((name) => join(root, name))
beforeEach(() => {
  for (const folder of [shards, merged, whole]) rmSync(folder, { recursive: true, force: true })
})

const shard = (share: string, ...more: string[]) => here(['run', plan, '--shard', share, '--out', shards, '--quiet', ...more])
const files = () => readdirSync(shards).map((name) => join(shards, name))
const merge = (...more: string[]) => here(['merge', ...files(), '--out', merged, '--quiet', ...more])
const hash = (folder: string, name: string) =>
  createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex')

async function shares(count: number, ...more: string[]): Promise<void> {
  for (let k = 1; k <= count; k++) expect((await shard(`${k}/${count}`, ...more)).status).toBe(0)
}

describe('shards of a run', () => {
  const cases = [
    [3, ['--trials', '20000']],
    [long ? 7 : 2, ['--trials', '20000', '--method', 'random', '--measure', 'total']],
    [4, ['--trials', '50000', '--no-keep-trials', '--no-preintegration']],
    // More shares than there are blocks: some hold none.
    [40, ['--trials', '1024', '--method', 'latin', '--keep-trials']],
  ] satisfies [number, string[]][]
  it.each(long ? cases : cases.slice(0, 2))('merge to the same bits as one run: %i shards with %o', async (count, options) => {
    await shares(count, ...options)
    expect(files()).toHaveLength(count)
    const { status, stderr } = await merge('--inputs')
    expect([status, stderr]).toEqual([0, ''])
    await here(['run', plan, ...options, '--out', whole, '--inputs', '--quiet'])
    for (const name of readdirSync(whole).filter((own) => own !== 'manifest.json'))
      expect([name, hash(merged, name)]).toEqual([name, hash(whole, name)])
    expect(readdirSync(merged)).toEqual(readdirSync(whole))
    expect((await here(['verify', merged])).stdout).toContain('the run gives the same bits again')
  })

  it('merge in any order and from any number of threads', async () => {
    for (const k of [4, 1, 3, 2]) await shard(`${k}/4`, '--trials', '8192', '--threads', String(k))
    const order = files().reverse()
    await here(['merge', ...order, '--out', merged, '--quiet'])
    await here(['run', plan, '--trials', '8192', '--out', whole, '--quiet'])
    expect(hash(merged, 'summary.json')).toBe(hash(whole, 'summary.json'))
  })

  it('take their number from an array job', async () => {
    const own = { ...process.env }
    const run = async (environment: Record<string, string>) => {
      Object.assign(process.env, environment)
      try {
        return await shard('env/4', '--trials', '2048')
      } finally {
        for (const name of Object.keys(environment)) delete process.env[name]
        Object.assign(process.env, own)
      }
    }
    await run({ JOB_COMPLETION_INDEX: '0' })
    await run({ AWS_BATCH_JOB_ARRAY_INDEX: '1' })
    await run({ SLURM_ARRAY_TASK_ID: '2', SLURM_ARRAY_TASK_MIN: '0' })
    // One that is run again by its number is the least of its own array.
    await run({ SLURM_ARRAY_TASK_ID: '4', SLURM_ARRAY_TASK_MIN: '4' })
    expect(readdirSync(shards)).toEqual([1, 2, 3, 4].map((k) => `plan.00${k}-of-004.shard`))
    expect((await run({ JOB_COMPLETION_INDEX: '4' })).stderr).toContain(
      '--shard: expected a number from 1 to 4, got 5 from the environment',
    )
    expect((await run({ JOB_COMPLETION_INDEX: 'x' })).stderr).toContain('expected a whole number in JOB_COMPLETION_INDEX, got "x"')
    expect((await shard('env/4')).stderr).toContain('none is set')
  })

  it.each([
    ['0/4', 'expected a number from 1 to 4, got 0'],
    ['5/4', 'expected a number from 1 to 4, got 5'],
    ['3', 'expected a shard such as 3/16, or env/16 in an array job, got "3"'],
    ['1/0', 'expected a shard such as 3/16'],
  ])('refuse the number %s', async (share, message) => {
    const { status, stderr } = await shard(share)
    expect(status).toBe(2)
    expect(stderr).toContain(message)
    expect(existsSync(shards)).toBe(false)
  })

  it('cannot have a precision', async () => {
    expect((await shard('1/4', '--precision', '1%')).stderr).toContain('--precision: expected --trials with --shard')
  })
})

describe('merge refuses and names', () => {
  const complete = () => shares(3, '--trials', '4096')
  const path = (k: number, count = 3) => join(shards, `plan.00${k}-of-00${count}.shard`)
  const refused = async (message: string | RegExp) => {
    const { status, stderr } = await merge()
    expect(status).toBe(2)
    expect(stderr).toMatch(message)
    expect(existsSync(join(merged, 'summary.json'))).toBe(false)
  }

  it('a missing shard, with the command that makes it', async () => {
    await complete()
    rmSync(path(2))
    await refused(
      /1 of 3 shards is missing: 2\. To write \S+, run billcast run plan\.yaml --trials 4096 --seed billcast --method sobol --measure bill .*--shard 2\/3 --out FOLDER/,
    )
    await shard('2/3', '--trials', '4096')
    expect((await merge()).status).toBe(0)
  })

  it('a repeated shard, and one of another number of shards', async () => {
    await complete()
    copyFileSync(path(1), join(shards, 'again.shard'))
    await refused(/shard 1 is already in .*again\.shard/)
    rmSync(join(shards, 'again.shard'))
    await shard('1/2', '--trials', '4096')
    await refused(/plan\.001-of-003\.shard: this is one of 3 shards|plan\.001-of-002\.shard: this is one of 2 shards/)
  })

  it('a shard of another run, with the difference', async () => {
    await complete()
    await shard('2/3', '--trials', '4096', '--seed', 'other')
    await refused(/plan\.002-of-003\.shard: this shard is of another run than .* \(seed "other", not "billcast"\)/)
  })

  it.each([
    ['cut off', (file: string) => truncateSync(file, 2_000)],
    ['longer', (file: string) => appendFileSync(file, 'x')],
    [
      'changed in one byte',
      (file: string) => {
        const bytes = readFileSync(file)
        bytes[bytes.length - 200] ^= 1
        writeFileSync(file, bytes)
      },
    ],
  ])('a shard that is %s', async (_, change) => {
    await complete()
    change(path(3))
    const { status, stderr } = await merge()
    expect(status).toBe(2)
    expect(stderr).toMatch(/plan\.003-of-003\.shard: (the shard is damaged or incomplete\. Run it again|expected an intact shard)/)
  })

  it('a file that is not a shard, and a missing file', async () => {
    await complete()
    writeFileSync(join(shards, 'zz.shard'), 'hello')
    await refused(/zz\.shard: expected an intact shard from billcast run --shard/)
    expect((await here(['merge', join(root, 'none.shard'), '--out', merged])).stderr).toContain(
      'none.shard: expected a shard that billcast can read',
    )
  })
})

describe('merge --partial', () => {
  const column = (folder: string) =>
    tableFromIPC(readFileSync(join(folder, 'trials.arrow')))
      .getChild('committed')
      ?.toArray() as Float64Array
  const options = ['--trials', '65536', '--no-preintegration']

  it.each(long ? ['sobol', 'random', 'latin'] : ['sobol'])(
    'holds the trials of the sets that are whole, and what they say (%s)',
    async (method) => {
      for (const k of [1, 2, 4]) await shard(`${k}/4`, ...options, '--method', method)
      expect((await merge()).stderr).toContain('1 of 4 shards is missing: 3')
      const { status, stderr } = await here(['merge', ...files(), '--out', merged, '--partial', '--inputs'])
      expect(status).toBe(0)
      expect(stderr).toContain('note: shards are missing. These figures come from 49,152 of 65,536 trials and are less precise.')
      await here(['run', plan, ...options, '--method', method, '--out', whole, '--quiet', '--inputs'])
      const all = column(whole)
      // Shards 1, 2 and 4 of four: the first half of the run's trials and its last quarter.
      const expected = Float64Array.from([...all.subarray(0, 32_768), ...all.subarray(49_152)])
      expect(column(merged)).toEqual(expected)
      const { partial, offers, trials, monthlyTrials } = JSON.parse(readFileSync(join(merged, 'summary.json'), 'utf8')) as Summary
      expect([trials, partial]).toEqual([49_152, { trials: 49_152, of: 65_536 }])
      const { mean, percentiles } = offers.committed.bill
      expect(mean.value / (expected.reduce((a, b) => a + b, 0) / expected.length)).toBeCloseTo(1, 12)
      const sorted = expected.slice().sort()
      const h = 0.9 * (sorted.length - 1)
      const [low, high] = [sorted[Math.floor(h)], sorted[Math.floor(h) + 1]]
      expect(percentiles.p90?.value).toBeCloseTo(low + (h - Math.floor(h)) * (high - low), 6)
      expect(monthlyTrials > 0).toBe(method !== 'random')
      // What is drawn once more belongs to the trials beside it.
      const inputs = tableFromIPC(readFileSync(join(merged, 'inputs.arrow')))
      const rate = inputs.getChild('resolution.rate')?.toArray() as Float64Array
      const others = tableFromIPC(readFileSync(join(whole, 'inputs.arrow')))
        .getChild('resolution.rate')
        ?.toArray() as Float64Array
      expect(rate[0]).toBe(others[0])
      expect(rate[rate.length - 1]).toBe(others[others.length - 1])
    },
  )

  it('marks every output as partial, and verify does not take it for a run', async () => {
    for (const k of [1, 2, 4]) await shard(`${k}/4`, ...options)
    const { stdout } = await here(['merge', ...files(), '--out', merged, '--partial'])
    expect(stdout).toMatch(/^PARTIAL: shards are missing/)
    expect(readFileSync(join(merged, 'report.html'), 'utf8')).toContain(
      'shards are missing. These figures come from 49,152 of 65,536 trials',
    )
    for (const name of ['trials.arrow', 'months.arrow'])
      expect(tableFromIPC(readFileSync(join(merged, name))).schema.metadata.get('billcast')).toContain(
        '"partial":{"trials":49152,"of":65536}',
      )
    expect((await here(['verify', merged])).stderr).toContain('no run can repeat it')
    expect((await here(['verify', merged, '--files'])).stdout).toContain('All files are intact')
  })

  it('gives the whole run if nothing is missing', async () => {
    await shares(2, '--trials', '4096')
    await merge('--partial')
    await here(['run', plan, '--trials', '4096', '--out', whole, '--quiet'])
    expect(hash(merged, 'summary.json')).toBe(hash(whole, 'summary.json'))
  })

  it('is refused if too few sets are complete', async () => {
    await shard('1/20', ...options)
    expect((await merge('--partial')).stderr).toContain(
      "expected at least 4 complete sets of trials of the run's 32, but the shards contain 1",
    )
  })
})
