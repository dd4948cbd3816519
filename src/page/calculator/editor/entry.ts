// The editor of the whole plan. It is a part of the page that loads when it is first opened.
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  insertCompletionText,
  startCompletion,
} from '@codemirror/autocomplete'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, linter } from '@codemirror/lint'
import { EditorView, hoverTooltip } from '@codemirror/view'
import { basicSetup } from 'codemirror'
import { schema as schemaText } from '#generated/schema'
import { tags } from '@lezer/highlight'
import type { PlanProblem } from '../protocol.ts'
import { keyAt, wordsAt } from './place.ts'
import { type PlanNames, suggestedAt } from './suggested.ts'
import { schemaKeys, type SchemaNode } from './schema-options.ts'

export interface PlanEditor {
  readonly text: () => string
  /** Moves the cursor to a line and shows it. */
  readonly show: (line: number) => void
  readonly close: () => void
}

interface EditorWishes {
  readonly text: string
  readonly holder: HTMLElement
  /** The names that a text gives to its offers and segments. */
  readonly names: (text: string) => PlanNames
  /** Asks the engine. */
  readonly check: (text: string) => Promise<readonly PlanProblem[]>
  /** Receives the problems of each text. */
  readonly found: (problems: readonly PlanProblem[]) => void
}

const schema = JSON.parse(schemaText) as SchemaNode

/** A key comes with its colon, and then the words that its value may be. */
function inserted(view: EditorView, { label }: Completion, from: number, to: number): void {
  view.dispatch(insertCompletionText(view.state, `${label}: `, from, to))
  startCompletion(view)
}

/** What schema, plan and place allow at the cursor. */
const completedBy =
  (names: EditorWishes['names']) =>
  (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString()
    const { from, keys, words } = suggestedAt(text, context.pos, { schema, names: () => names(text) })
    if (from === context.pos && !context.explicit) return null
    const options = [
      ...keys.map(({ label, help }): Completion => ({ label, info: help, type: 'property', apply: inserted })),
      ...words.map(({ label, help }): Completion => ({ label, info: help, type: 'enum' })),
    ]
    return options.length === 0 ? null : { from, options, validFor: /^[\w.-]*$/ }
  }

/** The help of the field under the pointer. */
const documented = hoverTooltip((view, at) => {
  const key = keyAt(view.state.doc.toString(), at)
  const found = key && schemaKeys(schema, key.path).find(({ label }) => label === key.name)
  if (!found || found.help === '') return null
  const dom = document.createElement('p')
  dom.className = 'help'
  dom.textContent = `${found.label}: ${found.help}`
  return { pos: key.from, end: key.to, create: () => ({ dom }) }
})

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
  // On a phone, the editor would let the help stand a pixel beyond the screen.
  '.cm-tooltip.cm-completionInfo': { maxWidth: 'min(400px, calc(100vw - 140px)) !important' },
  '.cm-tooltip-hover .help': { margin: '4px 8px', maxWidth: 'min(400px, calc(100vw - 80px))' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
})

/** A problem below the words that it is about. Where the place is not known, at the first line. */
function diagnosticOf({ doc }: EditorView['state'], { message, line = 1, column = 1 }: PlanProblem): Diagnostic {
  const { from, text } = doc.line(Math.min(line, doc.lines))
  const [start, end] = wordsAt(text, column - 1)
  return { from: from + start, to: from + end, severity: 'error', message }
}

/** Stands in a shadow, whose style sheets need no permission of the page's policy. */
export function planEditor({ text, holder, names, check, found }: EditorWishes): PlanEditor {
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
      autocompletion({ override: [completedBy(names)], icons: false }),
      documented,
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
