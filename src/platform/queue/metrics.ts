// Serves a worker's health and its metrics for Prometheus over HTTP.
import { createServer } from 'node:http'
import { shown, UsageError } from '../../errors.ts'
import { VERSION } from '../version.generated.ts'
import { plainWords } from '../node/words.ts'
import { metricsPackage } from './peers.ts'
import type { WorkerEvent, WorkerState } from './worker.ts'

export interface Listen {
  readonly host: string
  readonly port: number
}

/** "127.0.0.1:9464". @throws UsageError */
export function listenAt(text: string): Listen {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text)
  const port = Number(match?.[3])
  if (!match || port > 65_535)
    throw new UsageError(`--metrics: expected an address and a port such as 127.0.0.1:9464, got ${shown(text)}`)
  return { host: match[1] ?? match[2], port }
}

export interface Metrics {
  /** Counts a worker's event. */
  readonly count: (event: WorkerEvent) => void
  /** Serves `GET /metrics` and `GET /healthz`. @returns a function that stops the server */
  readonly serve: (state: WorkerState) => Promise<() => Promise<void>>
}

/** @throws UsageError if prom-client is not installed */
export async function metricsAt({ host, port }: Listen): Promise<Metrics> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await metricsPackage()
  const registers = [new Registry()]
  const [registry] = registers
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'billcast_worker_info',
    help: 'The version of billcast. The value is always 1.',
    labelNames: ['version'],
    registers,
  })
    .labels(VERSION)
    .set(1)
  const tasks = new Counter({ name: 'billcast_tasks_total', help: 'Tasks by outcome.', labelNames: ['outcome'], registers })
  for (const outcome of ['done', 'failed', 'returned']) tasks.labels(outcome)
  const bytes = new Counter({ name: 'billcast_result_bytes_total', help: 'Bytes of results.', registers })
  const seconds = new Histogram({
    name: 'billcast_task_seconds',
    help: 'Seconds from the start of a task to its result in Redis.',
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 20, 60],
    registers,
  })
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const [threads, busy, up] = [
    gauge('billcast_worker_threads', 'Threads of this worker.'),
    gauge('billcast_worker_busy_threads', 'Threads that run a task.'),
    gauge('billcast_redis_up', 'Whether Redis answers.'),
  ]
  return {
    count(event) {
      if (event.event !== 'done' && event.event !== 'failed' && event.event !== 'returned') return
      tasks.labels(event.event).inc()
      if (event.event !== 'done') return
      bytes.inc(event.bytes)
      seconds.observe(event.seconds)
    },
    async serve({ record, connected }) {
      const server = createServer(async ({ method, url }, response) => {
        const answer = (code: number, body: string, type = 'text/plain; charset=utf-8') =>
          response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
        if (method !== 'GET' && method !== 'HEAD') return answer(405, 'only GET\n')
        if (url === '/healthz') return connected() ? answer(200, 'ok\n') : answer(503, 'Redis does not answer\n')
        if (url !== '/metrics') return answer(404, 'GET /metrics or /healthz\n')
        const own = record()
        threads.set(own.threads)
        busy.set(own.busy)
        up.set(connected() ? 1 : 0)
        return answer(200, await registry.metrics(), registry.contentType)
      })
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error) =>
          reject(new Error(`--metrics ${host}:${port}: cannot listen at this address: ${plainWords(error)}`)),
        )
        server.listen(port, host, resolve)
      })
      return () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections())
    },
  }
}
