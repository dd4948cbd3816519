// Every answer that `save` accepts besides a result.
import type { Table } from 'apache-arrow'
import type { CatalogList } from '../contract/catalog/list.ts'
import type { AuditResult } from '../invoice/audit/index.ts'
import type { TotalCheck } from '../invoice/check/check.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { Calibration } from '../questions/backtest/calibration.ts'
import type { Convergence } from '../questions/compare/convergence.ts'
import type { Fit } from '../questions/fit/fit.ts'
import type { AnswerTo, QuestionName } from '../questions/list.ts'
import type { PlanCheck } from './check.ts'
import type { ComparedOffers } from './compare.ts'

type Asked = { [N in QuestionName]: N extends 'sweep' ? Table : AnswerTo<N> }[QuestionName]
export type AnyAnswer =
  | Asked
  | (PlanCheck | CatalogList | ComparedOffers | Convergence)
  | (Calibration | Fit | AuditResult | Invoice | readonly TotalCheck[])
