// Reads a portfolio from text or data, and reports all its problems at once.
import { type Located, type Problem, pathText, ScenarioError } from '../../errors.ts'
import { isFields } from '../../notation/fields.ts'
import { inputProblem } from '../input.ts'
import { keysAt } from '../places.ts'
import { checkedBy, type Described, MOST_PROBLEMS } from '../problems.ts'
import { dangers } from '../read.ts'
import { separateSources } from '../sources.ts'
import { parseText, type Source } from '../text.ts'
import { portfolioPlaces, portfolioSchema, type RawPortfolio } from './schema.ts'

export interface WrittenPortfolio {
  readonly raw: RawPortfolio
  /** Adds the line and column, if the portfolio is a text. */
  readonly locate: (problem: Located) => Problem
}

const WHOLE = 'an object with plans, such as plans: { retail: { file: plans/retail.yaml, offer: fin } }'

const PORTFOLIO: Described = {
  schema: portfolioSchema,
  keysAt: (path) => keysAt(path, portfolioPlaces()),
  whole: WHOLE,
  entries: (path) => (path[0] === 'plans' ? 'plan' : undefined),
  homes: (path) =>
    path.length > 1
      ? []
      : [
          { keys: keysAt([], portfolioPlaces()), place: 'at the top level of the portfolio' },
          { keys: keysAt([]), place: 'in one of its plans' },
        ],
}

/** @throws ScenarioError for text that is not YAML or JSON, and for data that is no portfolio */
export function readPortfolio(input: string | object): WrittenPortfolio {
  const misread = inputProblem(input, 'a portfolio')
  if (misread !== undefined) throw new ScenarioError([{ path: 'portfolio', message: misread }])
  const source: Source = typeof input === 'string' ? parseText(input) : { data: input, locate: () => undefined }
  const locate = ({ path, message }: Located): Problem => ({
    path: path.length === 0 ? 'portfolio' : pathText(path),
    message,
    ...source.locate(path),
  })
  const early = dangers(source.data, 'plans')
  if (early.length > 0) throw new ScenarioError(early.slice(0, MOST_PROBLEMS).map(locate))
  // A plan that stands here keeps its sources: it is read as a plan of its own.
  const { data, problems } = separateSources(withoutPlans(source.data))
  const { raw, problems: wrong } = checkedBy<RawPortfolio>(PORTFOLIO, withPlans(data, source.data))
  const all = [...problems, ...wrong]
  if (raw === undefined || all.length > 0) throw new ScenarioError(all.slice(0, MOST_PROBLEMS).map(locate))
  return { raw, locate }
}

const withoutPlans = (data: unknown): unknown => (isFields(data) ? { ...data, plans: {} } : data)
const withPlans = (data: unknown, given: unknown): unknown =>
  isFields(data) && isFields(given) ? ('plans' in given ? { ...data, plans: given.plans } : without(data, 'plans')) : data

const without = (data: object, name: string): object => Object.fromEntries(Object.entries(data).filter(([key]) => key !== name))
