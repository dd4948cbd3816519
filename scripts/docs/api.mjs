// Reference of the library: a page for every exported function, class and type, from their comments, by TypeDoc.
import { register } from 'node:module'

/** Entry points of the package, and what they are called on the site. @type {Readonly<Record<string, string>>} */
const ENTRIES = { index: 'library', browser: 'browser', queue: 'queue' }

/** @param {string} folder the pages are written here */
export async function writeApi(folder) {
  register('./typescript-6.mjs', import.meta.url)
  const { Application } = await import('typedoc')
  // The plugin brings options of its own, which TypeDoc's type does not know.
  const options = {
    entryPoints: Object.keys(ENTRIES).map((name) => `src/${name}.ts`),
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
      member: (/** @type {{ rawName: string, kind: string }} */ { rawName, kind }) =>
        kind === 'Function' ? `${rawName}()` : rawName,
    },
  }
  const app = await Application.bootstrapWithPlugins(/** @type {Partial<import('typedoc').TypeDocOptions>} */ (options))
  const project = await app.convert()
  if (!project) throw new Error('TypeDoc cannot read the sources')
  for (const module of project.children ?? []) module.name = ENTRIES[module.name] ?? module.name
  app.options.setValue('out', folder)
  await app.generateOutputs(project)
  if (app.logger.hasErrors()) throw new Error('TypeDoc reported errors')
}
