// The open questions as emails, one for each vendor.
import { type ComponentChild, h } from 'preact'
import { useCopying } from './copying.ts'
import type { Form } from './plan.ts'
import type { PlanAnswer, Questions } from './protocol.ts'
import type { Store } from './store.ts'

interface VendorEmail {
  readonly vendor: string
  readonly text: string
}

/** The questions that the catalog has for the vendor of an offer. */
export const questionsFor = ({ some }: Questions, title: string): readonly string[] =>
  some.find(({ vendor }) => title.toLowerCase().includes(vendor.toLowerCase()))?.questions ?? []

/** What to ask each vendor of the plan, with the questions that every vendor is asked. */
export function emailsOf({ offers }: Pick<PlanAnswer, 'offers'>, questions: Questions, name: string): readonly VendorEmail[] {
  return offers.map(({ title }) => {
    const asked = [...questionsFor(questions, title), ...questions.every]
    return {
      vendor: title,
      text: [
        `Subject: ${name}: questions on your offer`,
        '',
        'Hello,',
        '',
        'we compare your offer with others. Please answer these questions in writing:',
        '',
        ...asked.map((question, k) => `${k + 1}. ${question}`),
        '',
        'Thank you.',
      ].join('\n'),
    }
  })
}

function Email({ vendor, text }: VendorEmail): ComponentChild {
  const { field, words, copy } = useCopying<HTMLTextAreaElement>(text)
  return h(
    'section',
    { class: 'email' },
    h('h3', {}, vendor, h('button', { onClick: copy, 'aria-label': `Copy the email to ${vendor}` }, 'Copy')),
    h('textarea', { ref: field, readOnly: true, rows: 8, value: text, 'aria-label': `Email to ${vendor}` }),
    h('p', { class: 'note', role: 'status' }, words),
  )
}

export function EmailsDialog({ store, form }: { readonly store: Store; readonly form: Form }): ComponentChild {
  const { answer, questions } = store.state
  return h('div', {}, answer && emailsOf(answer, questions, form.name).map((email) => h(Email, { key: email.vendor, ...email })))
}
