// What people cost: by the contact, or as a team on the payroll. And by which cost offers are compared.
import { type ComponentChild, h } from 'preact'
import { Choice } from './choice.ts'
import { changer, elsewhere, FormField, type FormParts } from './fields.ts'
import { countOf, type Form, moneyOf, type StaffForm } from './plan.ts'

const MEASURES = [
  ['bill', 'Vendor bill'],
  ['total', 'Total cost'],
] as const

type People = 'contact' | 'staff'
/** A team that the user changes to one of their own. */
const FIRST_TEAM = {
  pay: '4800/month',
  minutes: 8,
  hours: '160/month',
  shrinkage: '30%',
  attrition: '2%/month',
  release: {},
} as const
const FIRST_CONTACT = 6

/** How the plan states each number of a team. */
const STAFF_FIELDS: readonly (readonly [key: keyof StaffForm, label: string, unit: string, period: string])[] = [
  ['pay', 'Pay of one person', 'a month', '/month'],
  ['minutes', 'Work for a contact', 'minutes', ''],
  ['hours', 'Paid hours of one person', 'a month', '/month'],
  ['shortfall', 'A contact that nobody is there for', 'each', ''],
]

function Staff(parts: FormParts): ComponentChild {
  const change = changer(parts.store)
  const { staff } = parts.form
  if (!staff) return elsewhere('the team', 'People', parts)
  return h(
    'div',
    { class: 'pair' },
    STAFF_FIELDS.map(([key, label, unit, period]) => {
      const value = staff[key]
      return (
        value !== undefined &&
        h(FormField<number>, {
          ...{ id: `staff-${key}`, label, unit, text: String(value) },
          read: (text) => moneyOf(text) ?? countOf(text),
          take: (number) => change([['human', 'staff', key], period === '' ? number : `${number}${period}`]),
        })
      )
    }),
  )
}

function Contact(parts: FormParts): ComponentChild {
  const change = changer(parts.store)
  const { contact, currency } = parts.form
  return contact === undefined
    ? elsewhere('what people cost', 'People', parts)
    : h(FormField<number>, {
        ...{ id: 'contact', label: 'Cost a contact', text: contact.toFixed(2), unit: currency },
        read: moneyOf,
        take: (value) => change([['human', 'cost'], value]),
      })
}

export function Team(parts: FormParts): ComponentChild {
  const { form, store } = parts
  const change = changer(store)
  const people: People = form.hasStaff ? 'staff' : 'contact'
  const switched = (to: People) =>
    to === people
      ? undefined
      : to === 'staff'
        ? change([['human'], { staff: { ...FIRST_TEAM, shortfall: form.contact ?? FIRST_CONTACT } }])
        : change([['human'], { cost: form.staff?.shortfall ?? FIRST_CONTACT }])
  return h(
    'section',
    { 'aria-labelledby': 'team' },
    h(
      'div',
      { class: 'head' },
      h('h2', { id: 'team' }, 'Your team'),
      h(Choice<Form['measure']>, {
        ...{ name: 'measure', legend: 'Compare by', quiet: true, options: MEASURES, value: form.measure },
        take: (measure) => change([['run', 'measure'], measure]),
      }),
    ),
    h(
      'div',
      { class: people === 'staff' ? '' : 'beside team' },
      h(people === 'staff' ? Staff : Contact, parts),
      h(
        'p',
        { class: 'note' },
        store.state.answer?.people === undefined ? '' : `${store.state.answer.people} `,
        people === 'staff'
          ? h('button', { class: 'link', onClick: () => switched('contact') }, 'Pay by the contact')
          : h('button', { class: 'link', onClick: () => switched('staff') }, 'Pay a team'),
      ),
    ),
  )
}
