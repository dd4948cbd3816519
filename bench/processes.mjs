// What the questions start: the command with its log, and a Redis of their own.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const COMMAND = new URL('../dist/cli/billcast.js', import.meta.url).pathname

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** The command; its JSON lines on standard error are kept, with the second at which each came, and told as they come. */
export function begin(args, told = () => {}) {
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
      told(event, child)
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

/** Workers of one thread each, that have begun. */
export async function workersOn(queue, count) {
  const all = Array.from({ length: count }, () => begin(['worker', '--queue', queue, '--threads', '1', '--log', 'json']))
  while (!all.every(({ events }) => events.some(({ event }) => event === 'ready'))) await pause(20)
  return {
    /** Tasks that are done, of each worker. */
    done: () => all.map(({ events }) => events.filter(({ event }) => event === 'done')),
    stop: () => Promise.all(all.map((one) => one.stop())),
  }
}

/** Does something with a Redis on loopback. */
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
