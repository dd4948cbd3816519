import { planned, prepareScenario, runShard } from '../../../src/api/run.ts'
import { identityOf } from '../../../src/api/identity.ts'
import { hasher, sha256 } from '../../../src/platform/node/hash.ts'
import { mergeShards } from '../../../src/platform/node/merge.ts'
import { folderCheckpoints } from '../../../src/platform/node/checkpoint.ts'
import { Flusher } from '../../../src/platform/node/flush.ts'
import { heldAs, lockSet } from '../../../src/platform/node/lock.ts'
import { intoFolder, placeFolder } from '../../../src/platform/node/results-folder.ts'
import { checkFolder, settleFolder, writeFolder } from '../../../src/present/files/folder.ts'
import { sealed } from '../../../src/present/files/seal.ts'
import { text, whole, writeFile } from '../../../src/present/files/write.ts'
import { shardBytes } from '../../../src/platform/node/shard-file.ts'
import { columnSum, withValues } from '../../../src/present/tables/formulas.ts'
import { withNormalStyle } from '../../../src/present/tables/normal-style.ts'
import { dataset, indexColumn, textColumn } from '../../../src/present/tables/dataset.ts'
import { trialsOf } from '../../../src/present/tables/tables.ts'
import { withoutTimes } from '../../../src/present/tables/zip-times.ts'
import { fan } from '../../../src/present/charts/summary.ts'
import { VERSION } from '../../../src/platform/version.generated.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'
import { MemoryDisk } from '../../present/files/memory-disk.ts'
import { mkdir, open, readFile } from 'node:fs/promises'
import { commands, Folder, said } from '../commands.ts'
import { calls, cases, type Input, type Subject } from '../input.ts'
import { reader } from '../plans.ts'
import { reseal, statedIn, unseal } from '../../end-to-end/manifests.ts'
import type { Manifest } from '../../../src/api/manifest.ts'
import { yaml } from '../../scenario/slips.ts'
import { simulate } from '../../../src/api/index.ts'

const folder = new Folder()
const text64 = `${yaml('months: 3')}run: { trials: 64 }\n`
const plan = text64.replace('50k', '45k to 60k')
folder.write('plan.yaml', plan)
folder.write('other.yaml', plan.replace('65%', '66%'))
const prepared = await prepareScenario(plan, {}, reader({}))
const identity = identityOf(planned(prepared), VERSION, sha256)
const half = await runShard(prepared, { index: 1, count: 2 }, { executor: () => inlineExecutor })
const derived = await runShard(prepared, { index: 1, count: 1 }, { executor: () => inlineExecutor }, true)
const wholly = await runShard(prepared, { index: 1, count: 1 }, { executor: () => inlineExecutor })

/** Results that wait, whose summary is not the one of their manifest. */
function waitDamaged(): void {
  folder.write('damaged/.next/summary.json', '{}')
  folder.write(
    'damaged/.next/manifest.json',
    Buffer.from(sealed({ files: [{ name: 'summary.json', sha256: sha256('x') }] }, hasher)),
  )
}

/** A shard as a file, with what another header or other contents say. */
function shard(name: string, header: object = {}, content: object = {}): void {
  const own = { shard: { index: 1, count: 2 }, ...identity, plan: 'plan.yaml', written: prepared.written, ...header }
  folder.write(name, Buffer.concat([...shardBytes(own, { ...half, ...content }).pieces()].map((piece) => piece.slice())))
}
shard('1.shard')
shard('2.shard', { shard: { index: 2, count: 2 } })
shard('whole.shard', { shard: { index: 1, count: 1 } })
shard('third.shard', { shard: { index: 1, count: 3 } })
shard('foreign.shard', { identity: sha256('x'), part: { ...identity.part, trials: 128 }, scenarioHash: sha256('y') })
shard('changed.shard', { identity: sha256('changed'), shard: { index: 1, count: 1 } })
shard('columns.shard', { shard: { index: 1, count: 1 } }, { ...wholly, segments: [] })
shard('shape.shard', { written: 5 })
shard('count.shard', { shard: { index: 1, count: 1e9 } })
shard('statistics.shard', { shard: { index: 1, count: 1 } }, { ...wholly, tally: half.tally })
shard('derived.shard', { shard: { index: 1, count: 1 } }, { ...derived, derived: new TextEncoder().encode('5') })
shard('sound.shard', { shard: { index: 1, count: 1 } }, wholly)
const bytes = await readFile(folder.at('sound.shard'))
folder.write('cut.shard', bytes.subarray(0, -100))
bytes[bytes.length - 70] ^= 1
folder.write('flipped.shard', bytes)

const elsewhere = {
  tag: 'theirs',
  host: 'build-7',
  boot: 'other',
  space: '',
  pid: 1,
  started: '',
  since: '2027-01-31T02:00:00.000Z',
}
const unable = Object.assign(new Error(), { code: 'EINVAL' })
/** What work says besides its result. */
async function heardOf(work: (note: (words: string) => void) => Promise<unknown>): Promise<string[]> {
  const heard: string[] = []
  await work((words) => heard.push(words)).catch(() => undefined)
  return heard
}
const HELD = () => Promise.resolve()
const inMemory = folder.at('saved')
const checkpoint = (resume = true, changed = prepared) =>
  folderCheckpoints(inMemory, resume, 1, () => undefined, HELD).open(planned(changed), false)
const state = folder.at('saved/.checkpoint/state')
const segments = [{ at: 0, bytes: new Uint8Array(8) }]

/** Saves a state, changes it, and takes it up again. */
const changedState = async (change: (bytes: Uint8Array) => Uint8Array, again = prepared) => {
  const store = await checkpoint(false)
  await store?.save({ spooled: [], tally: new Uint8Array(8) })
  folder.write('saved/.checkpoint/state', change(await readFile(state)))
  return checkpoint(true, again)
}
const signed = (header: object) => {
  const head = Buffer.from(`${JSON.stringify(header)}\n`)
  return Buffer.concat([head, Buffer.from(sha256(head))])
}

/** A disk that takes no bytes any more. */
const full = {
  open: () => Promise.resolve({ write: () => Promise.resolve(0), sync: () => Promise.resolve(), close: () => Promise.resolve() }),
}

/** Writes nothing through any handle of a file meanwhile. */
async function withoutRoom(work: () => Promise<unknown>): Promise<unknown> {
  const handle = await open(folder.at('plan.yaml'))
  const prototype = Object.getPrototypeOf(handle) as { write: unknown }
  await handle.close()
  const { write } = prototype
  prototype.write = () => Promise.resolve({ bytesWritten: 0 })
  try {
    return await work()
  } finally {
    prototype.write = write
  }
}

/** What comes before, which says nothing of its own. */
const after = (shown: string, before: readonly string[], line: string, prepare: () => unknown = () => undefined): Input => ({
  shown,
  async run() {
    for (const own of before) await said(folder, own)
    await prepare()
    return said(folder, line)
  },
})

type Stated = Manifest & Readonly<Record<string, unknown>>
const statedHere = () => statedIn(folder.at('done')) as unknown as Stated
/** Changes the manifest of the folder `done`, whose SHA-256 is right again. */
const resealed = (change: object) => reseal(folder.at('done'), { ...statedHere(), ...change })
const relive = ({ report }: Stated, change: (text: string) => string) =>
  resealed({ report: { ...report, live: { ...report.live, scenario: change(report.live.scenario) } } })
/** Another summary of the folder `done`, which its manifest names. */
function withSummary(content: string): void {
  folder.write('done/summary.json', content)
  const files = statedHere().files.map((file) => (file.name === 'summary.json' ? { ...file, sha256: sha256(content) } : file))
  resealed({ files })
}
/** What a command says of the folder `done` after a change to its manifest. */
const manifests = (
  list: Readonly<Record<string, readonly [line: string, change: (stated: Stated, summary: object) => unknown]>>,
): Input[] =>
  Object.entries(list).map(([shown, [line, change]]) =>
    after(`billcast ${line.replaceAll('@', '')}, whose manifest.json ${shown}`, ['run @plan.yaml --out @done'], line, async () =>
      change(statedHere(), JSON.parse(await readFile(folder.at('done/summary.json'), 'utf8')) as object),
    ),
  )
const result = await simulate(plan, { keepTrials: false })

export const subjects: Subject[] = [
  {
    folder: 'platform/node',
    inputs: [
      ...commands(folder, [
        'merge --out @merged @1.shard',
        'merge --out @merged @1.shard @1.shard',
        'merge --out @merged @1.shard @foreign.shard',
        'merge --out @merged @1.shard @third.shard',
        'merge --out @merged @changed.shard',
        'merge --out @merged @whole.shard',
        'merge --out @merged @columns.shard',
        'merge --out @merged @shape.shard',
        'merge --out @merged @count.shard',
        'merge --out @merged @statistics.shard',
        'merge --out @merged @derived.shard',
        'merge --out @merged @cut.shard',
        'merge --out @merged @flipped.shard',
        'merge --out @merged @.',
        'run @plan.yaml --out @plan.yaml',
      ]),
      after(
        'billcast merge --partial --out merged 1-of-32.shard',
        ['run @plan.yaml --shard 1/32 --out @few'],
        'merge --partial --out @merged @few/plan.001-of-032.shard',
      ),
      after(
        'billcast merge --partial --out partial 1-of-2.shard',
        ['run @plan.yaml --shard 1/2 --out @few'],
        'merge --partial --no-report --out @partial @few/plan.001-of-002.shard',
      ),
      ...commands(folder, ['verify @partial']),
      after('billcast report done, which was written with --no-report', ['run @plan.yaml --no-report --out @done'], 'report @done'),
      after('billcast verify done, which an earlier version wrote', ['run @plan.yaml --out @done'], 'verify @done', () =>
        unseal(folder.at('done'), { ...statedHere(), format: 1 }),
      ),
      after('billcast report done, whose summary.json has changed', [], 'report @done', () =>
        folder.write('done/summary.json', '{}'),
      ),
      after('billcast report done, whose manifest.json is cut off', [], 'report @done', () =>
        folder.write('done/manifest.json', '{'),
      ),
      after('billcast report done, whose manifest.json has changed', [], 'report @done', () =>
        folder.write('done/manifest.json', '{}'),
      ),
      after('billcast report done, whose manifest.json is of another program', ['run @plan.yaml --out @done'], 'report @done', () =>
        resealed({ format: 4 }),
      ),
      ...manifests({
        'is of an earlier format': [
          'report @done --out @report.html',
          (stated) => unseal(folder.at('done'), { ...stated, format: 2 }),
        ],
        'states another seed': ['report @done', () => resealed({ seed: 'other' })],
        'has a report that is a number': ['report @done', () => resealed({ report: 5 })],
        'has a list of files with nothing in it': ['verify @done', () => resealed({ files: [null] })],
        'has the text of another plan': ['report @done', (stated) => relive(stated, (text) => text.replace('65%', '66%'))],
        'has no plan': ['track @done @none.csv', (stated) => relive(stated, () => 'months: [')],
        'has a summary that is not JSON': ['report @done', () => withSummary('{')],
        'has a summary that is a number': ['report @done', () => withSummary('5')],
        'has a summary of other trials': ['report @done', (_, summary) => withSummary(JSON.stringify({ ...summary, trials: 32 }))],
        'has a summary without a point estimate': [
          'report @done',
          (_, summary) => withSummary(JSON.stringify({ ...summary, warnings: 5, comparison: { measure: 'bill' } })),
        ],
      }),
      after('billcast run plan.yaml --out locked, which another billcast writes', [], 'run @plan.yaml --out @locked', () =>
        folder.write('locked/.results.lock', JSON.stringify(elsewhere)),
      ),
      after(
        'billcast run plan.yaml --out locked, which another billcast is about to lock',
        [],
        'run @plan.yaml --out @locked',
        () => folder.write('locked/.results.lock', ''),
      ),
      ...commands(folder, ['place @none', 'place @few', 'check /dev/null']),
      ...calls(() => mergeShards([], false, {}, { executor: () => inlineExecutor })),
      ...cases({
        'billcast run plan.yaml --resume, beside a checkpoint of other trials and another plan': async () =>
          changedState((own) => own, await prepareScenario(plan.replace('65%', '66%'), { trials: 128 }, reader({}))),
        'billcast run plan.yaml --resume, beside a damaged checkpoint': () => changedState((own) => own.subarray(1)),
        'billcast run plan.yaml --resume, beside a checkpoint of another version': () => changedState(() => signed({ format: 0 })),
        'billcast run plan.yaml --resume, beside a checkpoint of another shape': () => changedState(() => signed({ format: 1 })),
        'billcast run plan.yaml --resume, beside a checkpoint that cannot be read': async () => {
          await checkpoint(false)
          await mkdir(state, { recursive: true })
          return checkpoint()
        },
        'a checkpoint is written when the run is stopped': async () => {
          const store = await checkpoint(false)
          store?.abandon()
          await store?.save({ spooled: [], tally: new Uint8Array(8) })
        },
        'a checkpoint is written to a full disk': async () => {
          const store = await checkpoint(false)
          return withoutRoom(() => store?.spool(segments) ?? Promise.resolve())
        },
        'a checkpoint whose spool is cut off': async () => (await checkpoint(false))?.fill(segments),
        'a lock that another process has taken': () => {
          folder.write('locked/.results.lock', JSON.stringify(elsewhere))
          return heldAs(folder.at('locked'), 'results', 'mine', '--out locked')()
        },
        'a lock in a folder that disappeared': () => heldAs(folder.at('removed'), 'results', 'mine', '--out removed')(),
        'a lock that disappeared': async () => {
          await mkdir(folder.at('unlocked'), { recursive: true })
          await heldAs(folder.at('unlocked'), 'results', 'mine', '--out unlocked')()
        },
        'billcast place results, of which a file is damaged': () => {
          waitDamaged()
          return placeFolder(folder.at('damaged'), {})
        },
        'a run into a folder where damaged results wait': () =>
          heardOf((note) => {
            waitDamaged()
            return intoFolder(folder.at('damaged'), { force: false, note }, () => Promise.resolve())
          }),
        'a lock that cannot be read': async () => {
          await mkdir(folder.at('unread/.results.lock'), { recursive: true })
          await heldAs(folder.at('unread'), 'results', 'mine', '--out unread')()
        },
        'a folder in the place of the lock': () => lockSet(folder.at('unread'), 'results', '--out unread'),
        'a lock that a second writer waits for': () =>
          heardOf(async (note) => {
            folder.write('locked/.results.lock', JSON.stringify(elsewhere))
            await lockSet(folder.at('locked'), 'results', '--out locked', { wait: 0.5, note })
          }),
        'a disk that cannot flush': () =>
          heardOf((note) => new Flusher(note).file({ sync: () => Promise.reject(unable) }, 'results/summary.json')),
        'a checkpoint cannot be written': async () => {
          const heard: string[] = []
          const warn = (words: string) => heard.push(words)
          const store = await folderCheckpoints(folder.at('unsaved'), false, 1, warn, HELD).open(planned(prepared), false)
          store?.failed(Object.assign(new Error(), { code: 'ENOSPC' }))
          return heard
        },
      }),
    ],
  },
  {
    folder: 'present/files',
    inputs: [
      ...cases({
        'a folder on a disk that gets full': () => {
          const disk = new MemoryDisk()
          disk.fault = (_, kind) => (kind === 'write' ? 'fail' : 'ok')
          return writeFolder(disk, [{ name: 'summary.json', content: text('{}') }], {}, hasher)
        },
        'results that cannot take the place of earlier ones, because a program has a file open': async () => {
          const disk = new MemoryDisk()
          const write = () => writeFolder(disk, [{ name: 'summary.json', content: text('{}') }], {}, hasher)
          await write()
          disk.fault = (_, kind, path) => (kind === 'rename' && path === 'summary.json' ? 'fail' : 'ok')
          return write()
        },
        'results that cannot take the place of earlier ones, which cannot move back either': async () => {
          const disk = new MemoryDisk()
          const write = () => writeFolder(disk, [{ name: 'summary.json', content: text('{}') }], {}, hasher)
          await write()
          let failed = false
          disk.fault = (_, kind, path) => {
            failed ||= kind === 'rename' && path === 'summary.json'
            return failed ? 'fail' : 'ok'
          }
          return write()
        },
        'results beside what an earlier swap left, which cannot be removed': async () => {
          const names = ['manifest.json', '.earlier/summary.json']
          const disk = new MemoryDisk('1', new Map(names.map((name) => [name, new Uint8Array()])))
          disk.fault = (_, kind) => (kind === 'remove' ? 'fail' : 'ok')
          return writeFolder(disk, [{ name: 'summary.json', content: text('{}') }], {}, hasher)
        },
        'results in place on a disk that then fails': async () => {
          const disk = new MemoryDisk()
          let last = false
          disk.fault = (_, kind, path) => {
            const fails = last && kind !== 'list'
            last ||= kind === 'rename' && path === '.next/manifest.json'
            return fails ? 'fail' : 'ok'
          }
          return writeFolder(disk, [{ name: 'summary.json', content: text('{}') }], {}, hasher)
        },
        'a set that waits, on a disk that cannot put it in place': async () => {
          const disk = new MemoryDisk()
          disk.fault = (_, kind, path) => (kind === 'rename' && path === '.next/summary.json' ? 'stop' : 'ok')
          await writeFolder(disk, [{ name: 'summary.json', content: text('{}') }], {}, hasher).catch(() => undefined)
          const next = new MemoryDisk('2', disk.files())
          next.fault = (_, kind) => (kind === 'rename' ? 'fail' : 'ok')
          return settleFolder(next, HELD, hasher)
        },
        'a swap that was killed, on a disk that cannot finish it': async () => {
          const disk = new MemoryDisk('1', new Map([['.earlier/manifest.json', new Uint8Array()]]))
          disk.fault = (_, kind) => (kind === 'rename' ? 'fail' : 'ok')
          return settleFolder(disk, HELD, hasher)
        },
        'a folder in which .next cannot be read': () => {
          const disk = new MemoryDisk('1', new Map([['.next/summary.json', new Uint8Array()]]))
          let lists = 0
          disk.fault = (_, kind) => (kind === 'list' && lists++ > 0 ? 'fail' : 'ok')
          return checkFolder(disk, false)
        },
        'a folder that cannot be made': () => {
          const disk = new MemoryDisk()
          disk.fault = (_, kind) => (kind === 'make' ? 'fail' : 'ok')
          return checkFolder(disk, false)
        },
        'a file on a disk that takes nothing more': () => writeFile(full as never, 'summary.json', whole(new Uint8Array(8))),
      }),
    ],
  },
  {
    folder: 'present/tables',
    inputs: calls(
      () => result.trials(),
      () => trialsOf({} as never, 'USD', {} as never),
      () => dataset({ name: 'trials', rows: 0, columns: [indexColumn('trial'), textColumn('Trial', [])], origin: {} }),
      () => withNormalStyle('<styleSheet/>'),
      () => withValues('<sheetData/>', [[columnSum([[1]], 0, 1)]]),
      () => withoutTimes(new Uint8Array(4)),
      () => withoutTimes(Uint8Array.from([0x50, 0x4b, 5, 6, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    ),
  },
  { folder: 'present/charts', inputs: calls(() => fan(result.summary, 'ada')) },
  { folder: 'cli', inputs: commands(folder, ['run @certain.yaml']) },
]
folder.write('certain.yaml', text64)
