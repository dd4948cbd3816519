// Contracts that make no sense, each with its message. errors.test.ts compares them, and test/messages lists all.

const meter = 'resolutions'
const charge = 'offers.one.charges[0]'

type Wrong = readonly (readonly [wrong: object, message: string])[]

/** Each is the only charge of its offer. */
export const CHARGES: Wrong = [
  [
    {
      meter,
      graduated: [
        { to: 100, price: 1 },
        { to: 50, price: 0.9 },
      ],
    },
    `${charge}.graduated[1].to: expected a quantity above 100, got 50`,
  ],
  [
    { meter, volume: [{ price: 1 }, { to: 50, price: 0.9 }] },
    `${charge}.volume[0].to: expected an upper bound for every tier but the last, got nothing`,
  ],
  [{ meter, bundles: [{ to: 0, fee: 1 }] }, `${charge}.bundles[0].to: expected a quantity above 0, got 0`],
  [{ meter, graduated: [] }, `${charge}.graduated: expected at least 1`],
  [
    { meter, price: [{ until: '2027-06', value: 1 }, { until: '2027-03', value: 2 }, { value: 3 }] },
    `${charge}.price[1].until: expected a month after 2027-06, where the previous stage ends, got 2027-03`,
  ],
  [
    { meter, price: [{ value: 1 }, { value: 2 }] },
    `${charge}.price[0].until: expected a month such as 2027-06 in every stage but the last, got nothing`,
  ],
  [
    { meter, price: [{ until: '2027-06', value: 1 }] },
    `${charge}.price[0].until: expected no \`until\` in the last stage, which holds to the end, got 2027-06`,
  ],
  [{ meter, price: -1 }, `${charge}.price: expected an amount of 0 or more, got -1`],
  [
    { meter, price: 'normal(1, 1)' },
    `${charge}.price: expected an amount of 0 or more in nearly all trials (truncatedNormal or pert stay within a range), got "normal(1, 1)"`,
  ],
  [{ meter, price: 1, rollover: 2 }, `${charge}.rollover: remove this key, or add \`included\`: only included units can roll over`],
  [{ meter, commitment: 5, price: 1 }, `${charge}.overage: expected`],
  [{ meter, price: 1, overage: 2 }, `${charge}.overage: remove this key: a price without a commitment has no quantity to exceed`],
  [
    { price: '$115/month', seats: {} },
    `${charge}.seats.perAgent: expected a number of conversations per person and month above 0, such as 600, got nothing`,
  ],
  [{ fee: '$12k', once: true }, `${charge}.once: unknown key: once is a period, as in fee: $12k/once`],
  [
    { price: 1 },
    `${charge}.meter: expected conversations, tickets, resolutions, actions, escalations, minutes or a quantity of the plan: the charge has to count one of them, got nothing`,
  ],
  [
    { meter, credits: { actions: 2 }, price: 1 },
    `${charge}.credits: remove \`credits\` or \`meter\`: a charge counts one or the other`,
  ],
  [{ credits: { actions: 0 }, price: 1 }, `${charge}.credits: expected credits for at least one meter`],
  [
    { meter, graduated: [{ price: 1 }], volume: [{ price: 1 }] },
    `${charge}.volume: expected one model per charge, got graduated and volume. Write two charges: their amounts add up`,
  ],
  [
    { meter, graduated: [{ price: 1 }], minimum: '50/month' },
    `${charge}.minimum: expected an amount such as $30k/year: tiers have no single price at which a quantity could be billed, got "50/month"`,
  ],
  [
    { meter, commitment: 5, price: 1, overage: 1, minimum: '50/month' },
    `${charge}.minimum: expected an amount such as $30k/year: a commitment is already a minimum quantity, got "50/month"`,
  ],
  [
    { meter, package: 5, price: 1, minimum: 50 },
    `${charge}.minimum: expected an amount such as $30k/year: the price is for a package, not for a unit, got 50`,
  ],
  [
    { meter, bundles: [{ fee: 1 }], included: 5 },
    `${charge}.included: remove this key: the fee of a bundle covers its whole quantity`,
  ],
  [{ meter, price: 1, ratchet: true }, `${charge}.ratchet: remove this key: only a bundle can stay once it is reached`],
  [{ fee: 5, included: 5 }, `${charge}.included: remove this key: a fee is not billed by the quantity of a meter`],
  [{ fee: '$5/month', per: 'year' }, `${charge}.per: expected one period, got /month in the fee and per: year`],
  [{ seats: 4, price: 5, minimum: 10 }, `${charge}.minimum: remove this key, and change \`seats\` instead: it states the number`],
  [{ seats: { perAgent: 60 }, price: 5, paid: 'upfront' }, `${charge}.paid: expected monthly`],
  [
    { seats: 4, price: '$5/once' },
    `${charge}.price: expected a price per month, quarter or year, such as $115/month, got "$5/once"`,
  ],
  [{ meter, price: 1, paid: 'upfront' }, `${charge}.paid: remove this key: usage is billed in the month in which it happens`],
  [{ meter, price: 1, from: '2027-05', until: '2027-03' }, `${charge}.until: expected 2027-05 or a later month, got 2027-03`],
  [
    { meter: 'tickets', price: 1, limit: 50 },
    `${charge}.limit: expected a limit on another meter: tickets arrive whether or not the AI stops, got 50`,
  ],
  [
    { meter, commitment: 5, price: 1, overage: 1, limit: '$50' },
    `${charge}.limit: expected a quantity such as 40k/month: an amount limits the layer usage, and no charge of this offer is in it`,
  ],
  [
    { meter, package: 5, price: 1, limit: '$50' },
    `${charge}.package: expected a charge that grows unit by unit, since usage must end exactly at the money limit. Write the limit as a quantity, such as 40k/month`,
  ],
  [
    { meter, price: 1, included: { perSeat: 5 } },
    `${charge}.included: expected a quantity such as 50/month: the offer has no seats charge`,
  ],
  [{ meter, price: 1, discount: '100%' }, `${charge}.discount: expected a share from 0% to less than 100%`],
  [{ meter, price: 1, escalator: '7%/month' }, `${charge}.escalator: expected a change per year, such as 7%/year, got "7%/month"`],
  [{ meter, price: 1, included: '$5' }, `${charge}.included: expected a quantity`],
  [{ meter, price: 1, maximum: '$5/once' }, `${charge}.maximum: expected a period of month, quarter or year`],
  [
    { meter, commitment: [{ until: '2027-06', value: '5/month' }, { value: '5/year' }], price: 1, overage: 1 },
    `${charge}.commitment[1].value: expected a quantity for the same period`,
  ],
  [
    { meter, price: '€1' },
    'exchange.EUR: expected the price of one EUR in USD, such as 1.08, since offers.one.charges[0].price is in EUR, got nothing',
  ],
  [{ meter, price: '€1 to £2' }, `${charge}.price: expected a single currency in an amount, got "€1 to £2"`],
  [{ meter, prize: 1 }, 'expected a charge with'],
]

/** Terms beside a charge without mistakes. */
export const TERMS: Wrong = [
  [{ minimum: '50/once' }, 'offers.one.minimum: expected an amount and its period, such as $240k/year'],
  [{ paid: 'upfront' }, 'offers.one.paid: remove this key, or add `minimum`: it states how the minimum is paid'],
  [{ refund: { months: 0, below: '5%' } }, 'offers.one.refund.months: expected a whole number of months from 1 to 240'],
  [{ renewal: { month: 12, change: 50 } }, 'offers.one.renewal.change: expected a change such as 5% or -10% (did you mean 50%?)'],
  [
    { renewal: { month: 12, change: 'normal(-90%, 50%)' } },
    'offers.one.renewal.change: expected a change of -100% or more in nearly all trials (truncatedNormal or pert stay within a range), got "normal(-90%, 50%)"',
  ],
  [{ guarantee: { months: 12, notAbove: '65%' } }, 'offers.one.guarantee.payment: expected'],
  [{ currency: 'euro' }, 'offers.one.currency: expected a currency code such as USD'],
  [{ running: '€5' }, "offers.one.running: expected an amount in USD, the scenario's currency, got EUR"],
]
