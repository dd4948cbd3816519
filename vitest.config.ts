// All tests, by what they need and how long they take. `npm test` runs `unit` and `package`; `.ci/run` runs all but `long`.
// A folder decides the project: test/package, test/messages, test/slow, test/browser, test/distributed and test/long; all others are
// unit tests.
// Timeouts only catch what hangs, on however busy a machine.
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/setup/longest-first.ts'

const MINUTE = 60_000
/** The package as Node loads it, not as a test runner would. */
const built = { globalSetup: './test/setup/built.ts', server: { deps: { external: [/\/dist\//] } } }
const apart = ['package', 'messages', 'slow', 'browser', 'distributed', 'long'].map((folder) => `test/${folder}/**`)

/** Tests that take seconds: they run with the slow tests, so that `npm test` takes a minute. */
const LATER = [
  'test/api/{background,immutable,inputs,wrong-methods}.test.ts',
  'test/api/tools/tools.test.ts',
  'test/contract/catalog/catalog.test.ts',
  'test/docs/snippets.test.ts',
  'test/end-to-end/{audit,batch,cases,decisions,output,portfolio,report,verify}.test.ts',
  'test/examples/{channels,ledger}.test.ts',
  'test/forecasting/{cases,futures,spread-history,working-days,scenario,segment-futures,segments,tables,together}.test.ts',
  'test/invoice/agreement.test.ts',
  'test/invoice/check/{properties,stated}.test.ts',
  'test/notation/money.test.ts',
  'test/numerics/estimators/{order-figures,percentile}.test.ts',
  'test/numerics/fitting/recovered.test.ts',
  'test/package/{callbacks,questions,queue,reproducible}.test.ts',
  'test/page/{quick-answer,strips}.test.ts',
  'test/platform/queue/shard.test.ts',
  'test/present/charts/{charts,experts,gallery,history,many-offers,rules}.test.ts',
  'test/present/files/folder.test.ts',
  'test/present/report/{consistent-page,first-screen}.test.ts',
  'test/present/tables/{paths,workbook}.test.ts',
  'test/questions/{column,one-estimator,tail-parts,total-cost}.test.ts',
  'test/questions/compare/asking.test.ts',
  'test/questions/backtest/{prices,rates}.test.ts',
  'test/questions/explain/{analysis,information,pilots,t-copula}.test.ts',
  'test/questions/fit/fit.test.ts',
  'test/questions/ledger/random.test.ts',
  'test/questions/negotiate/{break-even,fair-price,parts,roots}.test.ts',
  'test/questions/replan/{reforecast,segments,track}.test.ts',
  'test/run/{overflow,run}.test.ts',
  'test/scenario/{fuzz,new-field}.test.ts',
  'test/simulation/{agreement,invoice,reach,segments}.test.ts',
  'test/summary/{chances,heavy-tails,regret,statistics,steps,turns}.test.ts',
]

/** Other tests of test/effort.ts, which do more in `npm run test:slow` than in `npm test`. */
const MORE = [
  'test/package/commands.test.ts',
  'test/closed-forms/returns.test.ts',
  'test/simulation/vendors-in-time.test.ts',
  'test/invoice/{focus,properties,segments}.test.ts',
  'test/invoice/audit/segments.test.ts',
  'test/invoice/check/rows.test.ts',
  'test/contract/rules-by-number.test.ts',
  'test/numerics/random/sobol.test.ts',
  'test/platform/node/odd-shapes.test.ts',
  'test/present/charts/backtest.test.ts',
  'test/present/report/consistent.test.ts',
  'test/questions/{currencies,dominance,segment-risk}.test.ts',
  'test/questions/explain/{second-order,shapley}.test.ts',
  'test/questions/replan/{agreement,parts}.test.ts',
  'test/run/memory.test.ts',
  'test/summary/unseen.test.ts',
]

/** Tests of test/effort.ts that do most in `long`. */
const THOROUGH = [
  'test/slow/types.test.ts',
  'test/platform/browser/sha256.test.ts',
  'test/package/commands.test.ts',
  'test/{simulation,invoice}/agreement.test.ts',
  'test/simulation/{segments,vendors-in-time}.test.ts',
  'test/simulation/invoice.test.ts',
  'test/invoice/{currencies,focus,properties}.test.ts',
  'test/invoice/check/{properties,rows,stated}.test.ts',
  'test/notation/{amount,money,number,table}.test.ts',
  'test/numerics/random/sobol.test.ts',
  'test/questions/ledger/random.test.ts',
  'test/questions/replan/reforecast.test.ts',
  'test/closed-forms/*.test.ts',
  'test/questions/negotiate/{break-even,roots}.test.ts',
  'test/questions/{explain,backtest}/*.test.ts',
  'test/questions/{one-estimator,segment-risk}.test.ts',
  'test/summary/*.test.ts',
  'test/forecasting/*.test.ts',
  'test/invoice/audit/*.test.ts',
  'test/run/shard.test.ts',
  'test/present/files/folder.test.ts',
  'test/present/charts/gallery.test.ts',
  'test/numerics/estimators/order-figures.test.ts',
  'test/numerics/distributions/extremes.test.ts',
  'test/end-to-end/cases.test.ts',
  'test/slow/*.test.ts',
  'test/platform/node/odd-shapes.test.ts',
  'test/distributed/{identity,queue,shards}.test.ts',
  'test/browser/{site,opened,free-page,report-pages,bundled-pages}.test.ts',
]

const sources = {
  /** Sources in place of the package, and no threads, since Node starts none from TypeScript. */
  resolve: {
    alias: [
      { find: /^billcast$/, replacement: resolve('src/api/index.ts') },
      { find: /^#platform$/, replacement: resolve('src/platform/node/index.ts') },
      { find: /^\.\/sender\.ts$/, replacement: resolve('test/setup/inline-sender.ts') },
    ],
  },
}

export default defineConfig({
  test: {
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    // Transformed sources are kept on disk: a run of one file then starts in half the time.
    experimental: { fsModuleCache: true, fsModuleCachePath: '.cache/vitest' },
    projects: [
      {
        ...sources,
        test: {
          name: 'unit',
          globalSetup: './test/setup/generated.ts',
          include: ['test/**/*.test.ts'],
          exclude: [...apart, ...LATER],
          env: { BILLCAST_SOURCES: '1' },
          testTimeout: 5 * MINUTE,
          hookTimeout: 5 * MINUTE,
          // Files share what they import: half a second a file, and no test may leave anything behind.
          isolate: false,
        },
      },
      {
        // In a process of its own, which counts the blocks of every module from the start.
        ...sources,
        test: {
          name: 'messages',
          globalSetup: './test/setup/generated.ts',
          include: ['test/messages/*.test.ts'],
          env: { BILLCAST_SOURCES: '1' },
          testTimeout: 5 * MINUTE,
          hookTimeout: 5 * MINUTE,
        },
      },
      {
        test: {
          name: 'package',
          ...built,
          include: ['test/package/**/*.test.ts'],
          exclude: LATER,
          testTimeout: 5 * MINUTE,
          hookTimeout: 5 * MINUTE,
          isolate: false,
        },
      },
      {
        test: {
          name: 'slow',
          ...built,
          include: ['test/slow/**/*.test.ts'],
          env: { BILLCAST_SLOW: '1' },
          testTimeout: 15 * MINUTE,
          hookTimeout: 15 * MINUTE,
        },
      },
      {
        test: {
          name: 'more',
          ...built,
          include: [...LATER, ...MORE],
          env: { BILLCAST_SLOW: '1' },
          testTimeout: 15 * MINUTE,
          hookTimeout: 15 * MINUTE,
          // As in `unit`: files share what they import.
          isolate: false,
        },
      },
      {
        // The report and the library in Chromium (/usr/bin/chromium, or what CHROMIUM names).
        test: {
          name: 'browser',
          ...built,
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 10 * MINUTE,
          hookTimeout: 10 * MINUTE,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // On Redis servers of their own, which need redis-server and openssl.
        test: {
          name: 'queue',
          ...built,
          include: ['test/distributed/**/*.test.ts'],
          testTimeout: 15 * MINUTE,
          hookTimeout: 15 * MINUTE,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // Hours: `npm run test:long`.
        test: {
          name: 'long',
          ...built,
          include: ['test/long/**/*.test.ts', ...THOROUGH],
          env: { BILLCAST_LONG: '1' },
          testTimeout: 120 * MINUTE,
          hookTimeout: 120 * MINUTE,
          // One file after the other: some take all cores.
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
