// The form: volume, rate, team, segments and offers. Each control writes one field of the plan.
import { type ComponentChild, h } from 'preact'
import { ExampleNote } from './example.ts'
import type { FormParts } from './fields.ts'
import { Offers } from './offers.ts'
import { Rate } from './rate.ts'
import { Segments } from './segments.ts'
import { Team } from './team.ts'
import { Volume } from './volume.ts'

export function PlanForm(parts: FormParts): ComponentChild {
  return h(
    // No form element: Enter in a field would press its first button.
    'div',
    { id: 'form', class: 'form', role: 'form', tabIndex: -1, 'aria-label': 'Your numbers' },
    h(ExampleNote, parts),
    h(Volume, parts),
    h(Rate, parts),
    h(Team, parts),
    h(Segments, parts),
    h(Offers, parts),
  )
}
