// Errors of the system and of Node in words, with the way out.
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { mkdir, open, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { messageOf, UsageError } from '../../../src/errors.ts'
import { plainWords, withWayOut } from '../../../src/platform/node/words.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-words-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const errorOf = (work: () => Promise<unknown>): Promise<unknown> =>
  work().then(
    () => undefined,
    (error: unknown) => error,
  )

describe('an error of the file system', () => {
  symlinkSync('loop', join(root, 'loop'))
  const failures: readonly (readonly [code: string, words: string, work: () => Promise<unknown>])[] = [
    ['ENOENT', 'there is no such file or folder (ENOENT). Check the path', () => readFile(join(root, 'none'))],
    ['EISDIR', 'it is a folder (EISDIR). Name a file', () => readFile(root)],
    [
      'ENOTDIR',
      'part of its path is a file, not a folder (ENOTDIR). Check the path',
      async () => {
        await writeFile(join(root, 'file'), '')
        await readFile(join(root, 'file', 'below'))
      },
    ],
    ['EEXIST', 'a file of that name exists (EEXIST). Move it away, or choose another name', () => mkdir(root)],
    ['ELOOP', 'its links form a loop (ELOOP). Remove one of the links', () => readFile(join(root, 'loop'))],
    ['ENAMETOOLONG', 'the name is too long (ENAMETOOLONG). Choose a shorter one', () => readFile(join(root, 'x'.repeat(300)))],
    ...(process.platform === 'linux'
      ? ([
          [
            'ENOSPC',
            'the disk is full (ENOSPC). Free some space, or choose another disk',
            async () => {
              const file = await open('/dev/full', 'w')
              await file.write('x').finally(() => file.close())
            },
          ],
        ] as const)
      : []),
  ]
  it.each(failures)('%s has words and a way out', async (code, words, work) => {
    const error = await errorOf(work)
    expect(withWayOut(error)).toMatch(new RegExp(`(^|: )${words.replace(/[()]/g, '\\$&')}$`))
    expect(plainWords(error)).toBe(words.slice(0, words.indexOf(`(${code})`) + code.length + 2))
    // The way out follows words that a message ends with, and no other ones.
    expect(withWayOut(new UsageError(`a: expected b, but ${plainWords(error)}`))).toBe(`a: expected b, but ${words}`)
    expect(withWayOut(new UsageError(`a: ${plainWords(error)}. Do b`))).toBe(`a: ${plainWords(error)}. Do b`)
  })
  it('names its path, and that of an error within a message', async () => {
    const path = join(root, 'none')
    const error = await errorOf(() => readFile(path))
    expect(withWayOut(error)).toBe(`${path}: there is no such file or folder (ENOENT). Check the path`)
    expect(withWayOut(new Error(`--out a: ${messageOf(error)}`))).toBe(
      `--out a: ${path}: there is no such file or folder (ENOENT). Check the path`,
    )
  })
})

describe('an error of Node or V8', () => {
  it('has words without a code', () => {
    const refused = (() => {
      try {
        return new Float64Array(2 ** 52)
      } catch (error) {
        return error
      }
    })()
    expect(withWayOut(refused)).toMatch(/^the system refuses the memory\. Lift the limit on memory \(ulimit -v\)/)
  })
  it.each([
    ['WebAssembly.Memory(): could not allocate memory', /^the system refuses the memory\. Lift/],
    [
      'blocks 1 to 2 failed 3 times: Array buffer allocation failed',
      /^blocks 1 to 2 failed 3 times: the system refuses the memory\. Lift/,
    ],
    ['Worker initialization failure: EAGAIN', /^the system starts no more threads\. Raise the limit on processes .* --threads 1$/],
    ['Worker initialization failure: EMFILE', /^too many files are open for another thread\. Raise the limit \(ulimit -n\)/],
    [
      'Worker terminated due to reaching memory limit: JS heap out of memory',
      /^the memory for a thread's objects is used up\. Use fewer trials/,
    ],
    ['Cannot create a string longer than 0x1fffffe8 characters', /^the text is longer than Node allows\. Use fewer/],
    ["a: EMFILE: too many open files, open '/x/y.js'", /^a: \/x\/y\.js: too many files are open \(EMFILE\)\. Raise/],
    [
      'the worker threads cannot start: EAGAIN',
      /^the worker threads cannot start: the system starts no more threads \(EAGAIN\)\. Raise/,
    ],
    ['connect ECONNREFUSED 127.0.0.1:1', /^connect ECONNREFUSED 127/],
    ['no code of the system: EXTRA: a, b', /^no code of the system: EXTRA: a, b$/],
  ])('%s', (message, words) => {
    expect(withWayOut(new Error(message))).toMatch(words)
  })
})
