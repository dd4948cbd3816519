// Processes that the benchmarks start: the command with its log, and a private Redis.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const COMMAND = new URL('../dist/cli/billcast.js', import.meta.url).pathname

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** Starts the command. Keeps the JSON lines of its standard error with their time in seconds, and reports each as it arrives. */
export function begin(args, onEvent = () => {}) {
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  const events = []
  let text = ''
  child.stderr.on('data', (part) => {
    text += part
    const lines = text.split('\n')
    text = lines.pop()
    for (const line of lines) {
      const event = { ...JSON.parse(line), at: performance.now() / 1000 }
      events.push(event)
      onEvent(event, child)
    }
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const done = async () => {
    const code = await ended
    if (code !== 0) throw new Error(`billcast ${args[0]} ended with ${code}: ${text}`)
  }
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return { child, events, done, stop }
}

/** Starts workers of one thread each and waits until they run. */
export async function workersOn(queue, count) {
  const all = Array.from({ length: count }, () => begin(['worker', '--queue', queue, '--threads', '1', '--log', 'json']))
  while (!all.every(({ events }) => events.some(({ event }) => event === 'ready'))) await pause(20)
  return {
    /** Finished tasks of each worker. */
    done: () => all.map(({ events }) => events.filter(({ event }) => event === 'done')),
    stop: () => Promise.all(all.map((one) => one.stop())),
  }
}

/** Runs a function with a private Redis on loopback. */
export async function withRedis(port, use) {
  const place = mkdtempSync(join(tmpdir(), 'billcast-redis-'))
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', place], {
    stdio: 'ignore',
  })
  const missing = new Promise((_, reject) => server.once('error', () => reject(new Error('this question needs redis-server'))))
  try {
    await Promise.race([pause(500), missing])
    return await use(`redis://127.0.0.1:${port}`)
  } finally {
    server.kill('SIGKILL')
    rmSync(place, { recursive: true, force: true })
  }
}
