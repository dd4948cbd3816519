// Amounts by a function of the program that runs the plan.
import * as z from 'zod'
import { byRule } from '../lines.ts'
import { anyCharge, chargeModel, nothingCounted, priceOf } from './model.ts'
import { NAME } from '../name.ts'
import type { RuleBill, RuleExplanation } from '../rule.ts'

const ONLY_HERE =
  'expected a function: a charge rule exists only in the program that states it with defineCharge. Files, queues and other threads cannot hold it'

const schema = z.strictObject({
  ...anyCharge,
  rule: z.string().regex(NAME, 'expected a letter and up to 63 letters, digits, _ or -'),
  version: z.string().min(1).max(64),
  label: z.string().min(1).max(200),
  counts: z.array(z.string()).min(1).max(16),
  bill: z.custom<RuleBill>((given) => typeof given === 'function', ONLY_HERE),
  explain: z.custom<RuleExplanation>((given) => typeof given === 'function', 'expected a function').optional(),
  price: priceOf({
    label: 'Price',
    help: 'price of one unit that the rule returns; 1 if the rule returns money',
    slider: { least: 0.5, most: 2 },
  }).prefault(1),
})
/** `price · bill(usage)`, by a function of one's own. */
export const ruleCharge = chargeModel({
  model: 'rule',
  key: 'rule',
  order: 1_000,
  examples: [],
  words({ value }) {
    const [rule, price] = [value('rule'), value('price')]
    return price === '' ? `by its own rule ${rule}` : `${price} for each unit by its own rule ${rule}`
  },
  unsaid: ['version', 'counts', 'bill', 'explain', 'label'],
  codeOnly: true,
  counts: false,
  layer: 'usage',
  schema,
  refuses: {
    ...nothingCounted('a rule counts what `counts` says, and its function bills it'),
    term: 'a rule bills the months of the plan and knows none before it',
    overage: 'a rule has no quantity to exceed',
    per: 'a rule bills each month',
  },
  besideMoneyLimit: () =>
    'expected a charge that the plan describes, since usage must end exactly at the money limit, and a rule may jump. Write the limit as a quantity, such as 40k/month',
  periods: () => [],
  compile({ layer, price, rule, version, label, counts, bill, explain }, tools) {
    const own = { line: label, role: 'rule', layer: layer ?? 'usage' } as const
    const { start, end } = tools.applies
    return {
      ...{ periods: [], fixed: [], own },
      rule: {
        ...own,
        rule,
        version,
        label,
        counts,
        bill: bill as RuleBill,
        explain: explain as RuleExplanation,
        start,
        end,
        price: tools.price(price),
      },
    }
  },
  lines: { rule: byRule },
})
