import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkFolder, settleFolder, waitingKind, writeFolder } from '../../../src/present/files/folder.ts'
import { whole } from '../../../src/present/files/write.ts'
import { long } from '../../effort.ts'
import { type Fault, MemoryDisk } from './memory-disk.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const hasher = () => {
  const hash = createHash('sha256')
  return { update: (part: Uint8Array) => hash.update(part), digest: () => hash.digest('hex') }
}
const bytes = (text: string) => new TextEncoder().encode(text)
const text = (data: Uint8Array | undefined) => new TextDecoder().decode(data)
const run = (word: string, names: readonly string[]) =>
  names.map((name, k) => {
    const own = bytes(`${word} ${name} ${'x'.repeat(7 * k)}`)
    return { name, bytes: own, content: whole(own) }
  })
const EARLIER = run('earlier', ['summary.json', 'trials.arrow', 'months.arrow'])
/** No trials: the earlier ones must go. */
const LATER = run('later', ['summary.json', 'months.arrow'])
const write = (disk: MemoryDisk) => writeFolder(disk, LATER, { run: 'later' }, hasher)

async function folder(start: string): Promise<Map<string, Uint8Array>> {
  const disk = new MemoryDisk('0')
  if (start !== 'empty') await writeFolder(disk, EARLIER, { run: 'earlier' }, hasher)
  const files = disk.files()
  if (start === 'earlier run with remains') {
    files.set('.months.arrow.99.tmp', bytes('half'))
    files.set('.next.killed/summary.json', bytes('of a process that was killed'))
    files.set('.earlier/summary.json', bytes('of a swap that could not remove it'))
    files.set('notes.txt', bytes('mine'))
  }
  return files
}
const STARTS = ['empty', 'earlier run', 'earlier run with remains'] as const

interface Described {
  readonly run: 'earlier' | 'later'
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
}

/** What readers find: the set in place, or the one set aside. Fails if a file of it is not whole. */
function holds(files: ReadonlyMap<string, Uint8Array>): 'nothing' | 'earlier' | 'later' {
  const manifest = files.get('manifest.json') ?? files.get('.earlier/manifest.json')
  if (!manifest) return 'nothing'
  const { run: which, files: list } = JSON.parse(text(manifest)) as Described
  expect(list.map(({ name }) => name)).toEqual((which === 'earlier' ? EARLIER : LATER).map(({ name }) => name))
  for (const { name, sha256: expected } of list) {
    const found = [name, `.earlier/${name}`].flatMap((path) => files.get(path) ?? []).map(sha256)
    expect([name, found.includes(expected)]).toEqual([name, true])
  }
  return which
}

/** The set that lies in place by itself, without a file of another beside it. */
function inPlace(files: ReadonlyMap<string, Uint8Array>): 'nothing' | 'earlier' | 'later' {
  const names = ['summary.json', 'trials.arrow', 'months.arrow']
  const found = names.flatMap((name) => (files.has(name) ? [`${name} ${text(files.get(name))}`] : []))
  if (!files.has('manifest.json')) {
    expect(found).toEqual([])
    return 'nothing'
  }
  const which = holds(new Map([...files].filter(([name]) => !name.startsWith('.'))))
  const run = which === 'earlier' ? EARLIER : LATER
  expect(found.sort()).toEqual(run.map((file) => `${file.name} ${text(file.bytes)}`).sort())
  return which
}

const hidden = (files: ReadonlyMap<string, Uint8Array>) => [...files.keys()].filter((name) => name.startsWith('.'))
const HELD = () => Promise.resolve()

/** Runs with a fault at the n-th operation for n = 0, 1, 2 … until nothing fails any more. */
async function each(
  start: string,
  fault: (n: number) => Fault,
  look: (disk: MemoryDisk, failed: boolean, n: number) => void | Promise<void>,
) {
  for (let n = 0; ; n++) {
    const disk = new MemoryDisk('1', await folder(start))
    disk.fault = fault(n)
    const error = await write(disk).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    await look(disk, error !== undefined, n)
    if (disk.operations <= n) return
    expect(n).toBeLessThan(400)
  }
}

function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe.each(STARTS)('an output folder (%s)', (start) => {
  const before = start === 'empty' ? 'nothing' : 'earlier'
  /** What the next process leaves that opens the folder, and what it leaves after a run of its own. */
  async function next(disk: MemoryDisk) {
    const opened = new MemoryDisk('2', disk.files())
    expect(await settleFolder(opened, HELD)).toBeUndefined()
    const found = inPlace(opened.files())
    await write(opened)
    expect(inPlace(opened.files())).toBe('later')
    expect(hidden(opened.files())).toEqual([])
    return found
  }

  it('takes a whole run and removes what earlier runs left', async () => {
    const disk = new MemoryDisk('1', await folder(start))
    await checkFolder(disk, true)
    await write(disk)
    expect(inPlace(disk.files())).toBe('later')
    expect(hidden(disk.files())).toEqual([])
    expect(disk.files().has('notes.txt')).toBe(start === 'earlier run with remains')
    expect(disk.kinds.filter((kind) => kind === 'flush')).toHaveLength(3)
  })
  it('has the earlier run in place when one operation fails', async () => {
    await each(
      start,
      (n) => (k) => (k === n ? 'fail' : 'ok'),
      async (disk, failed) => {
        expect(inPlace(disk.files())).toBe(failed ? before : 'later')
        disk.fault = () => 'ok'
        await next(disk)
      },
    )
  })
  it('still shows readers the earlier run when every operation fails from one on', async () => {
    await each(
      start,
      (n) => (k) => (k >= n ? 'fail' : 'ok'),
      async (disk, failed) => {
        // If only the last flush fails, the later run is in place.
        expect(failed ? [before, 'later'] : ['later']).toContain(holds(disk.files()))
        disk.fault = () => 'ok'
        await next(disk)
      },
    )
  })
  it('keeps the earlier run when the disk is full', async () => {
    await each(
      start,
      (n) => (k, kind) => (k >= n && kind === 'write' ? 'fail' : 'ok'),
      (disk, failed) => {
        expect(inPlace(disk.files())).toBe(failed ? before : 'later')
        if (failed) expect(hidden(disk.files()).filter((name) => !name.startsWith('.earlier/'))).toEqual([])
      },
    )
  })
  it('is complete after short writes', async () => {
    await each(
      start,
      (n) => (k, kind) => (k >= n && kind === 'write' ? 'short' : 'ok'),
      (disk, failed) => {
        // Half of one byte is no byte, so the disk is full.
        expect(inPlace(disk.files())).toBe(failed ? before : 'later')
      },
    )
    const disk = new MemoryDisk('1', await folder(start))
    disk.fault = (k, kind) => (kind === 'write' && k % 2 === 0 ? 'short' : 'ok')
    await write(disk)
    expect(inPlace(disk.files())).toBe('later')
  })
  it('shows readers the earlier run or the later one when the process is killed, and the next one finishes the swap', async () => {
    const read: string[] = []
    const settled: string[] = []
    await each(
      start,
      (n) => (k) => (k === n ? 'stop' : 'ok'),
      async (disk) => {
        read.push(holds(disk.files()))
        settled.push(await next(disk))
      },
    )
    // The folder goes from the earlier run to the later one, and never back.
    expect([...new Set(read)]).toEqual([before, 'later'])
    expect([...new Set(settled)]).toEqual([before, 'later'])
  })
  it.runIf(long || start === 'earlier run')(
    'shows readers the earlier run or the later one when a process is killed that finishes the swap of another',
    async () => {
      await each(
        start,
        (n) => (k) => (k === n ? 'stop' : 'ok'),
        async (disk) => {
          if (!disk.files().has('.next/manifest.json')) return
          for (let n = 0; ; n++) {
            const second = new MemoryDisk('2', disk.files())
            second.fault = (k) => (k === n ? 'stop' : 'ok')
            const stopped = await settleFolder(second, HELD).then(
              () => false,
              () => true,
            )
            expect([before, 'later']).toContain(holds(second.files()))
            expect(await settleFolder(new MemoryDisk('3', second.files()), HELD)).toBeUndefined()
            if (!stopped && second.operations <= n) return
          }
        },
      )
    },
  )
  it('shows readers the earlier run or the later one after a power failure', async () => {
    await each(
      start,
      (n) => (k) => (k === n ? 'stop' : 'ok'),
      async (disk, failed, n) => {
        for (let seed = 0; seed < (long ? 40 : 4); seed++) {
          const left = disk.afterPowerFailure(generator(1000 * n + seed))
          expect(failed ? [before, 'later'] : ['later']).toContain(holds(left))
          await next(new MemoryDisk('3', left))
        }
      },
    )
  })
})

describe('a file that another program keeps open', () => {
  it('leaves the earlier run in place and the later one beside it, until the program closes it', async () => {
    for (const file of ['manifest.json', 'summary.json', 'trials.arrow', 'months.arrow']) {
      const disk = new MemoryDisk('1', await folder('earlier run'))
      disk.fault = (_, kind, path) => (kind === 'rename' && path === file ? 'fail' : 'ok')
      await expect(write(disk)).rejects.toThrow(
        /^--out out could not be changed: .*\. The earlier results are unchanged, and the new ones are complete in out\/\.next\. Close the program that has a file of out open, then put them in place with billcast place out$/,
      )
      expect(inPlace(disk.files())).toBe('earlier')
      expect(await waitingKind(disk)).toBe('run')
      expect((await settleFolder(disk, HELD))?.message).toContain('billcast place out')
      expect(inPlace(disk.files())).toBe('earlier')
      disk.fault = () => 'ok'
      expect(await settleFolder(disk, HELD)).toBeUndefined()
      expect([inPlace(disk.files()), hidden(disk.files())]).toEqual(['later', []])
    }
  })
})

describe('a writer that has lost its lock', () => {
  it('changes no name', async () => {
    const disk = new MemoryDisk('1', await folder('earlier run'))
    const held = () => Promise.reject(new Error('another billcast took these results over'))
    await expect(writeFolder(disk, LATER, { run: 'later' }, hasher, { held })).rejects.toThrow('took these results over')
    expect([inPlace(disk.files()), hidden(disk.files())]).toEqual(['earlier', []])
  })
  it('moves nothing back that another process may be moving', async () => {
    const disk = new MemoryDisk('1', await folder('earlier run'))
    let checks = 0
    const held = () => (checks++ === 0 ? Promise.resolve() : Promise.reject(new Error('lost')))
    disk.fault = (_, kind, path) => (kind === 'rename' && path === 'months.arrow' ? 'fail' : 'ok')
    await expect(writeFolder(disk, LATER, { run: 'later' }, hasher, { held })).rejects.toThrow('lost')
    expect(holds(disk.files())).toBe('earlier')
    disk.fault = () => 'ok'
    expect(await settleFolder(new MemoryDisk('2', disk.files()), HELD)).toBeUndefined()
  })
})

describe('a folder is refused before the run', () => {
  const refusal = async (disk: MemoryDisk, force = false) => {
    try {
      await checkFolder(disk, force)
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : ''
    }
    return ''
  }
  it('if it contains other files', async () => {
    const disk = new MemoryDisk(
      '1',
      new Map([
        ['summary.json', bytes('{}')],
        ['thesis.docx', bytes('')],
      ]),
    )
    expect(await refusal(disk)).toBe(
      'UsageError: --out out: expected an empty folder or one of an earlier run, but it contains thesis.docx. Choose another folder, or add --force to write beside it',
    )
    expect(await refusal(disk, true)).toBe('')
    expect(await refusal(new MemoryDisk('1', new Map([['.thesis.docx.7.tmp', bytes('')]])))).toContain(
      'it contains .thesis.docx.7.tmp',
    )
  })
  it('if it cannot be written, whichever operation fails', async () => {
    for (let n = 0; n < 6; n++) {
      const disk = new MemoryDisk('1')
      disk.fault = (k) => (k === n ? 'fail' : 'ok')
      const expected =
        n < disk.operations || n < 6 ? /^UsageError: --out out: expected a folder that billcast can write, but no space/ : /^$/
      expect(await refusal(disk)).toMatch(expected)
    }
  })
  it('and otherwise stays as it was', async () => {
    const disk = new MemoryDisk('1')
    expect(await refusal(disk)).toBe('')
    expect([...disk.files().keys()]).toEqual([])
    expect(disk.operations).toBe(6)
  })
})

it('a failed write is reported in one line', async () => {
  const disk = new MemoryDisk('1')
  disk.fault = (_, kind) => (kind === 'write' ? 'fail' : 'ok')
  await expect(write(disk)).rejects.toThrow(
    /^--out out could not take summary\.json \(after 0 bytes\): no space is left on the disk \(ENOSPC\)$/,
  )
})
