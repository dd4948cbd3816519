// Plans with a mistake in the people on the payroll, and a part of the message that each gets.
import { good } from './slips.ts'

const staff = { pay: '$5200/month', minutes: 9, hours: '160/month', shortfall: '$7.50' }
const people = (more: object, beside: object = {}): object => ({ ...good, human: { staff: { ...staff, ...more }, ...beside } })
const { shortfall: _, ...unpriced } = staff
const segmented = (human: object): object => ({
  ...good,
  conversations: {},
  human: { staff },
  segments: { chat: { conversations: { base: '20k' }, human }, mail: { conversations: { base: '10k' } } },
})

export const STAFF_SLIPS: readonly (readonly [plan: object, message: string])[] = [
  [
    people({}, { cost: '$6' }),
    'human.cost: remove `cost` or `staff`: people cost either so much for each contact, or the pay of the heads',
  ],
  [
    people({}, { cashable: '40%' }),
    'human.cashable: remove `cashable`: with `staff`, freed work leaves the budget as heads leave, and would count twice',
  ],
  [people({}, { minutes: 8 }), 'human.minutes: remove `minutes`: `staff.minutes` states how long a contact takes'],
  [segmented({ cashable: '40%' }), 'segments.chat.human.cashable: remove `cashable`: with `staff`, freed work leaves the budget'],
  [segmented({ cost: '$6', staff }), 'segments.chat.human.cost: remove `cost` or `staff`'],
  [
    people({ release: { immediate: true, most: '5/month' } }),
    'human.staff.release.most: remove `most` or `immediate`: immediate releases have no limit and no notice',
  ],
  [
    people({ release: { immediate: true, notice: 2 } }),
    'human.staff.release.notice: remove `notice` or `immediate`: immediate releases have no limit and no notice',
  ],
  [{ ...good, human: { staff: unpriced } }, 'human.staff.shortfall: expected an amount such as $0.99, $30k or 0.99'],
  [people({ pay: '$5200/once' }), 'human.staff.pay: expected pay per month, quarter or year, such as $5200/month, got "once"'],
  [
    people({ pay: { value: '$62k/year', escalator: '4%/month' } }),
    'human.staff.pay.escalator: expected a raise per year, such as 4%/year, got "4%/month"',
  ],
  [people({ pay: '€5200/month' }), "human.staff.pay: expected an amount in USD, the scenario's currency, got EUR"],
  [people({ hours: '160/quarter' }), 'human.staff.hours: expected a number of hours above 0, such as 160/month, got "160/quarter"'],
  [people({ hours: 0 }), 'human.staff.hours: expected a number of hours above 0, such as 160/month, got 0'],
  [people({ shrinkage: '100%' }), 'human.staff.shrinkage: expected a share from 0% to less than 100%, got "100%"'],
  [people({ occupancy: 85 }), 'human.staff.occupancy: expected a share such as 65% or 0.65 (did you mean 85%?), got 85'],
  [people({ occupancy: 0 }), 'human.staff.occupancy: expected a share above 0% and up to 100%, got 0'],
  [
    people({ attrition: '3%/quarter' }),
    'human.staff.attrition: expected a share from 0% to 100% per month or year, such as 3%/month, got "3%/quarter"',
  ],
  [people({ hire: { lag: 1.5 } }), 'human.staff.hire.lag: expected a whole number of months from 0 to 239, got 1.5'],
  [people({ release: { most: '5/year to 6/month' } }), 'human.staff.release.most: expected'],
]
