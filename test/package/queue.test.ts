// The commands of a queue in processes of their own, where something that they need is missing or does not answer.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { begin } from '../distributed/processes.ts'
import { here } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-queue-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('a queue command', () => {
  it('says in one sentence which packages to install', async () => {
    const modules = join(root, 'node_modules')
    mkdirSync(modules)
    for (const name of ['dist', 'generated', 'package.json']) symlinkSync(resolve(name), join(root, name))
    for (const name of readdirSync('node_modules'))
      if (!['bullmq', 'ioredis', 'prom-client'].includes(name)) symlinkSync(resolve('node_modules', name), join(modules, name))
    const run = (...args: string[]) =>
      begin(['--preserve-symlinks', '--preserve-symlinks-main', join(root, 'dist/cli/billcast.js'), ...args], {}, '--no-warnings')
    const worker = run('worker', '--queue', 'redis://127.0.0.1:1')
    const metrics = run('worker', '--queue', 'redis://127.0.0.1:1', '--metrics', '127.0.0.1:0')
    expect([await worker.ended, worker.printed()]).toEqual([
      2,
      'a queue needs bullmq ioredis, which are not installed. Run npm install bullmq ioredis\n',
    ])
    expect([await metrics.ended, metrics.printed()]).toEqual([
      2,
      '--metrics needs prom-client, which is not installed. Run npm install prom-client\n',
    ])
  })

  it('waits for Redis as long as --wait says, and exits with 1', async () => {
    const refused = begin(['queue', 'status', '--queue', 'redis://127.0.0.1:1', '--wait', '0.2'])
    expect([await refused.ended, refused.printed()]).toEqual([
      1,
      'redis://127.0.0.1:1: no Redis answers (the connection is refused (ECONNREFUSED)) after 0.2 s. Check the address, or wait longer with --wait\n',
    ])
    // Something that listens and says nothing.
    const mute = createServer(() => undefined)
    const port = await new Promise<number>((done) =>
      mute.listen(0, '127.0.0.1', () => done((mute.address() as { port: number }).port)),
    )
    const silent = begin(['worker', '--queue', `redis://127.0.0.1:${port}`, '--wait', '0.5'])
    expect([await silent.ended, silent.printed()]).toEqual([
      1,
      `redis://127.0.0.1:${port}: no Redis answers after 0.5 s. Check the address, or wait longer with --wait\n`,
    ])
    mute.close()
  })

  it('refuses a precision without trials', async () => {
    const args = ['batch', 'examples/batch/plans/bank.yaml', '--precision', '1%', '--out', join(root, 'out')]
    const { status, stderr } = await here([...args, '--queue', 'redis://127.0.0.1:1'])
    expect([status, stderr]).toEqual([2, '--precision: --queue needs a number of trials. Use --trials, such as --trials 1m\n'])
  })
})
