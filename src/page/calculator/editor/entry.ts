// The editor of the whole plan. It is a part of the page that loads when it is first opened.
import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, linter } from '@codemirror/lint'
import { EditorView } from '@codemirror/view'
import { basicSetup } from 'codemirror'
import { schema as schemaText } from '#generated/schema'
import { tags } from '@lezer/highlight'
import type { PlanProblem } from '../protocol.ts'
import { textPlaceAt } from './place.ts'
import { schemaKeys, type SchemaNode, schemaWords } from './schema-options.ts'

export interface PlanEditor {
  readonly text: () => string
  /** Moves the cursor to a line and shows it. */
  readonly show: (line: number) => void
  readonly close: () => void
}

interface EditorWishes {
  readonly text: string
  readonly holder: HTMLElement
  /** Asks the engine. */
  readonly check: (text: string) => Promise<readonly PlanProblem[]>
  /** Receives the problems of each text. */
  readonly found: (problems: readonly PlanProblem[]) => void
}

const schema = JSON.parse(schemaText) as SchemaNode

/** What schema and place allow at the cursor. */
function completed(context: CompletionContext): CompletionResult | null {
  const { path, expects, word, beside } = textPlaceAt(context.state.doc.toString(), context.pos)
  if (word === '' && !context.explicit) return null
  const taken = new Set(beside)
  const options =
    expects === 'value'
      ? schemaWords(schema, path).map(({ label, help }) => ({ label, info: help, type: 'enum' }))
      : schemaKeys(schema, path)
          .filter(({ label }) => label === word || !taken.has(label))
          .map(({ label, help }) => ({ label, apply: `${label}: `, info: help, type: 'property' }))
  return options.length === 0 ? null : { from: context.pos - word.length, options, validFor: /^[\w.-]*$/ }
}

/** Colors of the page, which reach into the editor. */
const colors = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)', fontWeight: '600' },
  { tag: tags.comment, color: 'var(--soft)' },
])
const look = EditorView.theme({
  '&': {
    backgroundColor: 'var(--card)',
    color: 'var(--ink)',
    border: '1px solid var(--ctl)',
    borderRadius: '6px',
    fontSize: '13px',
  },
  '&.cm-focused': { outline: '3px solid var(--accent)' },
  '.cm-scroller': { height: 'min(52vh, 480px)', overflow: 'auto', fontFamily: 'ui-monospace, monospace' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--pane)', color: 'var(--soft)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent) 8%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--accent) 25%, transparent)',
  },
  '.cm-tooltip, .cm-panels': { backgroundColor: 'var(--card)', color: 'var(--ink)', border: '1px solid var(--ctl)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
})

/** A problem at its line. Where the place is not known, at the first one. */
function diagnosticOf({ doc }: EditorView['state'], { message, line = 1, column = 1 }: PlanProblem): Diagnostic {
  const { from, to } = doc.line(Math.min(line, doc.lines))
  return { from: Math.min(to, from + column - 1), to, severity: 'error', message }
}

/** Stands in a shadow, whose style sheets need no permission of the page's policy. */
export function planEditor({ text, holder, check, found }: EditorWishes): PlanEditor {
  const root = holder.shadowRoot ?? holder.attachShadow({ mode: 'open' })
  const checking = linter(
    async (view) => {
      const problems = await check(view.state.doc.toString())
      found(problems)
      return problems.map((problem) => diagnosticOf(view.state, problem))
    },
    { delay: 300 },
  )
  const view = new EditorView({
    doc: text,
    root,
    parent: root,
    extensions: [
      basicSetup,
      yaml(),
      syntaxHighlighting(colors),
      look,
      EditorView.contentAttributes.of({ 'aria-label': 'Plan in YAML', tabindex: '0' }),
      autocompletion({ override: [completed] }),
      checking,
    ],
  })
  view.focus()
  return {
    text: () => view.state.doc.toString(),
    show: (line) => {
      const { from } = view.state.doc.line(Math.min(line, view.state.doc.lines))
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true })
      view.focus()
    },
    close: () => view.destroy(),
  }
}
