// TypeDoc reads programs through the JavaScript API of TypeScript, which version 7 no longer has. This hook gives it version 6, the
// aliased development dependency, and leaves every other import alone.

/** @type {import('node:module').ResolveHook} */
export const resolve = (specifier, context, next) => next(specifier === 'typescript' ? 'typescript-6' : specifier, context)
