import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Flusher } from '../../../src/platform/node/flush.ts'

const failing = (code: string) => ({ sync: () => Promise.reject(Object.assign(new Error(code), { code })) })

it.each(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM'])('a disk that answers %s is noted once', async (code) => {
  const notes: string[] = []
  const flusher = new Flusher((words) => notes.push(words))
  await flusher.file(failing(code), 'results/summary.json')
  await flusher.file(failing(code), 'results/months.arrow')
  expect(notes).toEqual([
    `results/summary.json: this disk cannot flush files (${code}). The results are complete, but a power failure in the next minutes may lose them`,
  ])
})
it.each(['EIO', 'ENOSPC', 'EDQUOT'])('a disk that answers %s fails', async (code) => {
  await expect(new Flusher(() => undefined).file(failing(code), 'summary.json')).rejects.toThrow(code)
})
it('files and folders of a disk that can flush are not noted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'billcast-flush-'))
  const notes: string[] = []
  await new Flusher((words) => notes.push(words)).folder(folder)
  rmSync(folder, { recursive: true })
  expect(notes).toEqual([])
})
