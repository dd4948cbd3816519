// The log of a batch on standard error: a line for people, or one JSON object per line for machines.
import type { BatchEvent } from '../platform/node/scenario-run.ts'
import { clearProgress, progressLine } from './progress.ts'

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
    void process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...more })}\n`)
  const seconds = (since: number) => Number(((performance.now() - since) / 1000).toFixed(3))
  return {
    begin: (scenarios) => write('info', 'batch', { scenarios }),
    event(event) {
      const { scenario } = event
      const since = begun.get(scenario) ?? started
      switch (event.event) {
        case 'start':
          begun.set(scenario, performance.now())
          return write('info', 'start', { scenario })
        case 'progress': {
          const now = performance.now()
          if (now - (reported.get(scenario) ?? since) < PROGRESS) return
          reported.set(scenario, now)
          const { trials, total } = event
          const rate = Math.round((1000 * trials) / (now - since))
          return write('info', 'progress', {
            scenario,
            blocks: Math.floor(trials / BLOCK),
            ofBlocks: Math.ceil(total / BLOCK),
            trialsPerSecond: rate,
          })
        }
        case 'warning':
          return write('warn', 'warning', { scenario, message: event.message })
        case 'done': {
          counts.done += 1
          const { trials } = event
          return write('info', 'done', {
            scenario,
            seconds: seconds(since),
            blocks: Math.ceil(trials / BLOCK),
            trialsPerSecond: Math.round(trials / Math.max(event.seconds, 1e-3)),
          })
        }
        case 'kept':
          counts.kept += 1
          return write('info', 'kept', { scenario })
        case 'failed':
          counts.failed += 1
          return write('error', 'failed', { scenario, message: event.message })
      }
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
    process.stderr.write(`${words}\n`)
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
