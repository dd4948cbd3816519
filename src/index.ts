// billcast for Node and Deno: the library on worker threads.
import type { Invoice, InvoiceUsage } from './invoice/invoice.ts'
import { runInvoice } from './invoice/read.ts'
import { SimulationResult } from './library/result.ts'
import { runScenario, type SimulateOptions } from './library/run.ts'
import { folderReader } from './node/reader.ts'
import { threadExecutor } from './node/threads/pool.ts'
import type { Scenario } from './scenario/schema.ts'

export { ParameterError, ScenarioError, UsageError } from './errors.ts'
export type { Invoice, InvoiceLine, InvoiceUsage } from './invoice/invoice.ts'
export type { Precision } from './library/precision.ts'
export { SimulationResult } from './library/result.ts'
export type { SimulateOptions } from './library/run.ts'
export type { Estimate, Summary } from './result/summary.ts'
export type { Scenario } from './scenario/schema.ts'
export { scenarioJsonSchema } from './scenario/schema.ts'

/**
 * Samples a scenario's futures and bills every offer on each.
 * @param scenario YAML or JSON text, or the same as an object; files that it names are read from `folder`
 * @throws ScenarioError with all that is wrong with the scenario, UsageError for the options
 */
export async function simulate(
  scenario: string | Scenario,
  options: SimulateOptions & { readonly folder?: string } = {},
): Promise<SimulationResult> {
  return new SimulationResult(
    await runScenario(scenario, options, { executor: threadExecutor, reader: folderReader(options.folder ?? '.') }),
  )
}

/**
 * Bills one offer line by line, for the usage that the scenario expects (every driver at its mean or stated value) or another.
 * @throws ScenarioError for the scenario, UsageError for the offer and the usage
 */
export async function invoice(
  scenario: string | Scenario,
  offer: string,
  usage: InvoiceUsage = {},
  options: { readonly folder?: string } = {},
): Promise<Invoice> {
  return runInvoice(scenario, offer, usage, folderReader(options.folder ?? '.'))
}
