// Writes the TypeScript types of a plan and of a portfolio from their schemas, so that an editor completes and checks what the reader
// reads. The types name no schema library, because a program that imports billcast would then have to check the types of that library too.
import { importSources } from './sources.mjs'
import { write } from './write.mjs'

/** What the types are made from. */
const SOURCES = `
export { alternatives, fields, isNumeric } from './src/contract/field.ts'
export { chargeModels } from './src/contract/charges/index.ts'
export { distributions } from './src/numerics/distributions/index.ts'
export { portfolioSchema } from './src/scenario/portfolio/schema.ts'
export { scenarioSchema } from './src/scenario/schema.ts'
`

const HEAD = `// Made by scripts/plan-types.mjs from the schemas of a plan and a portfolio.
import type { RuleBill, RuleExplanation } from '../contract/rule.ts'

/** A number in the notation of a plan: \`50000\`, \`'50k'\`, \`'65%'\`, \`'$0.99'\`, \`'$30k/year'\`. */
export type ScenarioNumber = number | string | ScenarioSourced<number | string>

/** A value with its origin, which the report prints, or with its period. */
export interface ScenarioSourced<V> {
  readonly value: V
  readonly source?: string | undefined
  readonly per?: 'month' | 'quarter' | 'year' | 'once' | ScenarioText | undefined
}

/** A number that may be uncertain: \`'45k to 60k'\`, \`'pert(1, 1.5, 3.5)'\`, \`{ p10: '40k', p90: '65k' }\`. */
export type ScenarioUncertain =
  | ScenarioNumber
  | ScenarioSourced<ScenarioDistribution | ScenarioPercentiles>
  | ScenarioDistribution
  | ScenarioPercentiles
  | ScenarioExperts

/** A value that changes: the last stage has no \`until\`. */
export type ScenarioStaged<V> = V | readonly ScenarioStage<V>[]

export interface ScenarioStage<V> {
  /** Last month of the stage, such as \`'2027-06'\`. The last stage has none. */
  readonly until?: string | undefined
  readonly value: V
  readonly source?: string | undefined
}

/** Two to nine percentiles of an uncertain number, from p1 to p99. */
export type ScenarioPercentiles = ScenarioUsualPercentiles | ScenarioOtherPercentiles

export interface ScenarioUsualPercentiles {
PERCENTILES  readonly source?: string | undefined
}

export interface ScenarioOtherPercentiles {
  readonly [percentile: \`p\${number}\`]: number | string | undefined
  readonly source?: string | undefined
}

/** The estimates of several people, combined by their weights. */
export interface ScenarioExperts {
  readonly experts: readonly ScenarioExpert[]
  readonly source?: string | undefined
}

export type ScenarioExpert = (ScenarioSourced<number | string> | ScenarioDistribution | ScenarioPercentiles) & {
  readonly name?: string | undefined
  readonly weight?: number | string | undefined
}

/** Any text. An editor still completes the words that stand beside it in a type. */
export type ScenarioText = string & Record<never, never>
`

/** The percentiles that an editor completes. */
const USUAL = [1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 99]
const PLAIN = 'number | string'

const pascal = (key) => key.replace(/(^|[^A-Za-z0-9]+)([a-z0-9])/gi, (_, __, letter) => letter.toUpperCase())
const singular = (name) => name.replace(/ies$/, 'y').replace(/s$/, '')
const propertyName = (key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : `'${key}'`)

/** Words as a comment. A comment would end at its own closing mark. */
function comment(words, indent = '  ') {
  const text = words.replaceAll('*/', '* /').trim()
  if (text === '') return ''
  const sentence = text[0].toUpperCase() + text.slice(1)
  return `${indent}/** ${sentence}${/[.!?]$/.test(sentence) ? '' : '.'} */\n`
}

class Types {
  #modules
  #names = new Map()
  #texts = []
  #taken = new Set()

  constructor(modules) {
    this.#modules = modules
  }

  /** What a schema adds to the one that it wraps: whether the value may be left out, what it is for, and the schema of what is written. */
  #opened(schema) {
    let [inner, optional, about, record] = [schema, false, '', undefined]
    for (;;) {
      record ??= this.#modules.fields.get(inner)
      about ||= inner.meta?.()?.description ?? ''
      const { type, innerType, in: read } = inner._zod.def
      if (type === 'optional' || type === 'prefault' || type === 'default') {
        optional = true
        inner = innerType
      } else if (type === 'pipe' && read._zod.def.type !== 'unknown' && !this.#modules.fields.has(inner)) inner = read
      else return { inner, optional, about, record }
    }
  }

  /** The field whose record describes a schema: its own, or that of the value which may stand in stages. */
  #recordOf(schema) {
    const { inner, record } = this.#opened(schema)
    if (record) return record
    const { type, options = [] } = inner._zod.def
    return type === 'union' ? options.map((option) => this.#recordOf(option)).findLast(Boolean) : undefined
  }

  /** The comment of a key. */
  #wordsOf(schema) {
    const { about } = this.#opened(schema)
    const record = this.#recordOf(schema)
    if (about !== '') return about
    if (!record) return ''
    const { help, default: value, otherwise } = record
    const left = value === undefined ? otherwise : String(value)
    return left === undefined ? help : `${help}. Default: ${left}`
  }

  /** @param name of an interface, if the schema is an object */
  typeOf(schema, name) {
    const { inner, record } = this.#opened(schema)
    const { type, ...def } = inner._zod.def
    if (this.#modules.alternatives.has(inner)) return this.#charge()
    if (record && this.#modules.isNumeric(record)) return record.drawn === 'never' ? 'ScenarioNumber' : 'ScenarioUncertain'
    const make = {
      string: () => 'string',
      number: () => 'number',
      boolean: () => 'boolean',
      // A text that a field reads by itself: a month, or a code that may look like a number.
      pipe: () => (record?.kind === 'month' ? 'string' : PLAIN),
      enum: () =>
        `${Object.values(def.entries)
          .map((word) => `'${word}'`)
          .join(' | ')} | ScenarioText`,
      literal: () => `${def.values.map((word) => `'${word}'`).join(' | ')} | ScenarioText`,
      array: () => `readonly ${grouped(this.typeOf(def.element, singular(name)))}[]`,
      tuple: () => `readonly ${grouped(this.typeOf(def.items[0], name))}[]`,
      record: () => this.#recordType(def, name),
      union: () => this.#union(def.options, name),
      object: () => this.named(inner, name),
      unknown: () => 'unknown',
    }[type]
    if (!make) throw new Error(`${name}: no TypeScript type is known for a schema of type ${type}`)
    return make()
  }

  #recordType({ keyType, valueType }, name) {
    const value = this.typeOf(valueType, singular(name))
    const { entries } = keyType._zod.def
    if (!entries) return `Readonly<Record<string, ${value}>>`
    return `{ ${Object.values(entries)
      .map((key) => `readonly ${propertyName(key)}?: ${value} | undefined`)
      .join('; ')} }`
  }

  #union(options, name) {
    const stages = options.find((option) => option._zod.def.type === 'array')?._zod.def.element._zod.def.shape
    if (stages && 'until' in stages) {
      const value = options.filter((option) => option._zod.def.type !== 'array').map((option) => this.typeOf(option, name))
      return `ScenarioStaged<${value.join(' | ')}>`
    }
    return [...new Set(options.map((option) => this.typeOf(option, name)))].join(' | ')
  }

  /** An object as an interface, made once. */
  named(schema, wanted) {
    const known = this.#names.get(schema)
    if (known) return known
    const name = this.#free(wanted)
    this.#names.set(schema, name)
    this.#taken.add(name)
    const { shape, catchall } = schema._zod.def
    const open = catchall && catchall._zod.def.type !== 'never'
    const own = Object.entries(shape).map(([key, value]) => this.#property(key, value, name))
    const others = open ? [`  readonly [name: string]: ${this.typeOf(catchall, name)} | undefined\n`] : []
    const sourced = open || 'source' in shape || ROOTS.has(name)
    const source = sourced
      ? []
      : ['  /** Origin of these values, which the report prints. */\n  readonly source?: string | undefined\n']
    const about = schema.meta?.()?.description ?? ''
    this.#texts.push(`${comment(about, '')}export interface ${name} {\n${[...own, ...source, ...others].join('')}}\n`)
    return name
  }

  /** An offer has `renewal` and, in a list, `renewals`: an entry of the list is called so. */
  #free(wanted) {
    const free = [wanted, `${wanted}Entry`].find((name) => !this.#taken.has(name))
    if (free === undefined) throw new Error(`two objects of a plan would be called ${wanted}`)
    return free
  }

  #property(key, schema, parent) {
    const { optional } = this.#opened(schema)
    const name = `${STEMS.get(parent) ?? parent}${pascal(key)}`
    const known = PROPERTIES.get(`${parent}.${key}`)
    // An offer of the catalog needs no charges, and may change its own by their ids.
    const charges =
      key === 'charges' && this.#modules.alternatives.has(schema._zod.def.innerType?._zod.def.element ?? schema._zod.def.element)
    const type = charges ? this.#charges() : (known ?? this.typeOf(schema, name))
    const left = optional || charges
    const words = charges ? 'what the vendor bills; the charges of a catalog offer are changed by their ids' : this.#wordsOf(schema)
    return `${comment(words)}  readonly ${propertyName(key)}${left ? '?' : ''}: ${type}${left ? ' | undefined' : ''}\n`
  }

  #charge() {
    const made = [...this.#modules.chargeModels.values()].map(({ model, schema }) =>
      this.named(schema, `Scenario${pascal(model)}Charge`),
    )
    this.#once('ScenarioCharge', () => `export type ScenarioCharge =\n${made.map((name) => `  | ${name}\n`).join('')}`)
    return 'ScenarioCharge'
  }

  /** A charge of an offer, or a change to one of the catalog's. */
  #charges() {
    const charge = this.#charge()
    this.#once('ScenarioChargeChange', () => {
      const models = [...this.#modules.chargeModels.values()].filter(({ codeOnly }) => !codeOnly)
      const shapes = models.map(({ schema }) => schema._zod.def.shape)
      const keys = [...new Set(shapes.flatMap((shape) => Object.keys(shape)))]
      const own = keys.map((key) => {
        const schemas = shapes.flatMap((shape) => (key in shape ? [shape[key]] : []))
        const types = [...new Set(schemas.map((schema) => this.typeOf(schema, `ScenarioChange${pascal(key)}`)))]
        return `${comment(this.#wordsOf(schemas[0]))}  readonly ${key}?: ${types.join(' | ')} | undefined\n`
      })
      return `/** A change to a charge of the catalog: its new keys take the place of the old ones. */\nexport interface ScenarioChargeChange {\n${own.join('')}}\n`
    })
    return `readonly (${charge} | (ScenarioChargeChange & { readonly id: string }))[] | Readonly<Record<string, ScenarioChargeChange | null>>`
  }

  #once(name, make) {
    if (this.#taken.has(name)) return
    this.#taken.add(name)
    this.#texts.push(make())
  }

  /** Every distribution, with the parameters of all. */
  distribution() {
    const all = [...this.#modules.distributions.values()].filter(({ written }) => written !== 'percentiles')
    const kinds = new Map(all.flatMap(({ parameters }) => Object.entries(parameters)))
    const calls = all.map(({ name, parameters, about }) => `   * - \`${name}(${Object.keys(parameters).join(', ')})\`: ${about}\n`)
    const type = { values: `readonly (${PLAIN})[]`, weights: `readonly (${PLAIN})[]`, components: 'readonly ScenarioUncertain[]' }
    const parameters = [...kinds].map(([name, kind]) => `  readonly ${name}?: ${type[kind] ?? PLAIN} | undefined\n`)
    const names = all.map(({ name }) => `'${name}'`).join(' | ')
    return `/** A distribution by its name, with its parameters. */
export interface ScenarioDistribution {
  /**
${calls.join('')}   */
  readonly distribution: ${names} | ScenarioText
${parameters.join('')}  /** A CSV file and its column, in place of \`values\`. */
  readonly file?: string | undefined
  readonly column?: string | undefined
  readonly source?: string | undefined
}
`
  }

  get text() {
    return this.#texts.join('\n')
  }
}

const grouped = (type) => (/[|]/.test(type) && !/^[\w]+<[^<>]*>$/.test(type) ? `(${type})` : type)

/** Objects whose keys say no source, as the reader has it. */
const ROOTS = new Set(['Scenario', 'PortfolioInput', 'ScenarioRun', 'PortfolioRun'])
/** The beginning of the names of what stands in an object, if it is not the object's own name. */
const STEMS = new Map([['PortfolioInput', 'Portfolio']])
/** Properties whose schema leaves their type to another reader. */
const PROPERTIES = new Map([
  ['PortfolioPlan.scenario', 'Scenario'],
  ['ScenarioRuleCharge.bill', 'RuleBill'],
  ['ScenarioRuleCharge.explain', 'RuleExplanation'],
])

/** @param target a TypeScript module of types */
export async function writePlanTypes(target) {
  const modules = await importSources('plan-types', SOURCES)
  const types = new Types(modules)
  types.named(modules.scenarioSchema, 'Scenario')
  types.named(modules.portfolioSchema, 'PortfolioInput')
  const percentiles = USUAL.map((p) => `  readonly p${p}?: ${PLAIN} | undefined\n`).join('')
  write(target, `${HEAD.replace('PERCENTILES', percentiles)}\n${types.distribution()}\n${types.text}`)
}
