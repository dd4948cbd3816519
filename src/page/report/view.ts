// The state of the sliders and of the answer, and how both are shown.
import { type ComponentChild, h } from 'preact'
import { formatNumber } from '../../notation/number.ts'
import type { PageData } from '../../present/report/data.ts'
import type { LiveAnswer, LiveFigure } from '../../present/report/live.ts'
import { download } from '../download.ts'
import { startedEngine } from '../started-worker.ts'
import { swatch } from '../swatch.ts'
import { CurveView } from './curve-view.ts'
import { LeverView } from './lever-view.ts'
import type { PageRequest, Reply } from './protocol.ts'

export class Live {
  readonly page: PageData
  readonly #show: () => void
  #worker: Worker | undefined
  #request = 0
  /** The step of each slider. */
  steps: readonly number[]
  answer: LiveAnswer
  /** The changed plan of the answer. */
  scenario: string | undefined
  /** Of the answer on view. */
  state: 'original' | 'quick' | 'final' = 'original'
  failure: string | undefined
  /** The amount at which the curves are read, if the reader chose one. */
  amount: number | undefined

  constructor(page: PageData, show: () => void) {
    this.page = page
    this.#show = show
    this.answer = page.answer
    this.steps = page.live.levers.map(startOf)
  }

  /** @param engine the program of the worker and of its pool */
  begin(engine: string): void {
    this.#worker = startedEngine(engine)
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#heard(data)
    this.#worker.postMessage(this.page)
    // A slider may have moved before the worker was there.
    if (this.#request > 0) this.#ask()
  }

  show(): void {
    this.#show()
  }

  get moved(): boolean {
    return this.steps.some((step, k) => step !== startOf(this.page.live.levers[k]))
  }

  move(lever: number, step: number): void {
    this.steps = this.steps.map((own, k) => (k === lever ? step : own))
    if (!this.moved) return this.reset()
    this.#request += 1
    this.#ask()
    document.body.dataset.state = 'running'
    this.#show()
  }

  read(amount: number | undefined): void {
    this.amount = amount
    this.#show()
  }

  reset(): void {
    // Ignores the answer to a request that still runs.
    this.#request += 1
    this.steps = this.page.live.levers.map(startOf)
    this.answer = this.page.answer
    this.state = 'original'
    this.scenario = undefined
    this.failure = undefined
    document.body.dataset.state = 'ready'
    this.#show()
  }

  #ask(): void {
    const { levers } = this.page.live
    const settings = this.steps.flatMap((step, lever) => (step === startOf(levers[lever]) ? [] : [{ lever, step }]))
    this.#worker?.postMessage({ id: this.#request, settings } satisfies PageRequest)
  }

  #heard(reply: Reply): void {
    if (reply.kind === 'ready') {
      if (this.#request === 0) document.body.dataset.state = 'ready'
      return
    }
    // A slider moved after this request.
    if (reply.id !== this.#request) return
    if (reply.kind === 'failed') this.failure = reply.message
    else {
      this.failure = undefined
      this.answer = reply.answer
      this.scenario = reply.scenario
      this.state = reply.final ? 'final' : 'quick'
    }
    this.#show()
    document.body.dataset.state = reply.kind === 'failed' ? 'failed' : this.state
  }
}

/** Levers of a folder that an earlier version wrote have their own value in the middle. */
const startOf = ({ start, steps }: { readonly start?: number; readonly steps: readonly unknown[] }): number =>
  start ?? (steps.length - 1) / 2

function stateWords({ failure, moved, page, state, answer }: Live): string {
  if (failure) return `These assumptions cannot be run: ${failure}`
  const trials = formatNumber(page.trials)
  if (!moved) return `The report's own assumptions and figures. Move a slider to change them.`
  if (state === 'original') return 'The plan runs.'
  const origin = page.sameTrials
    ? `They come from the report's ${trials} trials.`
    : `They are the report's figures, moved by what changes in ${trials} trials.`
  return state === 'quick'
    ? `You changed the assumptions. First figures from few trials. Those of ${trials} follow.`
    : `You changed the assumptions, so these are not the report's figures. ${origin}${answer.sentences.length === 0 ? '' : ' Changes are against the report.'}`
}

export function LiveView({ live }: { readonly live: Live }): ComponentChild {
  const { answer, page, scenario, state } = live
  return [
    h('h2', { id: 'live-heading' }, 'Try other numbers'),
    h('p', { id: 'live-state', class: live.moved ? 'state changed' : 'state', role: 'status' }, stateWords(live)),
    h(
      'div',
      { class: 'live' },
      h('p', { class: 'live-verdict' }, answer.sentences.join(' ')),
      h(
        'div',
        { class: 'live-levers' },
        h(
          'div',
          { class: 'levers' },
          page.live.levers.map((lever, k) => h(LeverView, { key: lever.path, lever, at: live.steps[k], place: k, live })),
        ),
        h(
          'p',
          {},
          h('button', { type: 'button', disabled: !live.moved, onClick: () => live.reset() }, 'Reset all sliders'),
          ' ',
          h(
            'button',
            {
              type: 'button',
              disabled: scenario === undefined || state === 'quick',
              onClick: () => scenario !== undefined && download(scenario, 'changed-plan.yaml', 'application/yaml'),
            },
            'Download the changed plan',
          ),
        ),
      ),
      h(
        'div',
        { class: 'live-answer' },
        answer.bars !== '' && h('div', { dangerouslySetInnerHTML: { __html: answer.bars } }),
        h(FiguresTable, { answer }),
        h(CurveView, { live }),
      ),
    ),
  ]
}

function FiguresTable({ answer }: { readonly answer: LiveAnswer }): ComponentChild {
  const heads = ['Average', 'P80', ...(answer.offers.length > 1 ? ['Cheapest in'] : [])]
  return h(
    'table',
    { class: 'live-figures' },
    h(
      'caption',
      {},
      `Average cost, budget that holds in 80 of 100 ${answer.years}, and how many of 100 each offer is the cheapest in`,
    ),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'Offer'),
        heads.map((head) => h('th', { scope: 'col' }, head)),
      ),
    ),
    h(
      'tbody',
      { id: 'live-rows' },
      answer.offers.map(({ name, title, color, mean, p80, odds }) =>
        h(
          'tr',
          { key: name, 'data-offer': name },
          h('th', { scope: 'row' }, swatch(color), title),
          h(FigureCell, { figure: mean }),
          p80 ? h(FigureCell, { figure: p80 }) : h('td', {}, '–'),
          answer.offers.length > 1 && h(FigureCell, { figure: odds }),
        ),
      ),
    ),
  )
}

const FigureCell = ({ figure: { text, change, exact } }: { readonly figure: LiveFigure }): ComponentChild =>
  h('td', { 'data-value': String(exact.value), 'data-se': String(exact.se) }, text, h('small', { class: 'change' }, change))
