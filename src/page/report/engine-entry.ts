// One program for the engine and for the workers of its pool, whose text sets a mark before it (scripts/page.mjs), so that the report holds the
// simulation once.
if ('billcastPool' in globalThis) void import('../../platform/browser/threads/program.ts')
else void import('./engine.ts')
