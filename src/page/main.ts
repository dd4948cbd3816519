// The interactive part of a report: sliders change the scenario, a worker runs it, and tables and charts follow.
import { trialsWord } from '../months.ts'
import { cheapestChart, fan } from '../present/charts/summary.ts'
import { formatError, formatMoney, formatShare } from '../notation/money.ts'
import { formatNumber } from '../notation/number.ts'
import { curveChart } from '../present/report/charts.ts'
import type { Figures } from '../present/report/figures.ts'
import type { PageData } from '../present/report/data.ts'
import { revivedEstimate } from '../numerics/estimators/estimate.ts'
import type { Estimate } from '../summary/summary.ts'
import { oddsWords } from './curve.ts'
import { Drawing } from './drawing.ts'
import { element, made } from './elements.ts'
import type { Reply, PageRequest } from './protocol.ts'

/** The worker's program as text, which the build puts in. */
declare const WORKER: string

const page = JSON.parse(element('page-data', HTMLScriptElement).textContent ?? '', revivedEstimate) as PageData
const { currency } = page
const { levers } = page.live
const worker = new Worker(URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' })))

const state = element('live-state', HTMLElement)
const chosen = element('live-offer', HTMLSelectElement)
const amount = element('live-amount', HTMLInputElement)
const odds = element('live-odds', HTMLOutputElement)
const rows = element('live-rows', HTMLTableSectionElement)
const save = element('live-save', HTMLButtonElement)
const reset = element('live-reset', HTMLButtonElement)
const holder = element('live-curve', HTMLElement)
const drawings = {
  curve: new Drawing(page.charts.curve, holder),
  cheapest: new Drawing(page.charts.cheapest, element('live-cheapest', HTMLElement)),
  fan: new Drawing(page.charts.fan, element('live-fan', HTMLElement)),
}

let shown: Figures = page.figures
/** The scenario of the figures on view, if it was changed. */
let changed: string | undefined
let request = 0

/** Each slider with its first position and the function that shows its value. */
const sliders = levers.map(({ label, steps }, k) => {
  const id = `lever-${k}`
  const start = (steps.length - 1) / 2
  const slider = made('input', { type: 'range', id, min: '0', max: String(steps.length - 1), value: String(start), step: '1' })
  const output = made('output', { for: id })
  const showValue = () => {
    const { text } = steps[slider.valueAsNumber]
    output.value = text
    slider.setAttribute('aria-valuetext', text)
  }
  slider.addEventListener('input', () => {
    showValue()
    ask()
  })
  showValue()
  element('live-levers', HTMLElement).append(made('div', { class: 'lever' }, made('label', { for: id }, label), slider, output))
  return { slider, start, showValue }
})

function ask(): void {
  request += 1
  const settings = sliders.flatMap(({ slider, start }, lever) =>
    slider.valueAsNumber === start ? [] : [{ lever, step: slider.valueAsNumber }],
  )
  // The reader can go back even if these assumptions cannot be run.
  reset.disabled = false
  const message: PageRequest = { id: request, settings, offer: chosen.value }
  worker.postMessage(message)
  document.body.dataset.state = 'running'
}

const years = trialsWord(page.figures.summary.months.length)
const CHANGED = "You changed the assumptions, so these are not the report's figures."
const STATES = {
  original: () =>
    `These are the report's own assumptions and figures (${formatNumber(page.figures.summary.trials)} trials). Move a slider to change them.`,
  sample: (trials: number) => `${CHANGED} They come from ${formatNumber(trials)} trials. More precise figures follow.`,
  sharp: (trials: number) => `${CHANGED} They come from ${formatNumber(trials)} trials, and budgets and odds are integrated.`,
}

worker.onmessage = ({ data }: MessageEvent<Reply>) => {
  if (data.kind === 'ready') {
    document.body.dataset.state = 'ready'
    return
  }
  // A slider moved after this request.
  if (data.id !== request) return
  if (data.kind === 'failed') {
    document.body.dataset.state = 'failed'
    state.textContent = `These assumptions cannot be run: ${data.message}`
    return
  }
  changed = data.scenario
  const { trials } = data.figures.summary
  void show(data.figures, data.sharp ? STATES.sharp(trials) : STATES.sample(trials)).then(() => {
    document.body.dataset.state = data.sharp ? 'sharp' : 'sample'
  })
}
worker.postMessage(page)

const cell = ({ value, se }: Estimate, text: (value: number) => string, error = text): HTMLTableCellElement =>
  made('td', { 'data-value': String(value), 'data-se': String(se) }, `${text(value)} ${formatError(se, error)}`)

const money = (value: number) => formatMoney(value, currency)

async function show(figures: Figures, words: string): Promise<void> {
  shown = figures
  const { summary } = figures
  const { comparison, offers } = summary
  state.textContent = words
  document.body.classList.toggle('changed', changed !== undefined)
  save.disabled = changed === undefined
  reset.disabled = changed === undefined
  rows.replaceChildren(
    ...Object.entries(offers).map(([name, own]) => {
      const { mean, percentiles } = own[comparison.measure]
      const budgets = (['p50', 'p80', 'p90', 'p95'] as const).map((p) => {
        const estimate = percentiles[p]
        return estimate ? cell(estimate, money) : made('td', {}, '–')
      })
      const share = cell(
        comparison.cheapest[name],
        (value) => formatShare(value),
        (se) => formatShare(se, 2),
      )
      return made('tr', { 'data-offer': name }, made('th', { scope: 'row' }, name), cell(mean, money), ...budgets, share)
    }),
  )
  await showOffer()
}

/** The curve of the chosen offer. It is missing until the second answer if the offer was chosen after the request. */
const curveShown = () => (Object.hasOwn(shown.curves, chosen.value) ? shown.curves[chosen.value] : undefined)

async function showOffer(): Promise<void> {
  const { summary } = shown
  const offer = chosen.value
  if (!curveShown()) return
  const chart = curveChart(shown, offer)
  await drawings.curve.show(chart, { probe: probed() ?? null })
  // The second answer brings the other charts.
  if (summary.monthlyTrials > 0)
    await Promise.all([drawings.fan.show(fan(summary, offer)), drawings.cheapest.show(cheapestChart(summary))])
  showOdds()
}

const probed = (): number | undefined => (Number.isFinite(amount.valueAsNumber) ? amount.valueAsNumber : undefined)

function showOdds(): void {
  const asked = probed()
  const curve = curveShown()
  odds.value = asked === undefined || !curve ? '' : `${money(asked)} ${oddsWords(curve.points, asked, years)}`
}

function probe(): void {
  showOdds()
  void drawings.curve.mark({ probe: probed() ?? null })
}

chosen.append(...Object.keys(page.figures.summary.offers).map((name) => made('option', { value: name }, name)))
chosen.value = page.figures.best
amount.value = String(Math.round(page.figures.curves[page.figures.best].p80.value))
amount.addEventListener('input', probe)
chosen.addEventListener('change', () => {
  const curve = curveShown()
  if (curve) amount.value = String(Math.round(curve.p80.value))
  void showOffer()
})

let dragging = false
const drag = (event: PointerEvent) => {
  const at = drawings.curve.at(event.clientX)
  if (at === undefined) return
  amount.value = String(Math.round(at))
  probe()
}
holder.addEventListener('pointerdown', (event) => {
  dragging = true
  holder.setPointerCapture(event.pointerId)
  drag(event)
})
holder.addEventListener('pointermove', (event) => {
  if (dragging) drag(event)
})
for (const end of ['pointerup', 'pointercancel'] as const)
  holder.addEventListener(end, () => {
    dragging = false
  })

reset.addEventListener('click', () => {
  // Ignores the answer to a request that still runs.
  request += 1
  changed = undefined
  for (const { slider, start, showValue } of sliders) {
    slider.value = String(start)
    showValue()
  }
  void show(page.figures, STATES.original()).then(() => {
    document.body.dataset.state = 'ready'
  })
  sliders[0]?.slider.focus()
})

save.addEventListener('click', () => {
  if (changed === undefined) return
  const address = URL.createObjectURL(new Blob([changed], { type: 'application/yaml' }))
  made('a', { href: address, download: 'changed-plan.yaml' }).click()
  URL.revokeObjectURL(address)
})

element('live', HTMLElement).hidden = false
void show(page.figures, STATES.original())
