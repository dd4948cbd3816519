// Figures of an offer by name, and conditions on them in words: "P80 at most $500k".
import { ParameterError, shown, UsageError } from '../../errors.ts'
import { parseScalar } from '../../notation/scalar.ts'
import type { Figure } from '../../numerics/estimators/figure.ts'
import { cheapestOf, columnMean, percentileFigure, shortfallFigure } from '../../numerics/estimators/figures.ts'
import type { SampledColumn } from '../../numerics/estimators/sorted.ts'
import type { CostOf, Study } from '../study.ts'

export interface Statistic {
  /** `mean`, `p80`, `shortfall95`, `cheapest` */
  readonly name: string
  /** As people read it. */
  readonly title: string
  readonly money: boolean
  /** Whether it needs the costs of all offers. */
  readonly all: boolean
  readonly figure: (costs: OfferCosts, study: Study) => Figure
}

/** The costs of one offer and, for who is the cheapest, of all. */
export class OfferCosts {
  readonly own: SampledColumn
  readonly cost: CostOf
  readonly offer: string

  constructor(study: Study, cost: CostOf, offer: string) {
    this.cost = cost
    this.offer = offer
    this.own = study.column(cost(offer))
  }
}

const EXPECTED = 'mean, a percentile such as p90, or shortfall95'

/** @throws UsageError */
export function statisticOf(text: unknown, chances: boolean): Statistic {
  const name = typeof text === 'string' ? text.toLowerCase().replaceAll(' ', '') : ''
  if (name === 'mean') {
    return {
      name,
      title: 'mean',
      money: true,
      all: false,
      figure: ({ own }) => columnMean(own),
    }
  }
  const percentile = /^p(\d\d?)$/.exec(name)
  if (percentile && percentile[1] !== '0' && percentile[1] !== '00') {
    const p = Number(percentile[1])
    return {
      name: `p${p}`,
      title: `P${p}`,
      money: true,
      all: false,
      figure: ({ own }) => percentileFigure(own, p / 100),
    }
  }
  const shortfall = /^(?:expected)?shortfall(?:at)?p?(\d\d)$/.exec(name)
  if (shortfall && shortfall[1] !== '00') {
    const p = Number(shortfall[1])
    return {
      name: `shortfall${p}`,
      title: `expected shortfall at P${p}`,
      money: true,
      all: false,
      figure: ({ own }) => shortfallFigure(own, p / 100),
    }
  }
  if (chances && (name === 'p(cheapest)' || name === 'cheapest')) {
    return {
      name: 'cheapest',
      title: 'P(cheapest)',
      money: false,
      all: true,
      figure({ cost, offer }, { base, design }) {
        return cheapestOf(base.offers.map(cost), base.offers.indexOf(offer), design)
      },
    }
  }
  throw new UsageError(`expected ${EXPECTED}${chances ? ', or P(cheapest)' : ''}, got ${shown(text)}`)
}

/** A condition in words, or as an object. Money and probabilities in plain numbers. */
export type Require = string | { readonly statistic: string; readonly atMost?: number; readonly atLeast?: number }

export interface Condition {
  readonly text: string
  readonly statistic: Statistic
  readonly most: boolean
  readonly bound: number
}

const WORDS = /^(.+?)\s*(at most|at least|<=|>=|≤|≥)\s*(\S+)$/i
const USAGE = '"P80 at most $500k" or "P(cheapest) at least 60%"'

export function conditionOf(require: Require): Condition {
  if (typeof require === 'object') {
    const { statistic: name, atMost, atLeast } = require
    const statistic = statisticOf(name, true)
    const [most, bound] = atMost === undefined ? [false, atLeast] : [true, atMost]
    if (bound === undefined || !Number.isFinite(bound) || (atMost !== undefined && atLeast !== undefined))
      throw new UsageError(`require: expected one bound, atMost or atLeast, got ${shown(require)}`)
    return { text: `${statistic.title} ${most ? 'at most' : 'at least'} ${bound}`, statistic, most, bound }
  }
  const found = typeof require === 'string' ? WORDS.exec(require.trim()) : null
  if (!found) throw new UsageError(`require: expected a condition such as ${USAGE}, got ${shown(require)}`)
  const [, name, relation, amount] = found
  const statistic = statisticOf(name, true)
  try {
    const { value } = parseScalar(amount.replace(/[€£¥]/, '$'), statistic.money ? 'money' : 'rate')
    return { text: require.trim(), statistic, most: /most|<|≤/i.test(relation), bound: value }
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error
    throw new UsageError(`require: expected ${error.expected} in ${shown(require)}, got ${shown(amount)}`)
  }
}
