import { defineConfig } from 'vitest/config'

// What takes minutes. `npm run test:long` builds the package first.
export default defineConfig({
  test: {
    // Those of test/long, and those that make more of an effort here: they import test/effort.ts.
    include: [
      'test/long/**/*.test.ts',
      'test/{simulation,invoice}/agreement.test.ts',
      'test/invoice/properties.test.ts',
      'test/closed-forms/*.test.ts',
      'test/questions/negotiate/{break-even,optimize}.test.ts',
      'test/questions/{explain,backtest}/*.test.ts',
      'test/forecasting/*.test.ts',
      'test/invoice/audit/*.test.ts',
      'test/run/shard.test.ts',
      'test/docs/*.test.ts',
      'test/examples/distributed.test.ts',
      'test/stability/golden.test.ts',
      'test/numerics/estimators/spread.test.ts',
      'test/end-to-end/{batch,cases,killed}.test.ts',
      'test/distributed/shards.test.ts',
    ],
    env: { BILLCAST_LONG: '1' },
    testTimeout: 120_000,
    // One file after the other: some measure time, some run on all cores.
    fileParallelism: false,
  },
})
