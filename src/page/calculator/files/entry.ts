// One program with the whole library: the worker that reads and writes files, the engine of plans with files, and the workers of its pool. A mark
// before its text says which one it is (src/page/calculator/engine-program.ts).
if ('billcastPool' in globalThis) void import('../../../platform/browser/threads/program.ts')
else if ('billcastEngine' in globalThis) void import('../engine.ts')
else void import('./program.ts')
