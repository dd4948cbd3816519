// The schema of people on the payroll, whose heads follow the work with delays.
import { monthsWords } from '../months.ts'
import * as z from 'zod'
import {
  countField,
  flag,
  money,
  stagedMoneyPer,
  uncertainQuantity,
  uncertainQuantityPer,
  uncertainShare,
  uncertainSharePer,
  uncertainYearly,
} from '../contract/fields.ts'
import { LIMITS } from '../limits.ts'

// Pay alone is short for the object with an escalator.
const pay = stagedMoneyPer({
  label: 'Pay',
  help: 'loaded cost of one head, such as $5200/month',
  words: (value) => `${value} for each head`,
  staged: true,
  slider: { least: 0.5, most: 2 },
})

const months = { range: [0, LIMITS.months - 1], noun: 'a whole number of months' } as const

const hire = z
  .strictObject({
    lag: countField({
      ...months,
      label: 'Lag',
      words: (value) => `arriving after ${monthsWords(value)}`,
      help: 'months from the decision to hire until people arrive',
      default: 0,
    }),
    ramp: countField({
      ...months,
      label: 'Ramp',
      words: (value) => `half as productive for ${monthsWords(value)}`,
      help: 'months in which new people do half as much as others, including the month of arrival',
      default: 0,
    }),
    cost: money({
      label: 'Cost of a hire',
      words: (value) => `${value} for each`,
      help: 'cost of each arrival, such as $4k',
      staged: true,
      default: 0,
    }),
  })
  .meta({ description: 'how people are hired' })

const release = z
  .strictObject({
    most: uncertainQuantityPer({
      label: 'Most',
      words: (value) => `at most ${value}`,
      help: 'most heads that may be released in a month, such as 5/month',
      staged: true,
      expected: 'a number of heads of 0 or more, such as 5/month',
      otherwise: 'any number',
    }).optional(),
    notice: countField({
      ...months,
      label: 'Notice',
      words: (value) => `still paid for ${monthsWords(value)}`,
      help: 'months after the decision in which released people are still paid',
      otherwise: '0',
    }).optional(),
    cost: money({
      label: 'Cost of a release',
      words: (value) => `${value} for each`,
      help: 'cost of each head released, due when they leave',
      staged: true,
      default: 0,
    }),
    immediate: flag({
      label: 'Immediate',
      help: 'whether heads above the need leave at once, in the month itself',
      otherwise: 'false',
    }).optional(),
  })
  .meta({ description: 'how people are released; left out, heads only leave by attrition' })

export const staff = z
  .strictObject({
    pay: z.union([
      z.strictObject({
        value: pay,
        escalator: uncertainYearly('a raise per year, such as 4%/year', {
          label: 'Escalator',
          help: "raise of the pay at each anniversary of the plan's start, such as 4%/year",
          staged: true,
          range: [-0.999_999, 10],
        }).optional(),
      }),
      pay.transform((plain) => ({ plain })),
    ]),
    minutes: uncertainQuantity({
      label: 'Minutes',
      words: (value) => `${value} minutes of work for each contact`,
      help: 'working time per contact, in minutes',
      staged: true,
      range: [0, 1e6],
      expected: 'at least 0 minutes per contact',
      slider: { least: 0.5, most: 2 },
    }),
    hours: uncertainQuantityPer({
      label: 'Hours',
      words: (value) => `${value} paid hours`,
      help: 'paid hours of one head, such as 160/month',
      staged: true,
      range: [0, 10_000],
      excludes: [0],
      expected: 'a number of hours above 0, such as 160/month',
    }),
    shrinkage: uncertainShare({
      label: 'Shrinkage',
      words: (value) => `not available in ${value} of paid hours`,
      help: 'share of paid hours in which people are not available, such as 28% to 34%',
      staged: true,
      excludes: [1],
      expected: 'a share from 0% to less than 100%',
      default: 0,
    }),
    occupancy: uncertainShare({
      label: 'Occupancy',
      words: (value) => `on contacts in ${value} of the available time`,
      help: 'share of the available time that people spend on contacts, such as 85%',
      staged: true,
      excludes: [0],
      expected: 'a share above 0% and up to 100%',
      default: 1,
    }),
    start: uncertainQuantity({
      label: 'Start',
      words: (value) => `${value} heads before the start`,
      help: "heads in the month before the plan's start",
      expected: 'a number of heads of 0 or more',
      otherwise: 'the need of the first month without the AI, with every input at its mean',
    }).optional(),
    attrition: uncertainSharePer({
      label: 'Attrition',
      words: (value) => `${value} of heads leave by themselves`,
      help: 'share of heads that leave by themselves, such as 2% to 4%/month',
      staged: true,
      expected: 'a share from 0% to 100% per month or year, such as 3%/month',
      default: 0,
    }),
    hire: hire.prefault({}),
    release: release.optional(),
    shortfall: money({
      label: 'Shortfall',
      words: (value) => `${value} for each contact that nobody is there for`,
      help: 'cost of a contact that nobody is there for, such as $7.50 for an outsourcer or overtime',
      staged: true,
    }),
  })
  .meta({ description: 'people on the payroll, instead of a cost for each contact: heads follow the work with delays' })
export type RawStaff = z.infer<typeof staff>
export type MonthlyPay = z.infer<typeof pay>
