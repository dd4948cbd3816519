import { defineConfig } from 'vitest/config'

// What takes minutes. `npm run test:long` builds the package first.
export default defineConfig({
  test: {
    include: ['test/long/**/*.test.ts', 'test/simulation/agreement.test.ts', 'test/end-to-end/output.test.ts', 'test/invoice/agreement.test.ts'],
    env: { BILLCAST_LONG: '1' },
    testTimeout: 120_000,
    // One file after the other: some measure time, some run on all cores.
    fileParallelism: false,
  },
})
