// One program for the engine and for the workers of its pool: the text of a pool's worker sets a mark and loads the program again
// (scripts/calculator.mjs), so that the page holds the simulation once.
if ('billcastPool' in globalThis) void import('../../platform/browser/threads/program.ts')
else void import('./engine.ts')
