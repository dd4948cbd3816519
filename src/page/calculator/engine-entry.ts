// One program for the engine and for the workers of its pool, whose text sets a mark before it (scripts/calculator.mjs), so that the page holds
// the simulation once.
if ('billcastPool' in globalThis) void import('../../platform/browser/threads/program.ts')
else void import('./engine.ts')
