// A dropped file of past months: how it was read, its fit, and the choice to use it.
import { type ComponentChild, h } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { messageOf } from '../../errors.ts'
import { fileAnswer } from './file-desk.ts'
import type { FittedFile, HistoryFile, HistoryFit, ReadColumns } from './files/protocol.ts'
import { withFittedDrivers } from './fitted-plan.ts'
import type { Form } from './plan.ts'
import type { Store } from './store.ts'

/** The columns that a user can choose. The others are optional. */
const CHOICES = [
  ['month', 'Month'],
  ['conversations', 'Conversations'],
  ['resolutions', 'Resolved by the AI'],
] as const

function Columns({
  file,
  columns,
  take,
}: {
  readonly file: FittedFile
  readonly columns: ReadColumns
  readonly take: (columns: ReadColumns) => void
}): ComponentChild {
  const { header } = file
  return h(
    'div',
    { class: 'read' },
    CHOICES.map(([meaning, label]) => {
      const chosen = columns[meaning] ?? file.columns[meaning] ?? ''
      return h(
        'label',
        {},
        label,
        h(
          'select',
          {
            value: chosen,
            onChange: (event: Event) => {
              take({ ...columns, [meaning]: (event.currentTarget as HTMLSelectElement).value })
            },
          },
          chosen === '' && h('option', { value: '', selected: true }, 'none'),
          header.map((name) => h('option', { value: name, selected: name === chosen }, name)),
        ),
      )
    }),
  )
}

function Fit({ fit, later }: { readonly fit: HistoryFit; readonly later: boolean }): ComponentChild {
  const { finding, description, chart, figures, notes, warnings, start } = fit
  return h(
    'div',
    {},
    h('h3', {}, finding),
    h('img', { class: 'fit', alt: description, src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(chart)}` }),
    h(
      'dl',
      { class: 'figures' },
      figures.map(([name, words]) => h('div', {}, h('dt', {}, name), h('dd', {}, words))),
    ),
    h(
      'ul',
      { class: 'notes' },
      [...notes, ...warnings, ...(later ? [`the plan then starts in ${start}, the month after the file`] : [])].map((note) =>
        h('li', {}, note),
      ),
    ),
  )
}

interface HistoryProps {
  readonly store: Store
  readonly form: Form
}

/** A file that is dropped on the open dialog starts anew, without the columns and the fit of the one before. */
export function HistoryDialog({ store, form }: HistoryProps): ComponentChild {
  const { history } = store.state
  return history && h(Opened, { key: history, store, form, history })
}

function Opened({ store, form, history }: HistoryProps & { readonly history: OpenedHistory }): ComponentChild {
  const [columns, setColumns] = useState<ReadColumns>({})
  const [file, setFile] = useState<FittedFile>()
  const [failure, setFailure] = useState(history.refused ?? '')
  useEffect(() => {
    if (history.refused !== undefined) return undefined
    let current = true
    const { name, text } = history
    setFailure('')
    const narrow = matchMedia('(max-width: 720px)').matches
    fileAnswer({ kind: 'fit', name, text, columns, narrow, ...(form.start !== undefined && { start: form.start }) }).then(
      (found) => current && setFile(found),
      (error: unknown) => current && setFailure(messageOf(error)),
    )
    return () => {
      current = false
    }
  }, [columns])
  const fit = file && typeof file.result !== 'string' ? file.result : undefined
  const wrong = failure || (file && typeof file.result === 'string' ? file.result : '')
  return h(
    'div',
    {},
    h('p', { class: 'lead' }, fit?.title ?? history.name),
    file && file.header.length > 0 && h(Columns, { file, columns, take: setColumns }),
    wrong !== '' && h('p', { class: 'error', role: 'alert' }, `${history.name} cannot be fitted: ${wrong}`),
    !file && wrong === '' && h('p', { role: 'status' }, `Reading ${history.name} and fitting its months.`),
    fit && h(Fit, { fit, later: form.start !== undefined && fit.start > form.start }),
    h(
      'div',
      { class: 'actions' },
      h('span', { class: 'note' }, 'The file stays in this page.'),
      h('button', { onClick: () => store.show(undefined) }, 'Keep my numbers'),
      fit && h('button', { class: 'main', onClick: () => use(store, fit) }, 'Use the forecast'),
    ),
  )
}

function use(store: Store, fit: HistoryFit): void {
  store.edit(withFittedDrivers(store.state.plan, fit.scenario))
  store.show(undefined)
}

export interface OpenedHistory extends HistoryFile {
  /** Why the file was not read. */
  readonly refused?: string
}
