// A batch that is stopped while it runs goes on to the same bits.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { childCpu } from '../cpu.ts'
import { here } from '../end-to-end/command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-batch-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const plans = join(root, 'plans')
const out = join(root, 'out')
const plan = `
months: 3
conversations: { base: 40k to 50k, noise: { cv: 8% } }
resolution: { rate: 60% to 70% }
offers:
  fin: { charges: [{ meter: resolutions, price: $0.99 }] }
  flat: { charges: [{ meter: conversations, price: $0.65 }] }
budget: { offer: fin, amount: $1m }
run: { trials: 2m }
`

it('a batch that is terminated ends with 143 after at most 2 s of CPU, and --resume finishes it to the same bits', async () => {
  mkdirSync(plans)
  for (const name of ['north', 'south']) writeFileSync(join(plans, `${name}.yaml`), plan)
  const args = ['dist/cli/billcast.js', 'batch', join(plans, '*.yaml'), '--out', out, '--no-report', '--no-keep-trials', '--quiet']
  const cpu = childCpu(join(root, 'batch.cpu'))
  const env = { ...process.env, ...cpu.env }
  const running = execFile(process.execPath, [...args, '--checkpoint-every', '0.2', '--jobs', '1'], { env })
  const ended = new Promise<number | null>((resolve) => running.on('exit', (code) => resolve(code)))
  while (running.exitCode === null && !existsSync(join(out, 'north/.checkpoint/state')))
    await new Promise((resolve) => setTimeout(resolve, 10))
  cpu.begin(running.pid)
  running.kill('SIGTERM')
  expect(await ended).toBe(143)
  expect(cpu.used()).toBeLessThan(2)
  expect(existsSync(join(out, 'index.json'))).toBe(false)
  const again = await here(['batch', join(plans, '*.yaml'), '--out', out, '--no-report', '--no-keep-trials', '--quiet', '--resume'])
  expect(again.status).toBe(0)
  const alone = await here(['run', join(plans, 'north.yaml'), '--no-keep-trials', '--json'])
  expect(readFileSync(join(out, 'north/summary.json'), 'utf8')).toBe(alone.stdout)
})

it('a batch gives the same bits with any number of jobs and threads', async () => {
  const small = join(root, 'small')
  mkdirSync(small)
  for (const name of ['north', 'south', 'west']) writeFileSync(join(small, `${name}.yaml`), plan.replace('2m', '1024'))
  const written = async (jobs: string, threads: string) => {
    const folder = join(root, `small-${jobs}`)
    const args = ['--out', folder, '--jobs', jobs, '--threads', threads, '--no-report']
    expect(await here(['batch', join(small, '*.yaml'), ...args])).toMatchObject({ status: 0, stderr: '' })
    return ['index.json', 'index.csv', 'index.html', 'north/summary.json'].map((name) => readFileSync(join(folder, name), 'utf8'))
  }
  expect(await written('3', '2')).toEqual(await written('1', '1'))
})
