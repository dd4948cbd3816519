// Every type that a program can meet has a name that it can import.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript-6'
import { expect, it } from 'vitest'

/** The declarations of each entry, by what a program imports. The browser's follow the condition of that name. */
const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly exports: Readonly<Record<string, { readonly types?: string; readonly browser?: { readonly types: string } } | string>>
}
const entries = Object.entries(exports).flatMap(([name, entry]): [string, string][] =>
  typeof entry === 'string'
    ? []
    : [
        ...(entry.types === undefined ? [] : [[name, entry.types] as [string, string]]),
        ...(entry.browser === undefined ? [] : [[`${name} in a browser`, entry.browser.types] as [string, string]]),
      ],
)

const program = ts.createProgram(
  entries.map(([, file]) => resolve(file)),
  {
    ...{ strict: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022 },
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  },
)
const checker = program.getTypeChecker()

const isOwn = ({ declarations = [] }: ts.Symbol): boolean =>
  declarations.some((declaration) => declaration.getSourceFile().fileName.startsWith(resolve('dist')))
const isHidden = ({ name, valueDeclaration }: ts.Symbol): boolean =>
  name.startsWith('__#') ||
  (valueDeclaration !== undefined && (ts.getCombinedModifierFlags(valueDeclaration) & ts.ModifierFlags.Private) !== 0)

/** Finds the named types that the exports of a module lead to, through parameters, answers and properties, without being exported. */
class Unnamed {
  readonly found = new Map<string, string>()
  readonly #exported: ReadonlySet<ts.Symbol>
  readonly #seen = new Set<ts.Type>()

  constructor(file: string) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(resolve(file)) as ts.Node)
    const exported = module === undefined ? [] : checker.getExportsOfModule(module)
    const real = exported.map((one) => (one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one))
    this.#exported = new Set(real)
    for (const one of real) {
      if (one.flags & ts.SymbolFlags.Value) this.#visit(checker.getTypeOfSymbol(one), one.name)
      if (one.flags & ts.SymbolFlags.Type) this.#visit(checker.getDeclaredTypeOfSymbol(one), one.name)
    }
  }

  get count(): number {
    return this.#exported.size
  }

  #need(symbol: ts.Symbol, from: string): void {
    if (isOwn(symbol) && !this.#exported.has(symbol)) this.found.set(symbol.name, from)
  }

  #visit(type: ts.Type, from: string): void {
    if (this.#seen.has(type)) return
    this.#seen.add(type)
    const { aliasSymbol, aliasTypeArguments = [] } = type
    // Helpers that compute a type from another one have arguments, and editors show what they compute.
    if (aliasSymbol && aliasTypeArguments.length === 0) this.#need(aliasSymbol, from)
    const symbol = type.getSymbol()
    if (symbol && symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) this.#need(symbol, from)
    if (type.isUnionOrIntersection()) for (const one of type.types) this.#visit(one, from)
    else if (type.flags & ts.TypeFlags.Object) this.#visitObject(type as ts.ObjectType, symbol, from)
  }

  #visitObject(type: ts.ObjectType, symbol: ts.Symbol | undefined, from: string): void {
    if (type.objectFlags & ts.ObjectFlags.Reference)
      for (const one of checker.getTypeArguments(type as ts.TypeReference)) this.#visit(one, from)
    if (symbol && !isOwn(symbol)) return
    for (const property of checker.getPropertiesOfType(type))
      if (!isHidden(property)) this.#visit(checker.getTypeOfSymbol(property), `${from}.${property.name}`)
    for (const signature of [...type.getCallSignatures(), ...type.getConstructSignatures()]) {
      for (const given of signature.getParameters()) this.#visit(checker.getTypeOfSymbol(given), `${from}(${given.name})`)
      this.#visit(signature.getReturnType(), `${from}()`)
    }
    for (const { type: held } of checker.getIndexInfosOfType(type)) this.#visit(held, `${from}[]`)
    for (const base of type.isClassOrInterface() ? checker.getBaseTypes(type) : []) this.#visit(base, from)
  }
}

it('has declarations of every entry', () => {
  expect(entries.map(([name]) => name).sort()).toEqual(
    ['.', '. in a browser', './core', './core in a browser', './core/vega', './queue'].sort(),
  )
})

it.each(entries)('%s exports every type that its functions take and return', (name, file) => {
  const unnamed = new Unnamed(file)
  if (name !== './core/vega') expect(unnamed.count).toBeGreaterThan(200)
  expect([...unnamed.found].map(([type, from]) => `${type} of ${from}`)).toEqual([])
})
