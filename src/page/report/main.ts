// The interactive part of a report: sliders change the plan, a worker runs it, and the answer beside them follows.
import { render, h } from 'preact'
import { spanWords } from '../../months.ts'
import { revivedEstimate } from '../../numerics/estimators/estimate.ts'
import type { PageData } from '../../present/report/data.ts'
import { marginRule } from '../../present/report/html.ts'
import { inflated } from '../inflated.ts'
import { Live, LiveView } from './view.ts'

/** The report writes these elements, so a missing one is a defect. */
function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the report has no element ${id}`)
  return found
}

/**
 * Adds the day of printing to the header of printed pages. The report itself holds no date: the same plan, seed and number of trials
 * give the same page to the last bit.
 */
function datePrints({ months }: { readonly months: readonly string[] }): void {
  const style = document.head.appendChild(document.createElement('style'))
  addEventListener('beforeprint', () => {
    const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' }).format()
    style.textContent = marginRule('top-right', `${spanWords(months)}. Printed ${day}`)
  })
}

async function start(): Promise<void> {
  const page = JSON.parse(element('page-data').textContent ?? '', revivedEstimate) as PageData
  const section = element('live')
  const live = new Live(page, () => render(h(LiveView, { live }), section))
  section.hidden = false
  datePrints(page.figures.summary)
  live.show()
  live.begin(await inflated(element('engine').textContent ?? ''))
}

void start()
