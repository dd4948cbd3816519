import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkFolder, writeFolder } from '../../../src/present/files/folder.ts'
import { whole } from '../../../src/present/files/write.ts'
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
    files.set('.summary.json.1.tmp', bytes('of an earlier process with this number'))
    files.set('.summary.json.alive.tmp', bytes('of another process'))
    files.set('notes.txt', bytes('mine'))
  }
  return files
}
const STARTS = ['empty', 'earlier run', 'earlier run with remains'] as const

/** The run that the folder contains. Fails if it contains a part of one. */
function holds(files: ReadonlyMap<string, Uint8Array>): 'nothing' | 'earlier' | 'later' {
  for (const [name, data] of files) {
    if (name.startsWith('.') || name === 'manifest.json' || name === 'notes.txt') continue
    const whole = [...EARLIER, ...LATER].filter((file) => file.name === name).map((file) => text(file.bytes))
    expect(whole).toContain(text(data))
  }
  const manifest = files.get('manifest.json')
  if (!manifest) return 'nothing'
  const { run: which, files: list } = JSON.parse(text(manifest)) as {
    run: 'earlier' | 'later'
    files: { name: string; bytes: number; sha256: string }[]
  }
  expect(list.map(({ name }) => name)).toEqual((which === 'earlier' ? EARLIER : LATER).map(({ name }) => name))
  for (const file of list) {
    const data = files.get(file.name) ?? new Uint8Array()
    expect([file.name, data.byteLength, sha256(data)]).toEqual([file.name, file.bytes, file.sha256])
  }
  // A file of another run beside a manifest would look like its own.
  for (const name of ['summary.json', 'trials.arrow', 'months.arrow'])
    if (files.has(name)) expect(list.map((file) => file.name)).toContain(name)
  return which
}

const temporary = (files: ReadonlyMap<string, Uint8Array>) => [...files.keys()].filter((name) => name.endsWith('.tmp'))

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
    expect(n).toBeLessThan(200)
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

  it('takes a whole run and removes what earlier runs left', async () => {
    const disk = new MemoryDisk('1', await folder(start))
    await checkFolder(disk, true)
    await write(disk)
    expect(holds(disk.files())).toBe('later')
    expect(temporary(disk.files())).toEqual(start === 'earlier run with remains' ? ['.summary.json.alive.tmp'] : [])
    expect(disk.files().has('notes.txt')).toBe(start === 'earlier run with remains')
    expect(disk.kinds.filter((kind) => kind === 'flush')).toHaveLength(3)
  })
  it('is complete or marked as unfinished when one operation fails, and has no temporary files', async () => {
    await each(
      start,
      (n) => (k) => (k === n ? 'fail' : 'ok'),
      async (disk, failed) => {
        const found = holds(disk.files())
        if (!failed) return expect(found).toBe('later')
        expect(temporary(disk.files()).filter((name) => name.endsWith('.1.tmp'))).toEqual([])
        disk.fault = () => 'ok'
        await write(disk)
        expect(holds(disk.files())).toBe('later')
      },
    )
  })
  it('keeps the earlier run when the disk is full', async () => {
    await each(
      start,
      (n) => (k, kind) => (k >= n && kind === 'write' ? 'fail' : 'ok'),
      (disk, failed) => {
        expect(holds(disk.files())).toBe(failed ? before : 'later')
        if (failed) expect(temporary(disk.files()).filter((name) => !name.includes('alive'))).toEqual([])
      },
    )
  })
  it('is complete after short writes', async () => {
    await each(
      start,
      (n) => (k, kind) => (k >= n && kind === 'write' ? 'short' : 'ok'),
      (disk, failed) => {
        // Half of one byte is no byte, so the disk is full.
        expect(holds(disk.files())).toBe(failed ? before : 'later')
      },
    )
    const disk = new MemoryDisk('1', await folder(start))
    disk.fault = (k, kind) => (kind === 'write' && k % 2 === 0 ? 'short' : 'ok')
    await write(disk)
    expect(holds(disk.files())).toBe('later')
  })
  it('is complete or marked as unfinished when the process is killed', async () => {
    const found: string[] = []
    await each(
      start,
      (n) => (k) => (k === n ? 'stop' : 'ok'),
      async (disk) => {
        found.push(holds(disk.files()))
        const next = new MemoryDisk('2', disk.files())
        await write(next)
        expect(holds(next.files())).toBe('later')
        expect(temporary(next.files()).filter((name) => !name.includes('alive'))).toEqual([])
      },
    )
    // The folder goes from the earlier run to no run to the later run, and never back.
    expect([...new Set(found)]).toEqual(before === 'earlier' ? ['earlier', 'nothing', 'later'] : ['nothing', 'later'])
  })
  it('is complete or marked as unfinished after a power failure', async () => {
    await each(
      start,
      (n) => (k) => (k === n ? 'stop' : 'ok'),
      (disk, failed, n) => {
        for (let seed = 0; seed < 40; seed++) holds(disk.afterPowerFailure(generator(1000 * n + seed)))
        if (!failed) expect(holds(disk.afterPowerFailure(generator(n)))).toBe('later')
      },
    )
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
