// The interactive part of a report: sliders change the plan, a worker runs it, and the answer beside them follows.
import { render, h } from 'preact'
import { revivedEstimate } from '../../numerics/estimators/estimate.ts'
import type { PageData } from '../../present/report/data.ts'
import { inflated } from '../inflated.ts'
import { Live, LiveView } from './view.ts'

/** The report writes these elements, so a missing one is a defect. */
function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the report has no element ${id}`)
  return found
}

async function start(): Promise<void> {
  const page = JSON.parse(element('page-data').textContent ?? '', revivedEstimate) as PageData
  const section = element('live')
  const live = new Live(page, () => render(h(LiveView, { live }), section))
  section.hidden = false
  live.show()
  live.begin(await inflated(element('engine').textContent ?? ''))
}

void start()
