// The whole plan as text: an editor that knows its fields. Until it has loaded, a plain field.
import { type ComponentChild, h } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { messageOf } from '../../errors.ts'
import type { PlanEditor } from './editor/entry.ts'
import type { PlanNames } from './editor/suggested.ts'
import { takeFiles } from './opened-files.ts'
import { pagePart } from './parts.ts'
import { formOf } from './plan.ts'
import { lineOfOffer } from './quote/saved.ts'
import type { PlanProblem } from './protocol.ts'
import type { Store } from './store.ts'

function Problems({
  problems,
  show,
}: {
  readonly problems: readonly PlanProblem[]
  readonly show: (line: number) => void
}): ComponentChild {
  // The region is there before its first mistake, so that a screen reader announces it.
  return h(
    'div',
    { role: 'status' },
    h(
      'ul',
      { class: 'problems' },
      problems.map(({ line, message }) =>
        h(
          'li',
          {},
          line !== undefined && h('button', { class: 'link', onClick: () => show(line) }, `Line ${line}`),
          line !== undefined && ' ',
          message,
        ),
      ),
    ),
  )
}

/** The names of a text that is no YAML yet are those of the plan. */
const namesOf =
  (plan: string) =>
  (text: string): PlanNames => {
    const own = formOf(text)
    const { offers, segments } = own.offers.length > 0 ? own : formOf(plan)
    return { offers: offers.map(({ name }) => name), segments: segments.map(({ name }) => name) }
  }

export function WholePlan({ store }: { readonly store: Store }): ComponentChild {
  const [text, setText] = useState(store.state.plan)
  const [problems, setProblems] = useState<readonly PlanProblem[]>([])
  const [failure, setFailure] = useState('')
  const [editor, setEditor] = useState<PlanEditor>()
  const holder = useRef<HTMLDivElement>(null)
  const { reopened, plan } = store.state
  const line = reopened && lineOfOffer(plan, reopened.offer)
  useEffect(() => {
    let closed = false
    let opened: PlanEditor | undefined
    pagePart('billcastEditor').then(
      ({ planEditor }) => {
        if (closed || !holder.current) return
        const check = (given: string) => store.check(given)
        opened = planEditor({
          text: store.state.plan,
          holder: holder.current,
          names: namesOf(store.state.plan),
          check,
          found: setProblems,
        })
        setEditor(opened)
        if (line !== undefined) opened.show(line)
      },
      (error: unknown) => setFailure(messageOf(error)),
    )
    return () => {
      closed = true
      opened?.close()
    }
  }, [])
  const use = () => {
    store.edit(editor ? editor.text() : text)
    store.show(undefined)
  }
  return h(
    'div',
    {},
    h(
      'p',
      { class: 'note' },
      'YAML, as the command line reads it. The form keeps all that it does not show. Ctrl-Space lists the fields.',
    ),
    reopened && 'why' in reopened.found && h('p', { class: 'why', role: 'status' }, reopened.found.why),
    failure !== '' && h('p', { class: 'error', role: 'alert' }, `The editor cannot be shown: ${failure}`),
    h('div', { ref: holder, class: 'editor' }),
    !editor &&
      h('textarea', {
        'aria-label': 'Plan in YAML',
        spellcheck: false,
        rows: 20,
        value: text,
        onInput: (event: Event) => setText((event.currentTarget as HTMLTextAreaElement).value),
      }),
    h(Problems, { problems, show: (line) => editor?.show(line) }),
    h(
      'div',
      { class: 'actions' },
      h(
        'label',
        { class: 'open-file' },
        h('input', {
          type: 'file',
          multiple: true,
          accept: '.yaml,.yml,.json,.csv',
          onChange: (event: Event) => {
            const { files } = event.currentTarget as HTMLInputElement
            store.show(undefined)
            void takeFiles([...(files ?? [])], store)
          },
        }),
        'Open a plan from a file',
      ),
      h('button', { onClick: () => store.show(undefined) }, 'Cancel'),
      h('button', { class: 'main', onClick: use }, 'Use this plan'),
    ),
  )
}
