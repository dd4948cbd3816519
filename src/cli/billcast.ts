#!/usr/bin/env node
// The command. Each subcommand is loaded when it is asked for, so that starting stays fast.
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { Command, CommanderError } from 'commander'
import { VERSION } from '../platform/node/version.ts'
import type { AuditFlags } from './commands/audit.ts'
import type { BacktestFlags } from './commands/backtest.ts'
import type { BatchFlags } from './commands/batch.ts'
import type { BreakEvenFlags } from './commands/break-even.ts'
import type { BudgetFlags } from './commands/budget.ts'
import type { CalibrateFlags } from './commands/calibrate.ts'
import type { CompareFlags } from './commands/compare.ts'
import type { DecisionFlags } from './decision.ts'
import type { ExplainFlags } from './commands/explain.ts'
import { fail } from './fail.ts'
import type { FairPriceFlags } from './commands/fair-price.ts'
import type { InvoiceFlags } from './commands/invoice.ts'
import type { MergeFlags } from './commands/merge.ts'
import type { OptimizeFlags } from './commands/optimize.ts'
import type { QueueFlags } from './commands/queue.ts'
import type { ReforecastFlags } from './commands/reforecast.ts'
import type { ReportFlags } from './commands/report.ts'
import type { RunFlags } from './commands/run.ts'
import type { SweepFlags } from './commands/sweep.ts'
import type { TrackFlags } from './commands/track.ts'
import type { VerifyFlags } from './commands/verify.ts'
import type { WorkerFlags } from './commands/worker.ts'

const program = new Command('billcast')
  .description('What will each AI-support contract cost, and how sure are we?')
  .version(VERSION, '--version')
  .showSuggestionAfterError()
  .exitOverride()
  // A password in an address that stands in the wrong place.
  .configureOutput({ writeErr: (text) => process.stderr.write(text.replace(/\/\/[^\s/'"]*@/g, '//…@')) })
  .addHelpText(
    'after',
    `
Start with:
  billcast init budget.yaml     a commented scenario
  billcast check budget.yaml    what it says, and what a spreadsheet would give
  billcast run budget.yaml      what each offer will cost, and how sure that is

Exit codes: 0 done, 1 failed, 2 bad scenario or usage, 3 a stated budget does not hold, 130 or 143 interrupted`,
  )

const several = (text: string, before: readonly string[] = []): readonly string[] => [...before, text]
/** Options of all that samples futures. */
const sampling = (command: Command): Command =>
  command
    .option('--trials <n>', 'futures to sample, such as 1m')
    .option('--seed <text>', 'seed of the random numbers')
    .option('--method <name>', 'sobol, latin or random')
    .option('--threads <n>', 'worker threads (by default one a core)')
    .option('--measure <name>', 'compare by bill or total')
/** Options of the commands that write results into folders. */
const running = (command: Command): Command =>
  sampling(command)
    .option('--keep-trials', 'keep every trial, however many')
    .option('--no-keep-trials', 'keep none: percentiles come from histograms')
    .option('--memory <size>', 'refuse to run where more would be needed, such as 2GB (half of what is free unless stated)')
    .option('--precision <share>', 'double the trials until every headline figure is so precise, such as 0.1%')
    .option('--no-preintegration', 'every figure from the sample alone')
    .option('--no-monthly', 'months have means only, and months.arrow is not written: less memory, smaller shards and results')
    .option('--gate', 'exit with code 3 where a budget that the scenario states does not hold')
    .option('--pairs <which>', 'all: compare every pair of offers, however many')
    .option('--out <folder>', 'write summary.json, trials.arrow, months.arrow, report.html and manifest.json')
    .option('--format <names>', 'of the tables in --out: arrow, parquet, csv; xlsx writes budget.xlsx (arrow unless stated)')
    .option('--inputs', 'write a table of what was drawn too')
    .option('--no-report', 'write no report.html')
    .option('--force', 'write into a folder that holds other files')
    .option('--resume', 'go on where an earlier run into the same folder was stopped or killed')
    .option('--checkpoint-every <seconds>', 'how often a run is saved for --resume (5)')
    .option(
      '--allow-path <folder>',
      'where files that a scenario names may lie too, beside its own folder; may be repeated',
      several,
    )
    .option('--quiet', 'print nothing but errors')

running(program.command('run <scenario>'))
  .description('sample futures, bill every offer on each, print budgets and odds (- reads the scenario from standard input)')
  .option('--json', 'print summary.json and nothing else')
  .option('--shard <share>', 'sample only one share of the futures, such as 3/16 (env/16 in an array job), into a file for merge')
  .action(async (scenario: string, flags: RunFlags) => (await import('./commands/run.ts')).runCommand(scenario, flags))
running(program.command('batch <scenarios...>'))
  .description("run many scenarios, such as 'plans/*.yaml', into a folder each, with an index over all")
  .option('--jobs <n>', 'scenarios at once (by default one a thread)')
  .option('--fail-fast', 'end at the first scenario that fails')
  .option('--log <form>', 'json: one object a line on standard error')
  .option('--json', 'print index.json and nothing else')
  .option('--queue <address>', 'have them sampled by workers, such as redis://127.0.0.1:6379 (env: BILLCAST_QUEUE holds it)')
  .option('--in-flight <n>', 'tasks in the queue at once, with their results (256)')
  .option('--in-flight-memory <size>', 'about how much they may take there (2GiB)')
  .option('--wait <seconds>', 'how long to wait for a queue that does not answer (30)')
  .action(async (scenarios: readonly string[], flags: BatchFlags) =>
    (await import('./commands/batch.ts')).batchCommand(scenarios, flags),
  )
/** Options of the commands that run a scenario once. */
const single = (command: Command): Command => sampling(command).option('--json', 'print the result as JSON and nothing else')

single(program.command('budget <scenario>'))
  .description('what to ask for: budgets, what is beyond the plan, months that add up, and what an amount leaves open')
  .option('--offer <name>', 'only this offer (by default the one most often the cheapest)')
  .option('--confidence <share>', 'in how many futures the budget shall suffice (80 % unless stated)')
  .option('--amount <money>', 'say what this amount leaves open')
  .action(async (scenario: string, flags: BudgetFlags) => (await import('./commands/budget.ts')).budgetCommand(scenario, flags))
single(program.command('compare <scenario>'))
  .description('what to choose: rankings, dominance, odds and regret, and how they depend on one input')
  .option('--against <input>', 'an uncertain input, conversations or rate')
  .action(async (scenario: string, flags: CompareFlags) => (await import('./commands/compare.ts')).compareCommand(scenario, flags))
program
  .command('merge <shards...>')
  .description('the shards of a run to the folder that one run would have written, to the bit')
  .option('--partial', 'merge what is there, and say in every output that it is not all')
  .option('--out <folder>', 'where to')
  .option('--format <names>', 'of the tables: arrow, parquet, csv; xlsx writes budget.xlsx (arrow unless stated)')
  .option('--inputs', 'write a table of what was drawn too')
  .option('--no-report', 'write no report.html')
  .option('--force', 'write into a folder that holds other files')
  .option('--threads <n>', 'worker threads (by default one a core)')
  .option('--memory <size>', 'refuse where more would be needed, such as 2GB (half of what is free unless stated)')
  .option('--quiet', 'print nothing but errors')
  .option('--json', 'print summary.json and nothing else')
  .action(async (shards: readonly string[], flags: MergeFlags) => (await import('./commands/merge.ts')).mergeCommand(shards, flags))
program
  .command('worker')
  .description('take tasks from a queue and run them, until it is told to stop (SIGTERM)')
  .option('--queue <address>', 'such as redis://127.0.0.1:6379 (by default what BILLCAST_QUEUE holds)')
  .option('--threads <n>', 'tasks at once (by default one a core)')
  .option('--memory <size>', 'refuse tasks for which more would be needed, such as 2GB (half of what is free unless stated)')
  .option('--metrics <address>', 'serve /metrics for Prometheus and /healthz, such as 127.0.0.1:9464')
  .option('--wait <seconds>', 'how long to wait for a queue that does not answer (30)')
  .option('--log <form>', 'json: one object a line on standard error')
  .option('--quiet', 'print nothing but errors')
  .action(async (flags: WorkerFlags) => (await import('./commands/worker.ts')).workerCommand(flags))
program
  .command('queue')
  .description('how a queue is')
  .command('status')
  .description('what waits, what goes on, who works, and how long it will take')
  .option('--queue <address>', 'such as redis://127.0.0.1:6379 (by default what BILLCAST_QUEUE holds)')
  .option('--wait <seconds>', 'how long to wait for a queue that does not answer (30)')
  .option('--json', 'print the result as JSON and nothing else')
  .action(async (flags: QueueFlags & { json?: boolean }) => (await import('./commands/queue.ts')).queueStatusCommand(flags))
program
  .command('report <folder>')
  .description('write the report of a finished folder again')
  .option('--format <name>', 'html or md (Markdown)')
  .option('--out <file>', 'where to, or - for standard output (beside the other files unless stated)')
  .action(async (folder: string, flags: ReportFlags) => (await import('./commands/report.ts')).reportCommand(folder, flags))
program
  .command('verify <folder>')
  .description('whether the files of a finished folder are whole, and whether the run gives the same bits again')
  .option('--files', 'only look at the files')
  .option('--threads <n>', 'worker threads (by default one a core)')
  .option('--json', 'print the result as JSON and nothing else')
  .action(async (folder: string, flags: VerifyFlags) => (await import('./commands/verify.ts')).verifyCommand(folder, flags))
program
  .command('check')
  .description('validate a scenario, print its drivers and the point estimate')
  .argument('<scenario>', 'a YAML or JSON file, or - for standard input')
  .action(async (scenario: string) => (await import('./commands/check.ts')).checkCommand(scenario))
program
  .command('invoice <scenario> <offer>')
  .description('bill one offer line by line, for the usage that the scenario expects or for another')
  .option('--month <month>', 'only this month, such as 2027-03')
  .option('--conversations <n>', 'conversations a month, such as 50k')
  .option('--rate <share>', 'share that the AI resolves, such as 65%')
  .option('--format <name>', 'table, csv (FOCUS columns) or json')
  .option('--check <file>', 'monthly totals, month,meter,quantity,amount, against the contract')
  .action(async (scenario: string, offer: string, flags: InvoiceFlags) =>
    (await import('./commands/invoice.ts')).invoiceCommand(scenario, offer, flags),
  )
program
  .command('offers [name]')
  .description('list the offers of the catalogue, or explain one with its sources')
  .action(async (name: string | undefined) => (await import('./commands/offers.ts')).offersCommand(name))
/** Options of the commands that compare variants. */
const decision = (command: Command): Command =>
  command
    .option('--trials <n>', 'futures of every variant (65,536 unless stated)')
    .option('--seed <text>', 'seed of the random numbers')
    .option('--method <name>', 'sobol, latin or random')
    .option('--measure <name>', 'compare by bill or total')
    .option('--json', 'print the result as JSON and nothing else')

decision(program.command('break-even <scenario> <path> <offer> <other>'))
  .description('the number in a field at which two offers cost the same')
  .option('--statistic <name>', 'mean: on average; odds: each the cheaper in half of the futures')
  .option('--bounds <lo:hi>', 'between which numbers to look, such as 50%:90%')
  .action(async (scenario: string, path: string, offer: string, other: string, flags: BreakEvenFlags) =>
    (await import('./commands/break-even.ts')).breakEvenCommand(scenario, path, offer, other, flags),
  )
decision(program.command('fair-price <scenario> <path>'))
  .description('the price at which an offer is as good as a rival: what to ask its vendor for')
  .option('--against <offer>', 'the rival')
  .option('--statistic <name>', 'mean: the same mean cost; cheapest: equally often the cheapest')
  .option('--bounds <lo:hi>', 'between which prices to look, such as $0.50:$2')
  .action(async (scenario: string, path: string, flags: FairPriceFlags) =>
    (await import('./commands/fair-price.ts')).fairPriceCommand(scenario, path, flags),
  )
decision(program.command('optimize <scenario>'))
  .description('the committed quantity, limit or tier that makes an offer cost least')
  .option('--vary <path=lo:hi>', 'a field and its bounds; once or twice', several)
  .option('--offer <name>', 'whose cost is to be least (by default that of the field)')
  .option('--minimise <name>', 'mean, a percentile such as p90, or shortfall95')
  .option('--require <condition>', '"P80 at most $500k" or "P(cheapest) at least 60%"; may be repeated', several)
  .action(async (scenario: string, flags: OptimizeFlags) =>
    (await import('./commands/optimize.ts')).optimizeCommand(scenario, flags),
  )
decision(program.command('sweep <scenario>'))
  .description('every combination of some numbers in some fields, on the same futures')
  .option('--vary <path=lo:hi:step>', 'a field and its numbers, such as resolution.rate=50%:90%:5pt; may be repeated', several)
  .option('--out <file>', 'write all rows as an Arrow file')
  .action(async (scenario: string, flags: SweepFlags) => (await import('./commands/sweep.ts')).sweepCommand(scenario, flags))
decision(program.command('diff <from> <to>'))
  .description('which inputs changed between two plans, and how much of the change in cost each explains')
  .action(async (from: string, to: string, flags: DecisionFlags) =>
    (await import('./commands/diff.ts')).diffCommand(from, to, flags),
  )
decision(program.command('explain <scenario>'))
  .description('what drives the cost, what is worth finding out before signing, and what bad years look like')
  .option('--offer <name>', 'the offer to explain (by default the one with the lowest mean)')
  .option('--against <name>', 'explain the difference from this offer')
  .action(async (scenario: string, flags: ExplainFlags) => (await import('./commands/explain.ts')).explainCommand(scenario, flags))
decision(program.command('reforecast <scenario>'))
  .description('the rest of the year, given the months that are closed')
  .option('--actuals <file>', 'month,conversations and where known resolutions,invoice, beside the scenario')
  .action(async (scenario: string, flags: ReforecastFlags) =>
    (await import('./commands/reforecast.ts')).reforecastCommand(scenario, flags),
  )
/** Options of the commands that read a history. */
const historical = (command: Command): Command =>
  command
    .option('--columns <names>', 'which column holds what, such as month=Date,conversations=Tickets')
    .option('--since <month>', 'leave out what is before, such as 2019-01')
    .option('--until <month>', 'leave out what is after')
    .option('--partial', 'take the last month though it looks as if it was not over')
    .option('--json', 'print the result as JSON and nothing else')

historical(program.command('calibrate <history>'))
  .description('drivers from a CSV file of past months or days: level, growth, seasons, noise, rate, prices')
  .option('--months <n>', 'months of the scenario that is written (12)')
  .option('--start <month>', 'the first planned month (the one after the last row unless stated)')
  .option('--write <file>', 'write a scenario to start from')
  .option('--force', 'replace the file')
  .action(async (history: string, flags: CalibrateFlags) =>
    (await import('./commands/calibrate.ts')).calibrateCommand(history, flags),
  )
historical(program.command('backtest <history>'))
  .description('whether intervals that were fitted in the past covered what came')
  .option('--horizon <months>', 'how far each start looks ahead (12)')
  .option('--from <month>', 'the first month foretold (24 months after the first one known)')
  .option('--trials <n>', 'futures of each start (4,096)')
  .option('--seed <text>', 'seed of the random numbers')
  .option('--out <folder>', 'write backtest.json, cases.arrow and charts')
  .option('--force', 'write into a folder that holds other files')
  .action(async (history: string, flags: BacktestFlags) => (await import('./commands/backtest.ts')).backtestCommand(history, flags))
decision(program.command('track <folder> <actuals>'))
  .description('the year so far against the plan in a finished folder: whether to plan again, and the rest of the year')
  .option('--offer <name>', 'whose invoices stand in the file')
  .action(async (folder: string, actuals: string, flags: TrackFlags) =>
    (await import('./commands/track.ts')).trackCommand(folder, actuals, flags),
  )
program
  .command('audit <conversations>')
  .description('what counts as a resolution, what each definition bills, and what was billed beyond the contract')
  .option('--offer <name>', 'the contract: an offer of the catalogue, or of --scenario')
  .option('--scenario <file>', 'where the offer is written')
  .option('--billed <file>', "the vendor's itemised list: id, billed_at, amount")
  .option('--invoice <file>', 'monthly totals: month, meter, quantity, amount')
  .option('--zone <name>', 'time zone in which months begin, such as Europe/Berlin (UTC)')
  .option('--definition <name>', 'by which the contract counts: timeout, assumed, verified or conversation (that of the catalogue)')
  .option('--genuine <name>', 'what a genuine resolution is, for the shares of a forecast (assumed)')
  .option('--timeout <time>', 'silence after which a conversation is over, such as 30m or 24h (that of the catalogue, else 24h)')
  .option('--reopen <time>', 'how long a return takes a resolution back, such as 7d (that of the catalogue, else for ever)')
  .option('--until <time>', 'when the export was taken: silences that were not over then do not count (all are unless stated)')
  .option('--columns <names>', 'names of columns, such as started=created_at,id=ticket')
  .option('--tolerate <share>', 'share of rows that may be left out (1 %)')
  .option('--out <file>', 'write every disputed unit, as .csv, .parquet or .arrow')
  .option('--report <file>', 'write a page, such as audit.html')
  .option('--hash-ids <key>', 'another name for each id in the disputes')
  .option('--json', 'print the result as JSON and nothing else')
  .action(async (conversations: string, flags: AuditFlags) =>
    (await import('./commands/audit.ts')).auditCommand(conversations, flags),
  )
program
  .command('schema')
  .description('print the JSON Schema of a scenario, for editors')
  .addHelpText(
    'after',
    `
An editor checks and completes a scenario that names it in its first line:
  billcast schema > billcast.schema.json
  # yaml-language-server: $schema=billcast.schema.json`,
  )
  .action(async () => {
    const { scenarioJsonSchema } = await import('../scenario/json-schema.ts')
    process.stdout.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`)
  })
program
  .command('init')
  .description('write a commented scenario to start from')
  .argument('[file]', 'its name; standard output where none is given')
  .option('--force', 'replace the file')
  .action(async (file: string | undefined, { force }: { force?: boolean }) =>
    (await import('./commands/init.ts')).initCommand(file, force === true),
  )

/**
 * Runs a command in this process, which goes on afterwards: what it prints goes to this process's streams.
 * @returns the code with which the command would end
 */
export async function main(argv: readonly string[]): Promise<number> {
  process.exitCode = undefined
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else fail(error)
  }
  return Number(process.exitCode ?? 0)
}

/** A package manager starts the command through a link. */
const started = isMainThread && process.argv[1] !== undefined && isThisFile(process.argv[1])

function isThisFile(path: string): boolean {
  try {
    return realpathSync(path) === realpathSync(fileURLToPath(import.meta.url))
  } catch {
    return false
  }
}

if (started) {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has gone: nothing is left to say.
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  await main(process.argv.slice(2))

  // A command that has ended ends its process, also where a Redis that went away has left something waiting in a library. A process that
  // was forked is its parent's to end.
  const LINGER = 2_000
  const leave = () => process.stdout.writableLength + process.stderr.writableLength === 0 && process.exit()
  if (process.send === undefined) setInterval(leave, LINGER).unref()
}
