// A Redis of a test's own, on loopback: started, killed, and started again with what it had written down.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => socket.write('PING\r\n'))
    // An error of a password is an answer too; one of a file that is still read is not.
    socket.once('data', (data) => {
      socket.destroy()
      resolve(!data.toString().startsWith('-LOADING'))
    })
    socket.once('error', () => resolve(false))
  })

export class TestRedis {
  readonly port: number
  readonly #folder: string
  readonly #settings: string
  #child: ChildProcess | undefined

  /** @param more lines of its settings, which come after the usual ones */
  private constructor(port: number, more: readonly string[]) {
    this.port = port
    this.#folder = mkdtempSync(join(tmpdir(), 'billcast-redis-'))
    this.#settings = join(this.#folder, 'redis.conf')
    const lines = [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${this.#folder}`,
      'save ""',
      'appendonly yes',
      'maxmemory-policy noeviction',
    ]
    writeFileSync(this.#settings, `${[...lines, ...more].join('\n')}\n`)
  }

  static async start(...more: string[]): Promise<TestRedis> {
    const redis = new TestRedis(await freePort(), more)
    await redis.start()
    return redis
  }

  get address(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  async start(): Promise<void> {
    this.#child = spawn('redis-server', [this.#settings], { stdio: 'ignore' })
    const end = performance.now() + 60_000
    while (!(await answers(this.port))) {
      if (performance.now() > end) throw new Error('redis-server does not start')
      await pause(50)
    }
  }

  /** Frozen: it keeps its connections and answers nothing. */
  freeze(): void {
    this.#child?.kill('SIGSTOP')
  }

  async kill(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGKILL')
    await gone
  }

  async remove(): Promise<void> {
    await this.kill()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
