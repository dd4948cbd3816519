// The types that programs can name.
export type { Problem } from '../errors.ts'
export type { CatalogList, CatalogOffer } from '../contract/catalog/list.ts'
export type { CatalogNote, VendorQuote } from '../contract/catalog/entry.ts'
export type { ChargeDefinition } from './define-charge.ts'
export type { RuleBill, RuleExplanation, RuleMonths, RuleUsage } from '../contract/rule.ts'
export type { ComparedDifference, ComparedOffers } from './compare.ts'
export type { AnyAnswer } from './answer-types.ts'
export type { OfferCheck, PlanCheck, PlannedSegment } from './check.ts'
export type { GivenRow } from '../invoice/audit/given.ts'
export type { FilePlace } from '../options/shared.ts'
export type { HistoryRow } from '../forecasting/history/rows.ts'
export type { AuditResult } from '../invoice/audit/index.ts'
export type { AuditOptions, CheckOptions } from '../invoice/audit/options.ts'
export type { TotalCheck } from '../invoice/check/check.ts'
export type { OfferInput, PlannedOffer } from '../invoice/contract.ts'
export type { CountedUse, Invoice, InvoiceLine } from '../invoice/invoice.ts'
export type { InvoiceUsage } from '../options/billing.ts'
export type { LedgerOptions } from '../options/ledger.ts'
export type { PngOptions } from '../options/drawing.ts'
export type { FitOptions } from '../options/fit.ts'
export type { BacktestOptions, CalibrateOptions } from '../options/history.ts'
export type {
  BreakEvenOptions,
  CompareOptions,
  DecisionOptions,
  FairPriceOptions,
  InformationOptions,
  OptimizeOptions,
  PilotOptions,
  PortfolioOptions,
  ReforecastOptions,
  SensitivityOptions,
  StressOptions,
  TrackOptions,
  WinnersOptions,
} from '../options/questions.ts'
export type { OutputFormat } from '../options/formats.ts'
export type { SaveAnswerOptions, SaveOptions, TableName } from '../options/saving.ts'
export type { Precision, SimulateOptions } from '../options/simulate.ts'
export type { Backtest, BillBacktest } from '../questions/backtest/backtest.ts'
export type { Case, ForecastQuantity, Coverage, Gain, ScoredQuantity, Scores } from '../questions/backtest/cases.ts'
export type {
  Calibration,
  FittedFigure as Figure,
  FittedHistory,
} from '../questions/backtest/calibration.ts'
export type { MonthAhead, MonthRatio, PastCourse, PastMonth } from '../questions/backtest/course.ts'
export type { Fit, FittedDistribution } from '../questions/fit/fit.ts'
export type { HistogramBin, RankedValue } from '../questions/fit/picture.ts'
export type { Regret } from '../questions/budget/asked.ts'
export type { Converted } from '../scenario/exchange.ts'
export type { Contingency, Overrun } from '../questions/budget/budget.ts'
export type { CurvePoint as BudgetPoint } from '../questions/budget/curve.ts'
export type { SegmentShares } from '../questions/budget/segment-risk.ts'
export type { ShortfallPart, ShortfallParts } from '../questions/budget/worst-trials.ts'
export type { Phased } from '../questions/budget/phased.ts'
export type { Acceptability, AcceptabilityOffer, AcceptabilityPoint } from '../questions/compare/acceptability.ts'
export type { Convergence, ConvergencePoint } from '../questions/compare/convergence.ts'
export type { TrialColumn } from '../questions/compare/column.ts'
export type { Difference, DifferencePart, DifferenceShortfall } from '../questions/compare/difference.ts'
export type { Dominance } from '../questions/compare/dominance.ts'
export type { Ranked, Ranking } from '../questions/compare/ranking.ts'
export type { Payback, Savings } from '../questions/compare/savings.ts'
export type { Verdict } from '../questions/compare/verdict.ts'
export type { WinnerCell, WinnerMap } from '../questions/compare/winners.ts'
export type { Diff, Diff as Bridge, DiffStep, DiffStep as BridgeStep } from '../questions/explain/diff.ts'
export type { ValueOfInformation } from '../questions/explain/information.ts'
export type { PairSensitivity } from '../questions/explain/pairs.ts'
export type { Pilot, PilotSize } from '../questions/explain/pilot.ts'
export type { InputSensitivity, Sensitivity } from '../questions/explain/sensitivity.ts'
export type { Stress } from '../questions/explain/stress.ts'
export type { BreakEven } from '../questions/negotiate/break-even.ts'
export type { FairPrice } from '../questions/negotiate/fair-price.ts'
export type { Optimum, TriedPoint as CurvePoint } from '../questions/negotiate/optimize.ts'
export type { Vary } from '../questions/negotiate/sweep.ts'
export type { ForeignInvoices } from '../questions/replan/invoiced.ts'
export type { OpenMonth, Reforecast, ReforecastOffer } from '../questions/replan/reforecast.ts'
export type { Track, TrackedMonth, TrackedSegment, TrackedSum } from '../questions/replan/track.ts'
export type { PlanBudget, PlanCosts, Portfolio } from '../questions/portfolio/portfolio.ts'
export type * from '../scenario/plan.generated.ts'
export type { Estimate, Grade, StatedVerdict, Summary } from '../summary/summary.ts'
/** @deprecated Use `Scenario`. */
export type { Scenario as ScenarioInput } from '../scenario/plan.generated.ts'
