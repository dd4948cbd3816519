// A server for assistants reads the files of its folder and no others, whatever it is asked.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { enclosedFolder } from '../../../../src/platform/node/assistant/folder.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-enclosed-'))
const at = (...names: readonly string[]) => join(root, ...names)
mkdirSync(at('plans/data'), { recursive: true })
mkdirSync(at('plans-beside'))
writeFileSync(at('plans/a.yaml'), 'months: 3\n')
writeFileSync(at('plans/data/b.yaml'), 'months: 4\n')
writeFileSync(at('plans/data/b.csv'), 'month,conversations\n')
writeFileSync(at('plans/large.yaml'), 'x'.repeat(2 ** 20 + 1))
writeFileSync(at('plans/bytes.yaml'), Buffer.from([0xff, 0xfe, 0x00]))
writeFileSync(at('secret.yaml'), 'secret: 1\n')
writeFileSync(at('plans-beside/secret.yaml'), 'secret: 1\n')
symlinkSync(at('secret.yaml'), at('plans/link.yaml'))
symlinkSync(root, at('plans/up'))
symlinkSync(at('plans/a.yaml'), at('plans/within.yaml'))
execFileSync('mkfifo', [at('plans/pipe.yaml')])
afterAll(() => rmSync(root, { recursive: true, force: true }))

const folder = enclosedFolder(at('plans'))
const read = async (name: string, file?: string) => new TextDecoder().decode(await folder.reader(file).read(name))

it('reads files in the folder and below it, also through links that stay inside', async () => {
  expect(await folder.text('a.yaml')).toBe('months: 3\n')
  expect(await folder.text('./data/../a.yaml')).toBe('months: 3\n')
  expect(await folder.text('within.yaml')).toBe('months: 3\n')
  expect(await read('data/b.csv')).toBe('month,conversations\n')
})

it("finds a plan's files beside the plan, and above it inside the folder", async () => {
  expect(await read('b.csv', 'data/b.yaml')).toBe('month,conversations\n')
  expect(await read('../a.yaml', 'data/b.yaml')).toBe('months: 3\n')
})

it.each([
  '../secret.yaml',
  'data/../../secret.yaml',
  at('secret.yaml'),
  at('plans/a.yaml'),
  '/etc/passwd',
  '/proc/self/environ',
  'C:\\secret.yaml',
  '\\\\server\\share',
  '../plans-beside/secret.yaml',
  '..',
  '../no-such-file',
  'a.yaml\0.csv',
  'link.yaml',
  'up/secret.yaml',
])('refuses %j as a plan and as a file of a plan, and does not say whether it exists', async (name) => {
  await expect(folder.text(name)).rejects.toThrow('it is outside the folder that this server was started for')
  await expect(read(name)).rejects.toThrow('it is outside the folder that this server was started for')
})

it('refuses folders, pipes, large files and files that are no text, without their place on the disk', async () => {
  for (const [name, words] of [
    ['data', 'it is a folder'],
    ['pipe.yaml', 'it is not a regular file'],
    ['large.yaml', 'the limit is 1 MiB'],
    ['bytes.yaml', 'UTF-8'],
    ['none.yaml', 'there is no such file or folder'],
    ['a.yaml/b', 'part of its path is a file'],
  ] as const) {
    const message = await folder.text(name).then(
      () => 'read',
      (error: unknown) => String(error),
    )
    expect(message).toContain(words)
    expect(message).not.toContain(root)
  }
  await expect(read('../../secret.yaml', 'data/b.yaml')).rejects.toThrow('outside the folder')
})
