import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: './test/build.ts',
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**', 'test/browser/**', 'test/distributed/**'],
    testTimeout: 20_000,
    // Files share what they import: half a second a file, and no test may leave anything behind.
    isolate: false,
    maxWorkers: '100%',
  },
})
