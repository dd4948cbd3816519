// What the gallery says of each kind of chart: the question that it answers, the call and the command that draw it. The text is run as it
// stands (scripts/gallery.mjs).

/**
 * @typedef {object} Entry
 * @property {string} kind
 * @property {string} question that the chart answers
 * @property {string} shows its marks, in words
 * @property {string} call lines of a program, which end with `const chart = …`
 * @property {string} command that draws the same picture
 */

const TRIALS = 16_384
const PLAN = 'examples/annual-budget.yaml'

/** The first lines of the program, which all calls follow. */
export const START = `import { readFileSync, writeFileSync } from 'node:fs'
import * as billcast from 'billcast'

const { charts, simulate } = billcast
const trials = 16_384
const read = (file) => readFileSync(\`examples/\${file}\`, 'utf8')
const ofExamples = { folder: 'examples', trials }
const plan = read('annual-budget.yaml')
const result = await simulate(plan, ofExamples)`

/** A plan on which three experts disagree, and the sample data that some charts need. */
export const SETUP = `cat > experts.yaml <<'END'
months: 12
conversations:
  base:
    experts:
      - { name: support lead, p10: 40k, p50: 48k, p90: 60k, weight: 2 }
      - { name: finance, p10: 45k, p90: 70k }
offers:
  flat: { charges: [{ meter: conversations, price: $0.70 }] }
END
node examples/audit/generate.mjs .
printf 'month,conversations\\n2027-01,52100\\n2027-02,50900\\n2027-03,61200\\n' > closed.csv
npx billcast run examples/from-history.yaml --trials ${TRIALS} --out plan-2027`

/** @param {string} kind @param {readonly string[]} names @param {string} of the variable that holds the result */
const callOf = (kind, names, of) => `${of}.chart(${[kind, ...names].map((name) => `'${name}'`).join(', ')})`

/**
 * @param {string} kind
 * @param {string} question
 * @param {string} shows
 * @param {readonly string[]} names
 * @param {string} [plan] another plan than that of most charts
 * @returns {Entry}
 */
function ofRun(kind, question, shows, names = [], plan = PLAN) {
  const file = `${kind}.svg`
  const asked = names.length === 0 && kind === 'bars' ? file : `${[kind, ...names].join(':')}=${file}`
  const own = plan !== PLAN
  const text = plan.startsWith('examples/') ? `read('${plan.slice('examples/'.length)}')` : `readFileSync('${plan}', 'utf8')`
  return {
    ...{ kind, question, shows },
    call: own
      ? `const own = await simulate(${text}, ofExamples)\nconst chart = ${callOf(kind, names, 'own')}`
      : `const chart = ${callOf(kind, names, 'result')}`,
    command: `npx billcast run ${plan} --trials ${TRIALS} --chart ${asked}`,
  }
}

/**
 * @param {string} kind
 * @param {string} question
 * @param {string} shows
 * @param {string} call
 * @param {string} command without `npx billcast` and `--chart`
 * @param {string} [names] behind the kind, such as ":fin"
 * @returns {Entry}
 */
const ofAnswer = (kind, question, shows, call, command, names = '') => ({
  ...{ kind, question, shows, call },
  command: `npx billcast ${command} --chart ${kind}${names}=${kind}.svg`,
})

/** @type {readonly Entry[]} */
export const ENTRIES = [
  ofRun(
    'bars',
    'Which offer needs the smallest budget?',
    'A bar from P5 to P95 for each offer, sorted by P80, with the median and P80. Offers beyond twice the lowest P80 stand below.',
  ),
  ofRun(
    's-curves',
    'How likely is an amount to be enough for each offer?',
    'The S-curves of all offers near the recommended one. The line marks the stated budget, or the P80 of the recommended offer.',
  ),
  ofRun(
    'break-even',
    'Where does another offer take the lead?',
    'How often each offer is the cheapest at each value of an input. The strip shows the offer with the lowest mean.',
    ['resolution.rate'],
  ),
  ofRun(
    'fan',
    'How much does each month cost?',
    'The mean of each month, the bands of 50 and 90 of 100 trials, the single-number plan (dashed) and the monthly budget at P80.',
    ['fin'],
  ),
  ofRun(
    's-curve',
    'How likely is a plan with single numbers to be enough?',
    'The probability that an amount is enough. Marks show the single-number plan, P80 and a stated budget.',
    ['fin'],
  ),
  ofRun('distributions', 'How far could the cost of each offer spread?', 'The distribution of each offer’s cost on one axis.'),
  ofRun(
    'cheapest',
    'Which offer is the cheapest most often?',
    'The odds of each offer to be the cheapest, with two standard errors on each side.',
  ),
  ofRun(
    'pairwise',
    'How often is one offer cheaper than another?',
    'For each pair, how often the offer in the row costs less than the offer in the column.',
  ),
  ofRun('layers', 'What does each bill consist of?', 'The layers of each offer’s mean cost, in one order and color everywhere.'),
  ofRun(
    'monthly',
    'How do the offers compare month by month?',
    'The mean cost of each offer by month, and the single-number plan (dashed).',
  ),
  ofRun(
    'quarters',
    'What should we report by quarter?',
    'The median of each quarter, the bands of 50 and 90 of 100 trials, and the amount that no quarter exceeds in 95 of 100 trials.',
    ['fin'],
  ),
  ofRun(
    'parts',
    'What does a switch of vendors cost, month by month?',
    'The mean bill of each month, stacked by part. A line marks the month in which a part goes live.',
    ['switch'],
    'examples/switch.yaml',
  ),
  ofRun(
    'segments',
    'Which segment does the bill come from?',
    'The mean bill of each month, stacked by segment. The segments with the largest bills have a name.',
    ['by-channel'],
    'examples/channels.yaml',
  ),
  ofRun(
    'segment-risk',
    'Which segment makes the bill uncertain?',
    'The share of each segment in the mean bill, in its variance, and in the worst 5% of trials.',
    ['by-channel'],
    'examples/channels.yaml',
  ),
  ofRun(
    'heads',
    'Is the team large enough?',
    'Mean heads on the payroll in each month, the heads that the contacts need on average, and the band of 80 of 100 trials.',
    ['at-once'],
    'examples/staffed-year.yaml',
  ),
  ofRun(
    'ledger',
    'When does the cash leave?',
    'The cash that an offer takes in each month, and the amount that the month expenses.',
    ['committed'],
    'examples/ledger.yaml',
  ),
  ofRun(
    'acceptability',
    'How do the odds change with one input?',
    'The odds of each offer to be the cheapest at each value of an input. Dots mark the lowest mean.',
    ['resolution.rate'],
  ),
  ofRun('winners', 'Which offer wins for two inputs at once?', 'The offer with the lowest mean in each cell of two inputs.', [
    'resolution.rate',
    'conversations',
  ]),
  ofRun(
    'convergence',
    'Are there enough trials?',
    'A figure with two standard errors on each side, against the number of trials.',
    ['p80', 'fin'],
  ),
  ofRun(
    'experts',
    'How far do the experts disagree?',
    'The chart sets the distribution of each expert beside that of all together.',
    ['conversations.base'],
    'experts.yaml',
  ),
  ofAnswer(
    'tornado',
    'Which input moves the cost most?',
    'The mean cost with one input at its 10th or 90th percentile. Draws the answer of `sensitivity`.',
    "const drivers = await billcast.sensitivity(plan, { offer: 'fin', ...ofExamples })\nconst chart = charts.tornado(drivers, 'USD')",
    `explain ${PLAN} --offer fin --trials ${TRIALS}`,
  ),
  ofAnswer(
    'information',
    'What is worth finding out before we sign?',
    'The most that it is worth to know each input. Draws the answer of `valueOfInformation`.',
    "const worth = await billcast.valueOfInformation(plan, ofExamples)\nconst chart = charts.information(worth, 'USD')",
    `explain ${PLAN} --offer fin --trials ${TRIALS}`,
  ),
  ofAnswer(
    'pilot',
    'How large should a pilot be?',
    'What a pilot of each size is worth, before and after its cost. Draws the answer of `pilot`.',
    "const pilot = await billcast.pilot(plan, { input: 'resolution.rate', cost: { fixed: 2_000, each: 0.5 }, ...ofExamples })\nconst chart = charts.pilot(pilot, 'USD')",
    `pilot ${PLAN} --input resolution.rate --fixed 2000 --each 0.5 --trials ${TRIALS}`,
  ),
  ofAnswer(
    'commitment',
    'How much should we commit to?',
    'The cost against the size of a commitment, and its lowest point. Draws the answer of `optimize` over one field.',
    "const vary = { 'offers.zendesk.commitment': [20_000, 45_000] }\nconst best = await billcast.optimize(plan, { offer: 'zendesk', vary, minimize: 'mean', ...ofExamples })\nconst chart = charts.commitment(best, 'USD')",
    `optimize ${PLAN} --vary offers.zendesk.commitment=20k:45k --minimize mean --trials ${TRIALS}`,
  ),
  ofAnswer(
    'diff',
    'Why did the forecast change?',
    'The way from the mean cost of one plan to that of the next, change by change. Draws the answer of `diff`.',
    "const next = await billcast.diff(read('portfolio/plans/retail.yaml'), read('portfolio/plans/bank.yaml'), { trials })\nconst chart = charts.diff(next, 'fin', 'USD')",
    `diff examples/portfolio/plans/retail.yaml examples/portfolio/plans/bank.yaml --trials ${TRIALS}`,
    ':fin',
  ),
  ofAnswer(
    'sweep',
    'What if a price or a rate were different?',
    'A line for each offer over the values of one field. Two fields make a map of one offer. Draws the table of `sweep`.',
    "const table = await billcast.sweep(plan, { 'offers.fin.price': '0.60:1.20:0.10' }, ofExamples)\nconst chart = charts.sweep(table, 'fin', 'USD', 'p80')",
    `sweep ${PLAN} --vary offers.fin.price=0.60:1.20:0.10 --trials ${TRIALS}`,
    ':fin:p80',
  ),
  ofAnswer(
    'backtest',
    'Were past forecasts good?',
    'Forecasts from past starts, and the actual volumes. Draws the answer of `backtest`.',
    "const past = await billcast.backtest(read('data/cfpb-complaints-monthly.csv'), { name: 'cfpb-complaints-monthly.csv', from: '2019-01', trials: 1_024 })\nconst chart = charts.backtest(past)",
    'backtest examples/data/cfpb-complaints-monthly.csv --from 2019-01 --trials 1024',
  ),
  ofAnswer(
    'pit',
    'Were past ranges wide enough?',
    'How many actual volumes fell into each tenth of their forecast. Equal bars are best. Draws the answer of `backtest`.',
    "const past = await billcast.backtest(read('data/cfpb-complaints-monthly.csv'), { name: 'cfpb-complaints-monthly.csv', from: '2019-01', trials: 1_024 })\nconst chart = charts.pit(past)",
    'backtest examples/data/cfpb-complaints-monthly.csv --from 2019-01 --trials 1024',
  ),
  ofAnswer(
    'history',
    'What does the past say about the year ahead?',
    'Past months, the fit with steps and outliers, and the year ahead. A history with segments gets a panel for each. Draws the answer of `calibrate`.',
    "const history = await billcast.calibrate(read('data/cfpb-complaints-monthly.csv'), { name: 'cfpb-complaints-monthly.csv', until: '2019-12' })\nconst chart = charts.history(history)",
    'calibrate examples/data/cfpb-complaints-monthly.csv --until 2019-12',
  ),
  ofAnswer(
    'track',
    'Is the year still on plan?',
    'The past and its fit, the closed months, the plan as it was, and the months ahead. Draws the answer of `track`.',
    "const year = await billcast.track(read('from-history.yaml'), { actuals: 'closed.csv', seed: 'fy2027', ...ofExamples, files: { 'closed.csv': readFileSync('closed.csv', 'utf8') } })\nconst chart = charts.track(year)",
    `track plan-2027 closed.csv --trials ${TRIALS}`,
  ),
  ofAnswer(
    'definitions',
    'How much does the definition of a resolution move the bill?',
    'Resolutions by each definition, and the bill for each count. Draws the answer of `audit`.',
    "const audit = await billcast.audit(readFileSync('conversations.csv', 'utf8'), 'fin')\nconst chart = charts.definitions(audit)",
    'audit conversations.csv --offer fin',
  ),
  ofAnswer(
    'funnel',
    'How many conversations does the AI resolve?',
    'From all conversations to those with the AI, contained, resolved, verified and billed. Draws the answer of `audit`.',
    "const audit = await billcast.audit(readFileSync('conversations.csv', 'utf8'), 'fin')\nconst chart = charts.funnel(audit)",
    'audit conversations.csv --offer fin',
  ),
  ofAnswer(
    'histogram',
    'Which distribution describes our values?',
    'The values in classes, and the counts that the best three distributions expect. Draws the answer of `fit`.',
    "const fit = await billcast.fit(read('data/cost-per-contact.csv'), { name: 'cost-per-contact', column: 'cost per contact' })\nconst chart = charts.histogram(fit)",
    "fit examples/data/cost-per-contact.csv --column 'cost per contact'",
  ),
  ofAnswer(
    'quantiles',
    'Does the distribution fit in its tails?',
    'Each value beside the quantile of the same rank. On the line both are equal. Draws the answer of `fit`.',
    "const fit = await billcast.fit(read('data/cost-per-contact.csv'), { name: 'cost-per-contact', column: 'cost per contact' })\nconst chart = charts.quantiles(fit)",
    "fit examples/data/cost-per-contact.csv --column 'cost per contact'",
  ),
  ofAnswer(
    'portfolio',
    'How much of one budget does each plan get?',
    'The mean of each plan, and its share of the contingency. Draws the answer of `portfolio`.',
    "const group = await billcast.portfolio(read('portfolio/portfolio.yaml'), { folder: 'examples/portfolio', trials })\nconst chart = charts.portfolio(group)",
    `portfolio examples/portfolio/portfolio.yaml --trials ${TRIALS}`,
  ),
  ofAnswer(
    'diversification',
    'What does one budget for all save?',
    'The budget for all plans together beside the sum of separate budgets, at each confidence. Draws the answer of `portfolio`.',
    "const group = await billcast.portfolio(read('portfolio/portfolio.yaml'), { folder: 'examples/portfolio', trials })\nconst chart = charts.diversification(group)",
    `portfolio examples/portfolio/portfolio.yaml --trials ${TRIALS}`,
  ),
]
