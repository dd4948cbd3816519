// The types that programs can name.
export type { Problem } from '../errors.ts'
export type { CatalogList, CatalogOffer } from '../contract/catalog/list.ts'
export type {
  CatalogNote,
  Citation,
  Cited,
  CitedNote,
  Publication,
  ReportedFigure,
  StatedDefinition,
  StatedRate,
  VendorQuote,
} from '../contract/catalog/entry.ts'
export type { ChargeDefinition } from './define-charge.ts'
export type { RuleBill, RuleExplanation, RuleMonths, RuleUsage } from '../contract/rule.ts'
export type { Background } from './background.ts'
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
export type { CountedUse, Invoice, InvoiceLine, ReturnedUse } from '../invoice/invoice.ts'
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
  Require as Requirement,
  SensitivityOptions,
  StressOptions,
  TrackOptions,
  WinnersOptions,
} from '../options/questions.ts'
export type { OutputFormat } from '../options/formats.ts'
export type { InputsOptions, SaveAnswerOptions, SaveOptions, TableName } from '../options/saving.ts'
export type { Precision, SimulateOptions } from '../options/simulate.ts'
export type { Backtest, BillBacktest } from '../questions/backtest/backtest.ts'
export type {
  Case,
  Coverage,
  ForecastQuantity,
  Gain,
  Scored,
  ScoredQuantity,
  ScoredYear,
  Scores,
} from '../questions/backtest/cases.ts'
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
export type { Part as PhasedPart, Phased } from '../questions/budget/phased.ts'
export type { Acceptability, AcceptabilityOffer, AcceptabilityPoint } from '../questions/compare/acceptability.ts'
export type { Convergence, ConvergencePoint } from '../questions/compare/convergence.ts'
export type { TrialColumn } from '../questions/compare/column.ts'
export type { Difference, DifferencePart, DifferenceShortfall } from '../questions/compare/difference.ts'
export type { Dominance } from '../questions/compare/dominance.ts'
export type { Ranked, Ranking } from '../questions/compare/ranking.ts'
export type { Payback, Saved as SavedCost, Savings } from '../questions/compare/savings.ts'
export type { Verdict } from '../questions/compare/verdict.ts'
export type { WinnerCell, WinnerMap } from '../questions/compare/winners.ts'
export type { Diff, Diff as Bridge, DiffStep, DiffStep as BridgeStep } from '../questions/explain/diff.ts'
export type { ValueOfInformation } from '../questions/explain/information.ts'
export type { PairSensitivity } from '../questions/explain/pairs.ts'
export type { Pilot, PilotSize } from '../questions/explain/pilot.ts'
export type { InputSensitivity, Sensitivity } from '../questions/explain/sensitivity.ts'
export type { Beside as StressFigure, Stress } from '../questions/explain/stress.ts'
export type { BreakEven } from '../questions/negotiate/break-even.ts'
export type { FairPrice } from '../questions/negotiate/fair-price.ts'
export type { Optimum, TriedPoint as CurvePoint } from '../questions/negotiate/optimize.ts'
export type { Vary } from '../questions/negotiate/sweep.ts'
export type { ForeignInvoices } from '../questions/replan/invoiced.ts'
export type { OpenMonth, Reforecast, ReforecastOffer, Rest as ReforecastRest } from '../questions/replan/reforecast.ts'
export type { Track, TrackedMonth, TrackedSegment, TrackedSum } from '../questions/replan/track.ts'
export type { PlanBudget, PlanCosts, Portfolio } from '../questions/portfolio/portfolio.ts'
export type { Root as BreakEvenRoot, Roots as BreakEvenRoots } from '../questions/negotiate/search.ts'
export type { JumpCosts } from '../questions/negotiate/jumps.ts'
export type { Measure } from '../compile/program.ts'
export type { Agreement } from '../questions/replan/agreement.ts'
export type { Method } from '../numerics/random/plan.ts'
export type { TailWarning } from '../summary/statistics/heavy-tail.ts'
export type { ContractAlike, ContractFit, PriceFit } from '../questions/backtest/prices.ts'
export type { RateBacktest, RateErrors, RateScored } from '../questions/backtest/rates.ts'
export type { Assumption } from '../present/report/assumptions.ts'
export type { StatedContract, StatedPlan, StatedTerm, TypicalMonth } from '../present/words/plan.ts'
export type { ValueSource } from '../scenario/sources.ts'
export type { DistributionSpec } from '../numerics/distributions/distribution.ts'
export type { Stray as StrayValue } from '../questions/fit/shares.ts'
export type { Dispute } from '../invoice/audit/disputes.ts'
export type { CountedShare } from '../invoice/audit/shares.ts'
export type { Audit } from '../invoice/audit/audit.ts'
export type { Layer as CostLayer } from '../contract/operation.ts'
export type { Stated as StatedValue } from '../options/kinds.ts'
export type { ChartRoom } from '../present/charts/chart.ts'
export type { AboutChart } from '../present/charts/theme.ts'
export type { CurrencyAmount } from '../notation/amount.ts'
export type { Displayed } from './displayed.ts'
export type { Shown as PageShown } from '../present/charts/element.ts'
export type { Spec as ChartSpec } from '../present/charts/chart.ts'
export type * from '../scenario/plan.generated.ts'
export type {
  BudgetCheck,
  Comparison,
  Cost,
  CostDifference,
  CostStatistics,
  DriversSummary,
  DriverSummary,
  Estimate,
  FiscalYear,
  Grade,
  Mean as SummaryMean,
  MonthlyCost,
  OfferSummary,
  Overage,
  PeopleSummary,
  QuarterlyCost,
  SegmentCostSummary,
  SegmentDrivers,
  SegmentRisk,
  StatedVerdict,
  Summary,
  WorstCost,
} from '../summary/summary.ts'
/** @deprecated Use `Scenario`. */
export type { Scenario as ScenarioInput } from '../scenario/plan.generated.ts'
