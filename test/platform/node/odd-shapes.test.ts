// Files that parse and whose SHA-256 are right, but that hold something else than billcast writes: one line that names the file, never
// words of the runtime.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { givenFiles } from '../../../src/api/given.ts'
import { manifestOf } from '../../../src/api/manifest.ts'
import { outputOf } from '../../../src/api/output.ts'
import { planned, prepareScenario, runPrepared, runShard } from '../../../src/api/run.ts'
import { messageOf, UsageError } from '../../../src/errors.ts'
import { checkBatchFolder } from '../../../src/platform/node/batch.ts'
import { folderCheckpoints } from '../../../src/platform/node/checkpoint.ts'
import { diskAt } from '../../../src/platform/node/disk.ts'
import { readPlan, withReport } from '../../../src/platform/node/finished.ts'
import { hasher, sha256 } from '../../../src/platform/node/hash.ts'
import { identityHere } from '../../../src/platform/node/identity.ts'
import { mergeShards } from '../../../src/platform/node/merge.ts'
import { ownerIn } from '../../../src/platform/node/owner.ts'
import { shardBytes } from '../../../src/platform/node/shard-file.ts'
import { VERSION } from '../../../src/platform/version.generated.ts'
import { readTask, tasksOf } from '../../../src/platform/queue/task.ts'
import { settleFolder } from '../../../src/present/files/folder.ts'
import { sealed } from '../../../src/present/files/seal.ts'
import { reportMarkdown } from '../../../src/present/report/markdown.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'
import { effort, patience } from '../../effort.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Path = readonly (string | number)[]

const root = mkdtempSync(join(tmpdir(), 'billcast-odd-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const at = (...names: readonly string[]) => join(root, ...names)
const scenario = `months: 3
conversations: { base: 40k to 50k, noise: { cv: 8% } }
offers:
  flat: { charges: [{ meter: conversations, price: $0.80 }] }
  fees: { charges: [{ fee: $30k/month }] }
`
const platform = { executor: () => inlineExecutor }
const prepared = await prepareScenario(scenario, { trials: 64 }, givenFiles())
const identity = identityHere(planned(prepared))
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const HELD = () => Promise.resolve()

/** The paths of a value, of long lists only those of the first elements. */
function pathsIn(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const keys: Path = Array.isArray(value) ? [...value.slice(0, 2).keys()] : Object.keys(value)
  return [path, ...keys.flatMap((key) => pathsIn((value as Record<string | number, Json>)[key], [...path, key]))]
}

const ABSENT = Symbol('absent')
type Odd = Json | typeof ABSENT
const ODD: readonly Odd[] = [ABSENT, null, true, -1, 0.5, 1e300, '', 'x', [], {}, [null], [[]], { x: 1 }]

function changed(value: Json, [key, ...rest]: Path, odd: Odd): Odd {
  if (key === undefined) return odd
  const inner = changed((value as Record<string | number, Json>)[key], rest, odd)
  if (Array.isArray(value)) {
    const others = [...value] as Json[]
    if (inner === ABSENT) others.splice(Number(key), 1)
    else others[Number(key)] = inner
    return others
  }
  const { [key]: _, ...others } = value as Record<string, Json>
  return inner === ABSENT ? others : { ...(value as Record<string, Json>), [key]: inner }
}

const RUNTIME =
  /Cannot read|Cannot destructure|is not (a function|iterable|defined)|undefined|NaN|Unexpected|Invalid array length|toString/

/** Reads the value with something odd at any of its places. */
async function odd(value: Json, name: string, read: (odd: Json) => unknown): Promise<void> {
  const places = fc.constantFrom(...pathsIn(value))
  await fc.assert(
    fc.asyncProperty(places, fc.constantFrom(...ODD), async (path, replacement) => {
      const other = changed(value, path, replacement)
      if (other === ABSENT) return
      const error = await Promise.resolve()
        .then(() => read(other))
        .then(
          () => undefined,
          (reason: unknown) => reason,
        )
      if (error === undefined) return
      const words = messageOf(error)
      expect([words, error instanceof UsageError]).toEqual([words, true])
      expect(words).not.toMatch(RUNTIME)
      expect(words).toContain(name)
      expect(words).not.toContain('\n')
    }),
    effort(15, 3_000, 200),
  )
}

const finished = await runPrepared(prepared, platform)
const summary = JSON.parse(JSON.stringify(finished.summary)) as { readonly [key: string]: Json }
const output = await outputOf(finished, { formats: [], inputs: false, paths: false, page: true }, VERSION, sha256)
const facts = { date: '2027-01-01', seconds: 1, node: 'v20', platform: 'linux x64' }
const manifest = JSON.parse(JSON.stringify(manifestOf(finished, output.identity, output.facts, output.report?.figures, facts))) as {
  readonly [key: string]: Json
}

mkdirSync(at('run'))
function write(stated: Json, content: Json = summary): void {
  writeFileSync(at('run', 'summary.json'), bytesOf(content))
  const bytes = typeof stated === 'object' && stated !== null && !Array.isArray(stated) ? sealed(stated, hasher) : bytesOf(stated)
  writeFileSync(at('run', 'manifest.json'), bytes)
}
const listed = (content: Json): Json => {
  const bytes = bytesOf(content)
  return { ...manifest, files: [{ name: 'summary.json', bytes: bytes.byteLength, sha256: sha256(bytes) }] }
}
const remark = () => undefined
const readers = [() => readPlan(at('run'), remark), () => withReport(at('run'), remark, reportMarkdown)]
const all = async () => {
  for (const read of readers) await read()
}

describe('an odd shape', () => {
  it('of the manifest', { timeout: patience }, async () => {
    write(listed(summary))
    await all()
    await odd(listed(summary), at('run'), (value) => {
      write(value)
      return all()
    })
  })

  it('of the manifest of an earlier format, which proves nothing', { timeout: patience }, async () => {
    await odd({ ...(listed(summary) as object), format: 2 } as Json, at('run'), (value) => {
      writeFileSync(at('run', 'summary.json'), bytesOf(summary))
      writeFileSync(at('run', 'manifest.json'), bytesOf(value))
      return all()
    })
  })

  it('of the summary', { timeout: patience }, async () => {
    await odd(summary, at('run'), (value) => {
      write(listed(value), value)
      return all()
    })
  })

  it('of the manifest of results that wait', { timeout: patience }, async () => {
    await odd(listed(summary), at('next'), async (value) => {
      rmSync(at('next'), { recursive: true, force: true })
      mkdirSync(at('next', '.next'), { recursive: true })
      writeFileSync(at('next', '.next', 'manifest.json'), bytesOf(value))
      await settleFolder(diskAt(at('next')), HELD, hasher)
    })
  })

  it('of the header of a shard', { timeout: patience }, async () => {
    const key = { identity: identity.identity, shard: { index: 1, count: 1 } }
    const shard = await runShard(prepared, key.shard, platform)
    const header = { ...identity, ...key, plan: 'plan.yaml', written: prepared.written }
    const bytes = Buffer.concat(Array.from(shardBytes(header, shard).pieces(), (piece) => piece.slice()))
    const end = bytes.indexOf(10)
    writeFileSync(at('one.shard'), bytes)
    await mergeShards([at('one.shard')], false, {}, platform)
    await odd(JSON.parse(bytes.subarray(0, end).toString()) as Json, 'one.shard', (value) => {
      const line = JSON.stringify(value)
      const body = Buffer.concat([Buffer.from(`${line}\n${sha256(line)}\n`), bytes.subarray(end + 66, -64)])
      writeFileSync(at('one.shard'), Buffer.concat([body, Buffer.from(sha256(body))]))
      return mergeShards([at('one.shard')], false, {}, platform)
    })
  })

  it('of the header of a checkpoint', { timeout: patience }, async () => {
    const open = (resume: boolean) => folderCheckpoints(root, resume, 1, remark, HELD).open(planned(prepared), false)
    await (await open(false))?.save({
      spooled: [{ ranges: [{ replicate: 0, from: 0, to: 1 }], sha256: sha256('') }],
      tally: new Uint8Array(8),
    })
    const state = at('.checkpoint', 'state')
    const header = JSON.parse(readFileSync(state, 'latin1').split('\n', 1)[0]) as Json
    await odd(header, '.checkpoint', (value) => {
      const body = Buffer.concat([Buffer.from(`${JSON.stringify(value)}\n`), new Uint8Array(8)])
      writeFileSync(state, Buffer.concat([body, Buffer.from(sha256(body))]))
      return open(true)
    })
  })

  it('of the index of a batch, of a lock and of a task', { timeout: patience }, async () => {
    mkdirSync(at('batch'))
    await odd({ scenarios: [{ scenario: 'north', status: 'done' }] }, '--out', (value) => {
      writeFileSync(at('batch', 'index.json'), bytesOf(value))
      return checkBatchFolder(at('batch'), [], false)
    })
    await odd({ tag: 'a', host: 'h', boot: 'b', space: '', pid: 1, started: '', since: '' }, '', (value) =>
      ownerIn(JSON.stringify(value)),
    )
    await odd(JSON.parse(tasksOf(prepared).tasks[0].data) as Json, 'billcast', (value) => readTask(JSON.stringify(value)))
  })
})
