import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { messageOf, UsageError } from '../../../src/errors.ts'
import { checkFolder, settleFolder, waitingKind, writeFolder } from '../../../src/present/files/folder.ts'
import { LockError } from '../../../src/present/files/held.ts'
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
/** Complete, but not in place, since a program had a file of the earlier run open. */
const WAITING = run('waiting', ['summary.json', 'trials.arrow'])
const SETS = { earlier: EARLIER, later: LATER, waiting: WAITING } as const
type Found = 'nothing' | keyof typeof SETS
const write = (disk: MemoryDisk) => writeFolder(disk, LATER, { run: 'later' }, hasher)

async function folder(start: string): Promise<Map<string, Uint8Array>> {
  const disk = new MemoryDisk('0')
  if (start !== 'empty') await writeFolder(disk, EARLIER, { run: 'earlier' }, hasher)
  if (start === 'a run that waits') {
    disk.fault = (_, kind, path) => (kind === 'rename' && path === 'months.arrow' ? 'fail' : 'ok')
    await expect(writeFolder(disk, WAITING, { run: 'waiting' }, hasher)).rejects.toThrow('billcast place')
  }
  const files = disk.files()
  if (start === 'earlier run with remains') {
    files.set('.months.arrow.99.tmp', bytes('half'))
    files.set('.next.killed/summary.json', bytes('of a process that was killed'))
    files.set('.earlier/summary.json', bytes('of a swap that could not remove it'))
    files.set('notes.txt', bytes('mine'))
  }
  return files
}
const STARTS = ['empty', 'earlier run', 'earlier run with remains', 'a run that waits'] as const

interface Described {
  readonly run: keyof typeof SETS
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
}

/** What readers find: the set in place, or the one set aside. Fails if a file of it is not whole. */
function holds(files: ReadonlyMap<string, Uint8Array>): Found {
  const inside = files.get('manifest.json')
  const manifest = inside ?? files.get('.earlier/manifest.json')
  if (!manifest) return 'nothing'
  const { run: which, files: list } = JSON.parse(text(manifest)) as Described
  expect(list.map(({ name }) => name)).toEqual(SETS[which].map(({ name }) => name))
  for (const { name, sha256: expected } of list) {
    const places = inside ? [name] : [name, `.earlier/${name}`]
    const found = places.flatMap((path) => files.get(path) ?? []).map(sha256)
    expect([name, found.includes(expected)]).toEqual([name, true])
  }
  return which
}

/** The set that lies in place by itself, without a file of another beside it. */
function inPlace(files: ReadonlyMap<string, Uint8Array>): Found {
  const names = ['summary.json', 'trials.arrow', 'months.arrow']
  const found = names.flatMap((name) => (files.has(name) ? [`${name} ${text(files.get(name))}`] : []))
  if (!files.has('manifest.json')) {
    expect(found).toEqual([])
    return 'nothing'
  }
  const which = holds(new Map([...files].filter(([name]) => !name.startsWith('.'))))
  expect(which).not.toBe('nothing')
  const set = which === 'nothing' ? [] : SETS[which]
  expect(found.sort()).toEqual(set.map((file) => `${file.name} ${text(file.bytes)}`).sort())
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
  /** A run that waits comes into place before the next one. */
  const settles = start === 'a run that waits' ? 'waiting' : before
  /** What the next process leaves that opens the folder, and what it leaves after a run of its own. */
  async function next(disk: MemoryDisk) {
    const opened = new MemoryDisk('2', disk.files())
    expect(await settleFolder(opened, HELD, hasher)).toBeUndefined()
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
        const drafts = hidden(disk.files()).filter((name) => !/^\.(earlier|next)\//.test(name))
        if (failed) expect(drafts).toEqual([])
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
    expect([...new Set(settled)]).toEqual([settles, 'later'])
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
            const stopped = await settleFolder(second, HELD, hasher).then(
              () => false,
              () => true,
            )
            expect([before, 'later']).toContain(holds(second.files()))
            expect(await settleFolder(new MemoryDisk('3', second.files()), HELD, hasher)).toBeUndefined()
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
      expect(await waitingKind(disk, HELD, hasher)).toBe('run')
      expect((await settleFolder(disk, HELD, hasher))?.message).toContain('billcast place out')
      expect(inPlace(disk.files())).toBe('earlier')
      disk.fault = () => 'ok'
      expect(await settleFolder(disk, HELD, hasher)).toBeUndefined()
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
    let lost = false
    disk.fault = (_, kind, path) => {
      lost ||= kind === 'rename' && path === 'months.arrow'
      return lost ? 'fail' : 'ok'
    }
    const held = () => (lost ? Promise.reject(new LockError('lost')) : Promise.resolve())
    await expect(writeFolder(disk, LATER, { run: 'later' }, hasher, { held })).rejects.toThrow(/^lost$/)
    expect(holds(disk.files())).toBe('earlier')
    disk.fault = () => 'ok'
    expect(await settleFolder(new MemoryDisk('2', disk.files()), HELD, hasher)).toBeUndefined()
  })
  it.each(STARTS)('has looked at its lock right before each move, also those back (%s)', async (start) => {
    for (const last of ['', 'manifest.json', 'months.arrow', '.next/manifest.json']) {
      const disk = new MemoryDisk('1', await folder(start))
      const events: string[] = []
      const held = () => Promise.resolve(void events.push('held'))
      disk.fault = (_, kind, path) => {
        events.push(`${kind} ${path}`)
        return kind === 'rename' && path === last ? 'fail' : 'ok'
      }
      await writeFolder(disk, LATER, { run: 'later' }, hasher, { held }).catch(() => undefined)
      await settleFolder(disk, held, hasher).catch(() => undefined)
      const moves = events.flatMap((event, k) => (event.startsWith('rename') ? [[event, events[k - 1]]] : []))
      expect(moves.length).toBeGreaterThan(2)
      expect(moves.filter(([, before]) => before !== 'held')).toEqual([])
    }
  })
})

describe('a swap that can neither be finished nor undone', () => {
  /** Fails the first move of a file, and everything that comes after. */
  const stuck = async (path: string, kind = 'rename') => {
    const disk = new MemoryDisk('1', await folder('earlier run'))
    let failed = false
    disk.fault = (_, own, name) => {
      failed ||= own === kind && name === path
      return failed ? 'fail' : 'ok'
    }
    const message = await write(disk).catch(messageOf)
    disk.fault = () => 'ok'
    return { disk, message }
  }
  it('says where the files of both sets are, and the command of the error finishes it', async () => {
    const { disk, message } = await stuck('months.arrow')
    expect(message).toBe(
      '--out out could not be changed: no space is left on the disk (ENOSPC). No file is lost: the earlier results are in out/.earlier and out, the new ones in out/.next and out. Close the program that has a file of out open, then put the new ones in place with billcast place out',
    )
    expect([holds(disk.files()), await waitingKind(disk, HELD, hasher)]).toEqual(['earlier', 'run'])
    expect(await settleFolder(disk, HELD, hasher)).toBeUndefined()
    expect(inPlace(disk.files())).toBe('later')
  })
  it('says that the new set is in place if only the flush after it failed', async () => {
    const disk = new MemoryDisk('1', await folder('earlier run'))
    let moved = false
    disk.fault = (_, kind, path) => {
      const fails = moved
      moved ||= kind === 'rename' && path === '.next/manifest.json'
      return fails && kind !== 'list' ? 'fail' : 'ok'
    }
    await expect(write(disk)).rejects.toThrow(
      /^--out out could not be changed: .* \(ENOSPC\)\. The new results are in place, but a power failure may lose them\. Check the disk, then the results with billcast verify out$/,
    )
    expect(inPlace(disk.files())).toBe('later')
  })
})

describe('a set of another kind that waits', () => {
  it('comes into place as it does without waiting, whatever opens the folder next', async () => {
    const answer = [{ name: 'backtest.json', content: whole(bytes('{}')) }]
    const kind = 'backtest'
    const put = async (blocked: boolean) => {
      const disk = new MemoryDisk('1', await folder('earlier run'))
      disk.fault = (_, own, path) => (blocked && own === 'rename' && path === 'manifest.json' ? 'fail' : 'ok')
      await writeFolder(disk, answer, { kind }, hasher, { kind }).catch(() => undefined)
      disk.fault = () => 'ok'
      expect(await settleFolder(disk, HELD, hasher)).toBeUndefined()
      return [...disk.files().keys()].sort()
    }
    expect(await put(true)).toEqual(await put(false))
  })
  it('with a damaged manifest does not count, and the earlier set moves back', async () => {
    const disk = new MemoryDisk('1', await folder('earlier run'))
    disk.fault = (_, kind, path) => (kind === 'rename' && path === '.next/manifest.json' ? 'stop' : 'ok')
    await write(disk).catch(() => undefined)
    const files = disk.files()
    files.set('.next/manifest.json', bytes('{"files": ['))
    const next = new MemoryDisk('2', files)
    expect(await settleFolder(next, HELD, hasher)).toBeUndefined()
    expect([holds(next.files()), hidden(next.files())]).toEqual(['earlier', []])
  })
})

describe('a set that waits and has a damaged file', () => {
  /** What lies in the folder after a writer was stopped at its n-th move of the file, and a file of the new set was changed. */
  async function damagedAt(stop: string, change: (files: Map<string, Uint8Array>) => void) {
    const disk = new MemoryDisk('1', await folder('earlier run'))
    disk.fault = (_, kind, path) => (kind === 'rename' && path === stop ? 'stop' : 'ok')
    await write(disk).catch(() => undefined)
    const files = disk.files()
    change(files)
    return files
  }
  const flipped = (path: string) => (files: Map<string, Uint8Array>) => files.set(path, bytes('flipped'))
  const gone = (path: string) => (files: Map<string, Uint8Array>) => files.delete(path)
  it.each([
    ['before its first move', 'manifest.json', flipped('.next/summary.json'), 'summary.json has changed since billcast wrote it'],
    ['before its first move', 'manifest.json', gone('.next/months.arrow'), 'months.arrow is missing'],
    ['in its middle', '.next/summary.json', flipped('.next/months.arrow'), 'months.arrow has changed since billcast wrote it'],
    ['in its middle', '.next/months.arrow', gone('.next/months.arrow'), 'months.arrow is missing'],
    ['before its last move', '.next/manifest.json', flipped('months.arrow'), 'months.arrow is missing'],
  ])('gives way to the earlier set, which is whole, if the swap was stopped %s', async (_, stop, change, clause) => {
    const next = new MemoryDisk('2', await damagedAt(stop, change))
    const heard: string[] = []
    expect(await settleFolder(next, HELD, hasher, undefined, (one) => heard.push(one))).toBeUndefined()
    expect(heard).toEqual([`.next/${clause}`])
    expect([inPlace(next.files()), hidden(next.files())]).toEqual(['earlier', []])
  })
  it('moves nothing if it may not give way', async () => {
    for (const stop of ['manifest.json', '.next/summary.json']) {
      const files = await damagedAt(stop, flipped('.next/months.arrow'))
      const next = new MemoryDisk('2', files)
      const refused = () => {
        throw new UsageError('damaged')
      }
      await expect(settleFolder(next, HELD, hasher, undefined, refused)).rejects.toThrow(/^damaged$/)
      expect([...next.files()]).toEqual([...files])
    }
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
