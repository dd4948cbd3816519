// Packages that are loaded when they are needed, and may be missing then.

/**
 * Imports a package whose name bundlers do not see: they cannot bundle native code, and fail at an optional package that is not installed.
 * It is found where the bundle runs.
 */
export const unbundled = (name: string): Promise<unknown> => import(/* webpackIgnore: true */ /* @vite-ignore */ name)

/** Whether a package could not be found. Node states a code, and a browser throws a TypeError about the module. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'ERR_MODULE_NOT_FOUND') || (error instanceof TypeError && error.message.includes('module')))
