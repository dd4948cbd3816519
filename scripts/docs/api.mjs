// Reference of the library: a page for every exported function, class and type, from their comments, by TypeDoc.
import { readFileSync } from 'node:fs'
import { register } from 'node:module'

/**
 * Sources of the package's entry points, by their names on the site: `library` for `billcast`, `queue` for `billcast/queue`.
 * @returns {Map<string, string>}
 */
function entries() {
  /** @type {{ exports: Record<string, string | { types: string }> }} */
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))
  return new Map(
    Object.entries(exports).flatMap(([path, target]) =>
      typeof target === 'string'
        ? []
        : [[path.slice(2) || 'library', target.types.replace(/^\.\/dist\//, 'src/').replace(/\.d\.ts$/, '.ts')]],
    ),
  )
}

/** @param {string} folder the pages are written here */
export async function writeApi(folder) {
  register('./typescript-6.mjs', import.meta.url)
  const { Application } = await import('typedoc')
  const entryPoints = entries()
  // The plugin brings options of its own, which TypeDoc's type does not know.
  const options = {
    entryPoints: [...entryPoints.values()],
    tsconfig: 'tsconfig.json',
    plugin: ['typedoc-plugin-markdown'],
    logLevel: 'Warn',
    // `npm run types` has checked them.
    skipErrorChecking: true,
    readme: 'none',
    disableSources: true,
    excludePrivate: true,
    excludeExternals: true,
    excludeInternal: true,
    githubPages: false,
    router: 'member',
    entryFileName: 'index',
    hideBreadcrumbs: true,
    hidePageHeader: true,
    useCodeBlocks: true,
    parametersFormat: 'table',
    propertiesFormat: 'table',
    interfacePropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
    pageTitleTemplates: {
      index: 'Library reference',
      module: (/** @type {{ name: string }} */ { name }) => `${name[0].toUpperCase()}${name.slice(1)}`,
      // A name may end with its type parameters, which HTML would take for an element.
      member: (/** @type {{ rawName: string, kind: string }} */ { rawName, kind }) =>
        kind === 'Function' ? `${rawName}()` : rawName.replace(/<.*$/, ''),
    },
  }
  const app = await Application.bootstrapWithPlugins(/** @type {Partial<import('typedoc').TypeDocOptions>} */ (options))
  const project = await app.convert()
  if (!project) throw new Error('TypeDoc cannot read the sources')
  for (const module of project.children ?? []) module.name = nameOf(module.name, entryPoints)
  app.options.setValue('out', folder)
  await app.generateOutputs(project)
  if (app.logger.hasErrors()) throw new Error('TypeDoc reported errors')
}

/**
 * TypeDoc names a module by the end of its path.
 * @param {string} module @param {ReadonlyMap<string, string>} entryPoints
 */
function nameOf(module, entryPoints) {
  for (const [name, file] of entryPoints) if (file.endsWith(`/${module}.ts`) || file.endsWith(`/${module}/index.ts`)) return name
  throw new Error(`no entry point of package.json is called ${module}`)
}
