// Processes that run plans with the built package.
import { type ChildProcess, fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { ASKED_LEVEL } from './figures.ts'

/** Value, standard error, and 1 if the figure is integrated. */
export type RunFigure = readonly [value: number, se: number, integrated: 0 | 1]

export interface Ran {
  readonly figures: Readonly<Record<string, RunFigure>>
  readonly trials: number
  readonly monthlyTrials: number
}

interface Job {
  readonly plan: object
  readonly options: object
}

interface Answer extends Partial<Ran> {
  readonly error?: string
}

export class Pool {
  readonly #workers: { readonly child: ChildProcess; busy: Promise<unknown> }[]
  #next = 0

  constructor(width = availableParallelism()) {
    this.#workers = Array.from({ length: width }, () => {
      const child = fork(new URL('./child.mjs', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
      // Each answer has a listener, and many jobs may wait.
      child.setMaxListeners(0)
      return { child, busy: Promise.resolve() }
    })
  }

  /** Runs a job on the process whose turn it is, after the jobs that it has. */
  run({ plan, options }: Job): Promise<Ran> {
    const worker = this.#workers[this.#next % this.#workers.length]
    const id = this.#next++
    const answer = worker.busy.then(() => ask(worker.child, { id, plan, options, level: ASKED_LEVEL }))
    worker.busy = answer.catch(() => undefined)
    return answer
  }

  close(): void {
    for (const { child } of this.#workers) child.disconnect()
  }
}

function ask(child: ChildProcess, message: Job & { readonly id: number; readonly level: number }): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('a process that runs plans has ended'))
    child.once('exit', ended)
    child.once('message', (answer) => {
      child.off('exit', ended)
      const { figures, trials, monthlyTrials, error } = answer as Answer
      if (figures && trials !== undefined && monthlyTrials !== undefined) resolve({ figures, trials, monthlyTrials })
      else reject(new Error(error ?? 'a run gave no figures'))
    })
    child.send(message)
  })
}
