import { defineConfig } from 'vitest/config'

// The queue on a real Redis of this machine: `npm run test:distributed`, with redis-server installed.
export default defineConfig({
  test: {
    globalSetup: './test/build.ts',
    include: ['test/distributed/**/*.test.ts', 'test/long/shards.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
})
