// Locks on sets of files. test/slow/shared-folder.test.ts has whole commands in containers and on two hosts.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { heldAs, lockSet, withLock } from '../../../src/platform/node/lock.ts'
import { hasEnded, type Owner, ownerHere } from '../../../src/platform/node/owner.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-lock-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const file = join(root, '.results.lock')
const lock = (wait = 0, note?: (words: string) => void) => lockSet(root, 'results', '--out results', { wait, note })
const here = await ownerHere('another')
/** Writes the lock of another process. @param seconds since its last sign of life */
function left(owner: Partial<Owner>, seconds: number): void {
  writeFileSync(file, JSON.stringify({ ...here, ...owner }))
  const time = Date.now() / 1000 - seconds
  utimesSync(file, time, time)
}
const elsewhere = { host: 'build-7', boot: 'other', pid: 1 }
beforeEach(() => rmSync(file, { force: true }))

describe('a lock', () => {
  it('is there while it is held, and nothing of it afterwards', async () => {
    const inside = await withLock(root, 'results', '--out results', {}, async ({ check }) => {
      await check()
      return readdirSync(root)
    })
    expect(inside).toEqual(['.results.lock'])
    expect(readdirSync(root)).toEqual([])
  })
  it('refuses a second writer, and names the first', async () => {
    const hold = await lock()
    await expect(lock()).rejects.toThrow(
      /^--out results: another billcast \(process \d+ on \S+, since \S+\) is writing these results\. Wait for it with --wait-lock, such as --wait-lock 600, or choose another folder\./,
    )
    await hold.release()
    await (await lock()).release()
  })
  it('is for one set: another set of the folder has its own', async () => {
    const hold = await lock()
    await withLock(root, 'plan.001-of-002.shard', '', {}, () => Promise.resolve())
    await hold.release()
  })
  it('makes a second writer wait with --wait-lock, which says so once', async () => {
    const hold = await lock()
    const notes: string[] = []
    const second = lock(60, (words) => notes.push(words))
    while (notes.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await hold.release()
    await (await second).release()
    expect(notes).toEqual([expect.stringMatching(/^--out results: waiting for another billcast \(process \d+ on /)])
  })
  it('lets a stop end the wait', async () => {
    const hold = await lock()
    const stop = new AbortController()
    const second = lockSet(root, 'results', '', { wait: 60, signal: stop.signal, note: () => stop.abort() })
    await expect(second).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
    await hold.release()
  })
  it('counts as left behind 60 seconds after the last sign of life, not before', async () => {
    left(elsewhere, 50)
    await expect(lock()).rejects.toThrow('process 1 on build-7')
    left(elsewhere, 70)
    await (await lock()).release()
    expect(readdirSync(root)).toEqual([])
  })
  it('counts as left behind at once if its process has ended on this machine', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    left({ pid: child.pid ?? 0, started: '1' }, 0)
    await (await lock()).release()
    // The number of a process says nothing without its start: this process has another.
    expect(await hasEnded({ ...here, started: here.started === '' ? '' : '1' }, here)).toBe(here.started !== '')
    expect(await hasEnded(here, here)).toBe(false)
    expect(await hasEnded({ ...here, ...elsewhere }, here)).toBe(false)
  })
  it('counts as held while its owner has not signed it yet, and not for ever', async () => {
    writeFileSync(file, '')
    await expect(lock()).rejects.toThrow('another billcast is writing these results')
    const time = Date.now() / 1000 - 70
    utimesSync(file, time, time)
    await (await lock()).release()
  })
  it('that another process has taken is noticed, and stays with that process', async () => {
    const hold = await lock()
    const time = Date.now() / 1000 - 70
    // A process that is stopped gives no sign of life; here it is one of another machine.
    writeFileSync(file, readFileSync(file, 'utf8').replace(here.boot, 'other'))
    utimesSync(file, time, time)
    const second = await lock()
    await expect(hold.check()).rejects.toThrow(/^--out .*: another billcast took these results over/)
    await hold.release()
    await second.check()
    await heldAs(root, 'results', second.tag, '--out results')()
    await second.release()
    expect(existsSync(file)).toBe(false)
  })
  it('that disappeared is not said to be taken, and neither is its folder', async () => {
    const folder = join(root, 'moved')
    mkdirSync(folder)
    const hold = await lockSet(folder, 'results', '--out moved')
    renameSync(join(folder, '.results.lock'), join(folder, 'other'))
    await expect(hold.check()).rejects.toThrow(
      /^--out moved: .*\.results\.lock disappeared, which kept others from writing these results\. Someone removed it, or another billcast took the results over and has ended\. This one writes nothing more\. Run it again$/,
    )
    renameSync(folder, `${folder}-away`)
    await expect(hold.check()).rejects.toThrow(
      /^--out moved: the folder disappeared while billcast wrote into it: it was removed or renamed, or its disk was detached\. Nothing more is written\. Run the command again$/,
    )
    await hold.release()
    rmSync(`${folder}-away`, { recursive: true })
  })
  it('that cannot be read for a moment is not lost', async () => {
    const hold = await lock()
    renameSync(file, `${file}-mine`)
    mkdirSync(file)
    const checked = hold.check()
    setTimeout(() => {
      rmdirSync(file)
      renameSync(`${file}-mine`, file)
    }, 20)
    await checked
    await hold.release()
    expect(readdirSync(root)).toEqual([])
  })
  it('refuses a link, a folder or a pipe in its place, and does not wait for it', async () => {
    const refusal = `--out results: expected a folder that billcast can lock, but ${file} is not a regular file. Remove it, then run the command again`
    symlinkSync(join(root, 'nowhere'), file)
    await expect(lock(600)).rejects.toThrow(refusal)
    rmSync(file)
    mkdirSync(file)
    await expect(lock(600)).rejects.toThrow(refusal)
    rmdirSync(file)
    if (spawnSync('mkfifo', [file]).status === 0) await expect(lock(600)).rejects.toThrow(refusal)
  })
  it('removes what killed processes left beside it, and nothing that one may still need', async () => {
    const [old, fresh] = [`${file}.${crypto.randomUUID()}`, `${file}.${crypto.randomUUID()}`]
    for (const name of [old, fresh, `${file}.mine`]) writeFileSync(name, '.')
    const time = Date.now() / 1000 - 70
    for (const name of [old, `${file}.mine`]) utimesSync(name, time, time)
    await (await lock()).release()
    expect(readdirSync(root).map((name) => join(root, name))).toEqual([fresh, `${file}.mine`].sort())
    for (const name of [fresh, `${file}.mine`]) rmSync(name)
  })
  it('goes to one of many processes that find it left behind', async () => {
    left(elsewhere, 70)
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => lock()))
    const winners = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const checked = await Promise.allSettled(winners.map(({ check }) => check()))
    expect(checked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const hold of winners) await hold.release()
    expect(readdirSync(root)).toEqual([])
  })
  it('needs a folder that can be written', async () => {
    await expect(lockSet(join(root, 'none'), 'results', '--out none')).rejects.toThrow(
      /^--out none: expected a folder that billcast can lock, but there is no such file or folder \(ENOENT\)$/,
    )
  })
})
