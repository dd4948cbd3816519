// The log of a batch on standard error: a line for people, or one JSON object per line for machines.
import { visible } from '../errors.ts'
import type { BatchEvent } from '../platform/node/scenario-run.ts'
import { clearProgress, progressLine } from './progress.ts'
import { jsonToStderr, toStderr } from './streams.ts'

export interface Log {
  begin(scenarios: number): void
  event(event: BatchEvent): void
  /** A note on the batch as a whole. */
  readonly note: (words: string) => void
  end(): void
}

/** Milliseconds between two progress lines of one scenario. */
const PROGRESS = 1000
const BLOCK = 1024

export function jsonLog(): Log {
  const started = performance.now()
  const begun = new Map<string, number>()
  const reported = new Map<string, number>()
  const counts = { done: 0, failed: 0, kept: 0 }
  const write = (level: 'info' | 'warn' | 'error', event: string, more: object) =>
    jsonToStderr({ time: new Date().toISOString(), level, event, ...more })
  const seconds = (since: number) => Number(((performance.now() - since) / 1000).toFixed(3))
  const rate = (trials: number, time: number) => Math.round(trials / time)
  return {
    begin: (scenarios) => write('info', 'batch', { scenarios }),
    event(event) {
      const { scenario } = event
      const now = performance.now()
      const since = begun.get(scenario) ?? started
      if (event.event === 'start') {
        begun.set(scenario, now)
        return write('info', 'start', { scenario })
      }
      if (event.event === 'warning') return write('warn', 'warning', { scenario, message: event.message })
      if (event.event === 'progress') {
        if (now - (reported.get(scenario) ?? since) < PROGRESS) return
        reported.set(scenario, now)
        const { trials, total } = event
        const [blocks, ofBlocks] = [Math.floor(trials / BLOCK), Math.ceil(total / BLOCK)]
        return write('info', 'progress', { scenario, blocks, ofBlocks, trialsPerSecond: rate(trials, (now - since) / 1000) })
      }
      counts[event.event] += 1
      if (event.event === 'kept') return write('info', 'kept', { scenario })
      if (event.event === 'failed') return write('error', 'failed', { scenario, message: event.message })
      const { trials } = event
      const speed = { blocks: Math.ceil(trials / BLOCK), trialsPerSecond: rate(trials, Math.max(event.seconds, 1e-3)) }
      write('info', 'done', { scenario, seconds: seconds(since), ...speed })
    },
    note: (message) => write('warn', 'warning', { message }),
    end: () => write(counts.failed > 0 ? 'error' : 'info', 'end', { ...counts, seconds: seconds(started) }),
  }
}

export function lineLog(quiet: boolean): Log {
  let total = 0
  const counts = { done: 0, failed: 0 }
  const running = new Map<string, number>()
  const line = () => {
    const shares = [...running].slice(0, 3).map(([scenario, share]) => `${scenario} ${Math.floor(100 * share)}%`)
    const failed = counts.failed > 0 ? `, ${counts.failed} failed` : ''
    progressLine(`${counts.done} of ${total} done${failed}: ${shares.join(', ')}`, quiet)
  }
  const print = (words: string) => {
    clearProgress()
    toStderr(`${visible(words)}\n`)
  }
  return {
    begin(scenarios) {
      total = scenarios
    },
    event(event) {
      const { scenario } = event
      if (event.event === 'start') running.set(scenario, 0)
      else if (event.event === 'progress') running.set(scenario, event.trials / event.total)
      else if (event.event === 'warning') {
        if (!quiet) print(`note: ${scenario}: ${event.message}`)
      } else {
        running.delete(scenario)
        if (event.event === 'failed') {
          counts.failed += 1
          print(`${scenario}: ${event.message}`)
        } else counts.done += 1
      }
      line()
    },
    note(words) {
      if (!quiet) print(`note: ${words}`)
    },
    end: clearProgress,
  }
}
