// Checkpoints on the real disk, beside what is no checkpoint and after the folder was lost. test/slow has runs that are killed.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { planned, prepareScenario } from '../../../src/api/run.ts'
import { folderCheckpoints } from '../../../src/platform/node/checkpoint.ts'
import { LockError } from '../../../src/present/files/held.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-checkpoint-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const folder = join(root, '.checkpoint')
const spool = join(folder, 'spool')
const scenario = { conversations: { base: 1_000 }, offers: { a: { charges: [{ meter: 'conversations', price: 1 }] } } }
const run = planned(await prepareScenario(scenario, { trials: 64 }, { read: () => Promise.reject(new Error('no file')) }))
let lost = false
const held = () => (lost ? Promise.reject(new LockError('lost')) : Promise.resolve())
const warnings: string[] = []
async function opened() {
  const store = await folderCheckpoints(root, true, 1, (words) => warnings.push(words), held).open(run, false)
  if (!store) throw new Error('there is no store')
  return store
}
const segments = [{ at: 0, bytes: Uint8Array.from([1, 2, 3]) }]
const state = { spooled: [], tally: new Uint8Array(8) }

beforeEach(() => {
  lost = false
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
})

it('columns go into the file of earlier ones, and a new file replaces a link', async () => {
  const store = await opened()
  await store.spool(segments)
  await store.spool([{ at: 3, bytes: Uint8Array.from([4]) }])
  expect([...readFileSync(spool)]).toEqual([1, 2, 3, 4])
  const mine = join(root, 'mine')
  writeFileSync(mine, 'mine')
  rmSync(spool)
  symlinkSync(mine, spool)
  await store.spool(segments)
  expect([readFileSync(mine, 'utf8'), [...readFileSync(spool)]]).toEqual(['mine', [1, 2, 3]])
})

// A socket opens as little as any file does when too many are open.
it.skipIf(process.platform === 'win32')('a file that cannot be opened stays where it is', async () => {
  const store = await opened()
  const server = createServer().listen(spool)
  await once(server, 'listening')
  try {
    await expect(store.spool(segments)).rejects.toThrow('ENXIO')
    expect(statSync(spool).isSocket()).toBe(true)
  } finally {
    server.close()
  }
})

it('a lost folder stops the run, keeps the checkpoint of the new owner, and any other error is only noted', async () => {
  const store = await opened()
  await store.save(state)
  const before = readFileSync(join(folder, 'state'))
  lost = true
  const error: unknown = await store.save({ ...state, tally: new Uint8Array(9) }).catch((reason: unknown) => reason)
  expect(() => store.failed(error)).toThrow('lost')
  await expect(folderCheckpoints(root, true, 1, () => undefined, held).remove()).rejects.toThrow('lost')
  expect(readFileSync(join(folder, 'state'))).toEqual(before)
  store.failed(Object.assign(new Error(), { code: 'ENOSPC' }))
  expect(warnings).toEqual(['checkpoints cannot be written, so the run continues without them: the disk is full (ENOSPC)'])
})
