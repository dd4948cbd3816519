// Plans with one mistake each, and the message. errors.test.ts compares them, and test/messages lists all.

/** A small plan without mistakes. */
export const good = {
  conversations: { base: '50k' },
  resolution: { rate: '65%' },
  offers: { fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] } },
}
export const zendesk = (charge: object) => ({ ...good, offers: { zendesk: { charges: [charge] } } })

export const MISTAKES: readonly (readonly [input: string | object, message: string])[] = [
  [{ ...good, conversations: { base: -5 } }, 'conversations.base: expected a number of 0 or more, got -5'],
  [{ ...good, conversations: { base: '1,200' } }, 'without thousands separators'],
  [{ ...good, resolution: { rate: 65 } }, 'did you mean 65%?'],
  [{ ...good, resolution: { rate: '120%' } }, 'resolution.rate: expected a share from 0% to 100%'],
  [
    { ...good, conversations: { base: '50k', noise: { cv: '8%', autocorrelation: 1 } } },
    'conversations.noise.autocorrelation: expected',
  ],
  [{ ...good, months: 241 }, 'months: expected a whole number of months from 1 to 240'],
  [
    { ...good, conversations: { monthly: [1, 2, 3] } },
    'conversations.monthly: expected one volume for each of the 12 months, got 3',
  ],
  [
    { ...good, conversations: { base: 1, monthly: new Array(12).fill(1) } },
    'conversations.base: remove `base` or `monthly`: `monthly` already states the expected volumes',
  ],
  [
    { ...good, resolution: { rate: '65%', improvement: 0.01 } },
    'resolution.improvement: expected points or a percentage per month or year, such as 1pt/month or 2%/year, got 0.01',
  ],
  [{ ...good, resolution: { rate: '70% to 60%' } }, 'a range whose first end is below its second'],
  [{ ...good, conversatons: {} }, 'did you mean `conversations`?'],
  [
    zendesk({ meter: 'resolutions', commitment: '-5', price: 1, overage: 2 }),
    'offers.zendesk.charges[0].commitment: expected a quantity of 0 or more, such as 30k/month, got "-5"',
  ],
  [zendesk({ meter: 'resolutions', commitment: '30k/month', price: 1 }), 'offers.zendesk.charges[0].overage: expected'],
  [zendesk({ meter: 'resolutions', price: 1, overrage: 2 }), 'did you mean `overage`?'],
  [
    zendesk({ meter: 'resolutions' }),
    'expected a charge with one of the keys `price`, `commitment`, `fee`, `seats`, `graduated`, `volume`, `package`, `bundles`, such as { meter: resolutions, price: $0.99 }, got {"meter":"resolutions"}',
  ],
  [
    { ...good, offers: { constructor: good.offers.fin } },
    'offers.constructor: expected another name, such as "constructor-1": "constructor" is reserved by JavaScript',
  ],
  [
    { ...good, offers: { toString: good.offers.fin } },
    'offers.toString: expected another name, such as "toString-1": "toString" is reserved by JavaScript',
  ],
  [
    { ...good, offers: { ['__proto__']: good.offers.fin } },
    'offers.__proto__: expected another name, such as "proto-1": "__proto__" is reserved by JavaScript',
  ],
  [{ ...good, offers: { '2027': good.offers.fin } }, 'offers.2027: expected a name'],
  [
    { ...good, offers: { trial: good.offers.fin } },
    'offers.trial: expected another name, such as "trial-2": tables have a column "trial" of their own',
  ],
  [{ ...good, offers: { Fin: good.offers.fin, fin: good.offers.fin } }, 'offers.fin: expected another name, such as "fin-2"'],
  [
    { ...good, offers: { fin: { catalog: 'finn' } } },
    'offers.fin.catalog: expected the name of an offer in the catalog, got "finn", did you mean `fin`?',
  ],
  [{ ...good, offers: {} }, 'offers: expected at least one offer'],
  [{ ...good, resolution: undefined }, 'resolution.rate: expected a rate'],
  [
    { ...good, human: { cost: 'normal($6, $6)' } },
    'human.cost: expected an amount of 0 or more in nearly all trials (truncatedNormal or pert stay within a range), got "normal($6, $6)"',
  ],
  [
    { ...good, conversations: { base: 'lognormal(1e9, 1e12)' } },
    'conversations.base: expected a number of 0 or more and at most 1,000,000,000,000 in nearly all trials',
  ],
  [{ ...good, conversations: { base: 'uniform(2, 1)' } }, 'conversations.base.max: expected a number above min (2), got 1'],
  [
    { ...good, correlations: [{ between: ['a', 'conversations.base'], rho: 0.5 }] },
    'correlations[0].between[0]: expected the name of an uncertain input',
  ],
  ['{"offers": {}, "offers": {}}', 'scenario: expected each key only once: this one is already defined above (line 1, column 16)'],
  ['a: &a [1]\nb: [*a, *a', 'line'],
]

/** A plan in YAML with one line replaced. */
export const yaml = (line: string) => {
  const lines = {
    months: 'months: 12',
    conversations: 'conversations: { base: 50k }',
    resolution: 'resolution: { rate: 65% }',
    offers: 'offers: { fin: { charges: [{ meter: resolutions, price: $0.99 }] } }',
  }
  const key = line.slice(0, line.indexOf(':')) as keyof typeof lines
  return `${Object.values({ ...lines, [key]: line }).join('\n')}\n`
}
export const base = (value: string) => yaml(`conversations: { base: ${value} }`)
export const charge = (value: string) => yaml(`offers: { fin: { charges: [${value}] } }`)
export const price = (value: string) => charge(`{ meter: resolutions, price: ${value} }`)

/** Mistakes that people make when they write plans by hand. */
export const SLIPS: readonly (readonly [input: string, message: string])[] = [
  // Numbers
  [base('$50k'), 'conversations.base: expected a number such as 50000, 50k or 1.2m, got "$50k" (line 2, column 24)'],
  [base('50k%'), 'got "50k%"'],
  [
    base('1,200'),
    'conversations.200: unknown key: a number may not contain a comma. Write 1200 or 1.2k for 1,200 (line 2, column 16)',
  ],
  [
    base('"1,200"'),
    'expected a number such as 50000, 50k or 1.2m without thousands separators (write 1200 or 1.2k for 1,200, and 0.5 for 0,5), got "1,200"',
  ],
  [base('50 000'), 'without thousands separators'],
  [base('50\u2009000'), 'without thousands separators'],
  [base('50_000'), 'without thousands separators'],
  [base("50'000"), 'without thousands separators'],
  [base('٥٠'), 'conversations.base: expected a number such as 50000'],
  [
    base('45k - 60k'),
    'conversations.base: expected a number such as 50000, 50k or 1.2m (write a range as "A to B"), got "45k - 60k"',
  ],
  [base('50K'), 'conversations.base: expected a number such as 50000, 50k or 1.2m (did you mean 50k?), got "50K"'],
  [base('45K to 60K'), '(did you mean 45k?)'],
  [price('$2B'), 'expected an amount such as $0.99, $30k or 0.99 (did you mean $2bn?), got "$2B"'],
  [base('45k–60k'), 'expected a number such as 50000, 50k or 1.2m (write a range as "A to B"), got "45k–60k"'],
  [base('1e13'), 'conversations.base: expected a number of 0 or more and at most 1,000,000,000,000, got 10000000000000'],
  [
    yaml('resolution: { rate: 65%, improvement: "normal(0pt, 50pt)/month" }'),
    'resolution.improvement: expected points from -100pt to 100pt in nearly all trials (truncatedNormal or pert stay within a range), got "normal(0pt, 50pt)/month"',
  ],
  [base('.nan'), 'conversations.base: expected a finite number, got NaN (line 2'],
  [base('.inf'), 'conversations.base: expected a finite number, got Infinity'],
  [base('1e400'), 'conversations.base: expected a finite number, got Infinity'],
  [base('"1e400"'), 'got "1e400"'],
  [base('yes'), 'got "yes"'],
  [base('true'), 'or a distribution, got true'],
  [base(''), 'or a distribution, got null'],
  [base('[50k]'), 'conversations.base[0]: expected an object with until, value, got "50k"'],
  [base(`"${'9'.repeat(100_000)}"`), 'conversations.base: expected a number such as 50000'],
  [base(`"${'mixture('.repeat(10_000)}"`), 'conversations.base: expected a call of at most 2,000 characters'],
  [
    price('€5'),
    'exchange.EUR: expected the price of one EUR in USD, such as 1.08, since offers.fin.charges[0].price is in EUR, got nothing',
  ],
  [
    price('5 USD'),
    'expected an amount such as $0.99, $30k or 0.99 (write the currency sign in front, as in $5, or state `currency` in the offer), got "5 USD"',
  ],
  [
    price('5€'),
    'expected an amount such as $0.99, $30k or 0.99 (write the currency sign in front, as in $5, or state `currency` in the offer), got "5€"',
  ],
  [price('-$1'), 'offers.fin.charges[0].price: expected an amount of 0 or more, got "-$1"'],
  // Shares
  [
    yaml('resolution: { rate: 65 }'),
    'resolution.rate: expected a share such as 65% or 0.65 (did you mean 65%?), got 65 (line 3, column 21)',
  ],
  [yaml('resolution: { rate: $0.65 }'), 'got "$0.65"'],
  [yaml('resolution: { rate: 60 to 70 }'), '(did you mean 60%?)'],
  [
    yaml('resolution: { rate: 65% to 100% }'),
    'expected ends above 0% and below 100% (uniform(…) or pert(…) may include them), got "65% to 100%"',
  ],
  [yaml('resolution: { rate: 65%, noise: { sd: 2% } }'), 'resolution.noise.sd: expected percentage points such as 2pt, got "2%"'],
  [yaml('resolution: { rate: 65%, improvement: 1pt }'), 'such as 1pt/month or 2%/year, got "1pt"'],
  [
    yaml('resolution: { rate: 100%, noise: { sd: 2pt } }'),
    'resolution.noise: expected a rate above 0% and below 100% if there is noise, got a rate of 100%',
  ],
  // Distributions
  [base('0 to 60k'), 'expected ends above 0 (uniform(…) or pert(…) may start at 0), got "0 to 60k"'],
  [base('{ p90: 40k, p10: 60k }'), 'expected a range whose first end is below its second'],
  [base('{ p10: 40k, p100: 60k }'), 'expected 2 to 9 percentiles from p1 to p99, such as { p10: 40k, p90: 65k }'],
  [base('{ p50: 40k }'), 'expected 2 to 9 percentiles from p1 to p99'],
  [
    price('uniform($1.00, $3.50)'),
    'expected a closing bracket (inside { }, write a call in quotes: "uniform(…)"), got "uniform($1.00"',
  ],
  [
    price('uniform($1.00, $3.50)'),
    'offers.fin.charges[0].$3.50): unknown key: inside { }, a text with a comma needs quotes, as in "uniform($1.00, $3.50)"',
  ],
  [price('"unform($1, $2)"'), '(did you mean uniform?), got "unform"'],
  [price('"uniform($1)"'), 'expected uniform(min, max), got "uniform($1)"'],
  [
    price('"normal($1, $1)"'),
    'expected an amount of 0 or more in nearly all trials (truncatedNormal or pert stay within a range), got "normal($1, $1)"',
  ],
  [price('"discrete($1: -1, $2: 2)"'), 'price.weights[0]: expected a number of 0 or more, got -1'],
  [price('"mixture($1: 1, pert(1, 5, 3): 1)"'), 'offers.fin.charges[0].price'],
  [price('{ distribution: uniform, min: 1 }'), 'price.max: expected a value for uniform(min, max), got nothing'],
  [
    price('{ distribution: mixture, components: [1, -$x], weights: [1, 1] }'),
    'price.components[1]: expected an amount such as $0.99',
  ],
  [price('{ distribution: discrete, values: [1, 2] }'), 'price.weights: expected a list, got nothing'],
  [
    price('{ value: 1, per: day }'),
    'offers.fin.charges[0].price.per: expected no other key than `source` beside `value`, got "day"',
  ],
  // Time
  [yaml('start: 2027-13'), 'start: expected a month such as 2027-01, got "2027-13"'],
  [yaml('start: 2027-01-01'), 'start: expected a month such as 2027-01, got "2027-01-01"'],
  [yaml('start: 2027'), 'start: expected a month such as 2027-01, got 2027'],
  [yaml('months: 0'), 'months: expected a whole number of months from 1 to 240, got 0'],
  [yaml('months: 1.5'), 'got 1.5'],
  [
    yaml('conversations: { base: 1, growth: 1% }'),
    'conversations.growth: expected a change per month or year, such as 1%/month, got "1%"',
  ],
  [
    yaml('conversations: { base: 1, growth: "normal(1%, 90%)/month" }'),
    'expected growth between -100% and 1000% in nearly all trials (truncatedNormal or pert stay within a range), got "normal(1%, 90%)/month"',
  ],
  [
    yaml('conversations: { base: 1, growth: { value: 1%, per: day } }'),
    'conversations.growth.per: expected month, quarter, year or once, got "day"',
  ],
  [
    yaml('conversations: { base: 1, involvement: [{ until: 2027-06, value: 4% }, { until: 2027-03, value: 8% }, { value: 9% }] }'),
    'conversations.involvement[1].until: expected a month after 2027-06, where the previous stage ends, got 2027-03 (line 2, column 81)',
  ],
  [
    yaml('conversations: { base: 1, involvement: [{ value: 4% }, { value: 8% }] }'),
    'conversations.involvement[0].until: expected a month such as 2027-06 in every stage but the last, got nothing',
  ],
  [
    yaml('conversations: { base: 1, involvement: [{ until: 2027-11, value: 4% }] }'),
    'expected no `until` in the last stage, which holds to the end, got 2027-11',
  ],
  [
    charge('{ fee: $49/week }'),
    'offers.fin.charges[0].fee: expected a period after the slash: /month, /quarter, /year or /once, got "$49/week"',
  ],
  // Noise and correlations
  [
    yaml('conversations: { base: 1, noise: { cv: -8% } }'),
    'conversations.noise.cv: expected a coefficient of variation from 0% to 1000%, got "-8%"',
  ],
  [yaml('conversations: { base: 1, noise: 8% }'), 'conversations.noise: expected an object with cv, autocorrelation, got "8%"'],
  [yaml('conversations: { base: 1, spikes: { probability: 4, size: 2 } }'), '(did you mean 4%?)'],
  [
    yaml('conversations: { base: 1, seasonality: [0,0,0,0,0,0,0,0,0,0,0,0] }'),
    'conversations.seasonality: expected at least one factor above 0, got none (line 2',
  ],
  [yaml('correlations: [{ between: [conversations.base], rho: 0.5 }]'), 'correlations[0].between: expected at least 2 entries'],
  [yaml('correlations: [{ between: [a, b], rho: 2 }]'), 'correlations[0].rho: expected a correlation from -1 to 1, got 2'],
  [yaml('correlations: { between: [a, b], rho: 0.5 }'), 'correlations: expected a list, got {"between"'],
  // Offers and charges
  [charge('{ metre: resolutions, price: 1 }'), 'offers.fin.charges[0].metre: unknown key, did you mean `meter`?'],
  [
    yaml('offers: { a: { conversations: { base: 1 }, charges: [{ fee: 1 }] } }'),
    'offers.a.conversations: unknown key here: `conversations` belongs at the top level of the plan (line',
  ],
  [
    yaml('offers: { a: { price: 1, charges: [{ fee: 1 }] } }'),
    'offers.a.price: unknown key here: `price` belongs in a charge of an offer (line',
  ],
  [
    charge('{ credits: { resolutions: 1, calls: 2 }, price: 1 }'),
    'credits.calls: expected a meter (conversations, tickets, resolutions, actions, escalations, minutes) or a quantity of the plan (it has none), got "calls"',
  ],
  [
    yaml('offers: [{ charges: [{ fee: 1 }] }]'),
    'offers: expected an object with an entry for each offer, got [{"charges":[{"fee":1}]}]',
  ],
  [
    yaml('offers: { my offer: { charges: [{ fee: 1 }] } }'),
    'offers.my offer: expected a name that starts with a letter, followed by up to 63 letters, digits, _ or -, got "my offer"',
  ],
  [yaml('offers: { a: }'), 'offers.a: expected an object with title, '],
  [yaml('offers: { a: { charges: [] } }'), 'offers.a.charges: expected at least 1 entry, got []'],
  [yaml('offers: { a: { charges: { fee: 1 } } }'), 'offers.a.charges: expected a list, got {"fee":1}'],
  [yaml('offers: { a: { title: 5, charges: [{ fee: 1 }] } }'), 'offers.a.title: expected text, got 5 (put it in quotes: "5")'],
  [charge('{ meter: resolution, price: 1 }'), 'got "resolution", did you mean "resolutions"?'],
  [charge('{ meter: resolutions, price: 1, comitment: 5 }'), 'charges[0].comitment: unknown key, did you mean `commitment`?'],
  [
    charge('{ fee: 1, seats: 4 }'),
    'offers.fin.charges[0].seats: expected one model per charge, got fee and seats. Write two charges: their amounts add up',
  ],
  [charge('{ seats: 40 }'), 'charges[0].price: expected an amount such as $0.99'],
  [charge('{ seats: , price: $115/month }'), 'charges[0].seats: expected a number'],
  [
    charge('{ fee: 1, wibble: 2 }'),
    'offers.fin.charges[0].wibble: unknown key. The keys here are id, of, layer, account, escalator, discount, from, until, term, meter, credits, period, included, rollover, minimum, maximum, limit, price, commitment, overage, paid, fee, per, seats, graduated, volume, package, bundles, ratchet',
  ],
  [yaml('human: $6'), 'human: expected an object with cost, uplift, minutes, cashable, staff, got "$6"'],
  [yaml('exchange: { euro: 1.08 }'), 'exchange.euro: expected a currency code such as USD, got "euro"'],
  [yaml('exchange: [1.08]'), 'exchange: expected an object with an entry for each name, got [1.08]'],
  // Settings of the run
  [yaml('run: { trials: 0 }'), 'run.trials: expected a whole number of trials such as 1m, got 0'],
  [yaml('run: { trials: 1e20 }'), 'run.trials: expected a whole number of trials such as 1m'],
  [yaml('run: { seed: 1.5 }'), 'run.seed: expected a text of up to 200 visible characters or a whole number, got 1.5'],
  [yaml('run: { seed: true }'), 'run.seed: expected a text of up to 200 visible characters or a whole number, got true'],
  [yaml('run: { method: halton }'), 'run.method: expected "sobol" or "latin" or "random", got "halton"'],
  [yaml('name: 2027'), 'name: expected text, got 2027 (put it in quotes: "2027")'],
  [yaml('name: "a\\e[2Jb"'), 'name: expected text without control characters and hidden marks, got "a\\x1b[2Jb"'],
  [yaml('currency: dollars'), 'currency: expected a currency code such as USD'],
  // YAML
  ['', 'scenario: expected an object with conversations and offers (`billcast init` writes an example), got null'],
  ['- a\n- b\n', 'scenario: expected an object with conversations and offers'],
  ['hello', 'got "hello"'],
  [
    `${yaml('months: 3')}months: 4\n`,
    'scenario: expected each key only once: this one is already defined above (line 5, column 1)',
  ],
  [`${yaml('months: 3')}---\n${yaml('months: 3')}`, 'scenario: expected one plan per file, got a second one after ---'],
  ['conversations:\n\tbase: 50k\n', 'scenario: expected spaces at the start of the line, got a tab (line 2, column 1)'],
  [base('!!binary aGVsbG8='), 'scenario: expected a value without a !tag (line 2, column 24)'],
  [base('*nope'), 'scenario: expected an anchor &nope before the alias *nope (line 2, column 24)'],
  [`a: ${'['.repeat(60)}${']'.repeat(60)}`, 'a[0][0]: expected at most 50 levels of nesting (line 1, column 6)'],
  ['['.repeat(100_000), 'scenario: expected at most 50 levels'],
  [`${yaml('months: 3')}__proto__: { months: 4 }\n`, '__proto__: unknown key: "__proto__" is reserved'],
  [yaml('conversations: { base: 1, constructor: 2 }'), 'conversations.constructor: unknown key: "constructor" is reserved'],
]
