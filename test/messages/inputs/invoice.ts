import { audit, checkInvoices, invoice } from '../../../src/api/index.ts'
import { billContract } from '../../../src/invoice/bill.ts'
import { auditOf } from '../../../src/invoice/audit/audit.ts'
import { contractOf } from '../../../src/invoice/contract.ts'
import { prepareScenario } from '../../../src/api/run.ts'
import { driversOf, plainValue } from '../../../src/invoice/drivers.ts'
import { good } from '../../scenario/slips.ts'
import { tableSource } from '../../../src/invoice/audit/given.ts'
import { calls, cases, type Subject } from '../input.ts'
import { reader } from '../plans.ts'

const plan = good as never
const segmented = { ...good, segments: { chat: { share: '100%' } } } as never
const grouped = { ...good, segments: { 'us/chat': { share: '60%' }, 'us/email': { share: '40%' } } } as never
const parted = { ...good, offers: { both: { parts: { a: good.offers.fin } } } } as never
const besides = {
  ...good,
  offers: { both: { parts: { a: good.offers.fin, b: good.offers.fin }, traffic: { b: '20%' } } },
} as never
const { program: uncertain } = await prepareScenario(
  { ...good, exchange: { EUR: '1 to 1.1' }, offers: { fin: { charges: [{ meter: 'conversations', price: '€1' }] } } },
  {},
  reader({}),
)
const ids = 'id,started,involved,escalated,confirmed,last_customer,last_agent,reopened\n'
const talk = (id: number, started = '2026-03-01T10:00:00Z') => `${id},${started},true,,,,,\n`
const rows = `${ids}${talk(1)}`
const inSegments = (names: readonly string[]) =>
  `${ids.trimEnd()},segment\n${names.map((name, k) => `${k},2026-03-01T10:00:00Z,true,,,,,,${name}\n`).join('')}`
const exported = { conversations: { file: 'conversations.csv', source: tableSource(rows, []) } }
const totals = (csv: string) => () => checkInvoices(csv, 'fin')

export const subjects: Subject[] = [
  {
    folder: 'invoice',
    inputs: [
      ...calls(
        () => invoice(plan, 'ada'),
        () => invoice(plan, 'fin', { month: 'March' }),
        () => invoice(plan, 'fin', { month: '2026-12' }),
        () => invoice(plan, 'fin', { conversations: [1, 2] }),
        () => invoice(plan, 'fin', { conversations: -5 }),
        () => invoice(plan, 'fin', { conversations: 'many' }),
        () => invoice(segmented, 'fin', { conversations: { chta: '50k' } }),
        () => invoice(segmented, 'fin', { conversations: {} }),
        () => invoice(grouped, 'fin', { conversations: { us: 5, 'us/chat': 5 } }),
        () => invoice(plan, 'fin', { rate: 65 }),
        () => invoice(plan, 'fin', { rate: '120%' }),
        () => billContract(uncertain, uncertain.offers[0], driversOf(uncertain, uncertain.offers[0])),
        () => plainValue({ input: 0 } as never),
      ),
    ],
  },
  {
    folder: 'invoice/audit',
    inputs: [
      ...calls(
        () => audit(5 as never, 'fin'),
        () => audit([null] as never, 'fin'),
        () => audit(rows, null as never),
        () => audit(rows, 'finn'),
        () => audit(rows, { scenario: parted, offer: 'both' }),
        () => audit(rows, { scenario: besides, offer: 'both.parts.a' }),
        () => audit(`${ids.trimEnd()},part\n1,2026-03-01T10:00:00Z,true,,,,,,c\n`, { scenario: besides, offer: 'both.parts.a' }),
        () => checkInvoices('month,meter,quantity,amount\n2026-07,resolutions,1,1\n', { scenario: besides, offer: 'both' }),
        () => checkInvoices('month,part,meter,quantity,amount\n2026-07,c,resolutions,1,1\n', { scenario: besides, offer: 'both' }),
        () => audit(rows, { scenario: segmented, offer: 'fin' }),
        () => audit(inSegments(['chta']), { scenario: segmented, offer: 'fin' }),
        () => audit(inSegments(Array.from({ length: 65 }, (_, k) => `s${k}`)), 'fin'),
        () => audit(rows, 'fin', { columns: { segment: 'team' } }),
        () => audit(rows, 'fin', { tolerate: 5 }),
        () => audit(rows, 'fin', { definition: 'happy' as never }),
        () => audit(rows, 'fin', { genuine: 'happy' as never }),
        () => audit(rows, 'fin', { silence: 9000 }),
        () => audit(rows, 'fin', { reopen: -1 }),
        () => audit(rows, 'fin', { until: 'yesterday' }),
        () => audit(rows, 'fin', { zone: 'Mars/Olympus' }),
        () => audit('', 'fin'),
        () => audit(ids, 'fin'),
        () => audit('id,when\n1,now\n', 'fin'),
        () => audit(rows.replace('escalated', 'id'), 'fin', { columns: { escalated: 'id' } }),
        () => audit(`${ids}${talk(1)}${talk(2, '2056-03-01T10:00:00Z')}`, 'fin'),
        () => audit(`${ids}${talk(1)}${talk(2, 'yesterday')}2,3\n`, 'fin'),
        () => audit(`${ids}${talk(1)}${'x'.repeat(2 << 20)}\n`, 'fin'),
        () => audit('i\0d\0', 'fin'),
        () => audit(rows, 'fin', { billed: 'id,billed_at,amount\n1,2026-03-02T10:00:00Z,€0.89\n' }),
        () => audit(rows, 'fin', { billed: 'id,billed_at,amount\n2.15474E+14,2026-03-01T10:00:00Z,0.99\n' }),
        () => audit(rows, 'fin', { billed: 'id,billed_at,amount\n1,2026-03-01T10:00:00Z,1.234\n' }),
        () => audit(rows, { charges: [{ meter: 'resolutions', price: 'empirical(p.csv, n)' }] }),
      ),
      ...calls(
        () => auditOf(exported, contractOf('fin'), { tolerate: 5 }),
        () => auditOf(exported, contractOf('fin'), { definition: 'happy' as never }),
        () => auditOf(exported, contractOf('fin'), { genuine: 'happy' as never }),
        () => auditOf(exported, contractOf('fin'), { reopen: -1 }),
      ),
      ...cases({
        'invoices.csv: month,amount': totals('month,amount\n2026-03,5\n'),
        'invoices.csv: a quantity of many': totals('month,meter,quantity,amount\n2026-03,resolutions,many,5\n'),
        'invoices.csv: a month of March': totals('month,meter,quantity,amount\nMarch,resolutions,5,5\n'),
        'invoices.csv: FOCUS without a currency': totals('ChargePeriodStart,BilledCost\n2026-03-01T00:00:00Z,5\n'),
        'invoices.csv: amounts in two currencies': totals(
          'month,meter,quantity,amount\n2026-03,resolutions,5,$5\n2026-04,resolutions,5,€5\n',
        ),
        'invoices.csv: amounts in a currency without a rate': totals('month,meter,quantity,amount\n2026-03,resolutions,5,€5\n'),
        'an offer that the plan does not have': () =>
          checkInvoices('month,meter,quantity,amount\n', { scenario: good, offer: 'ada' }),
        'invoices.csv: months of 30 years': totals(
          'month,meter,quantity,amount\n2026-03,resolutions,5,5\n2056-03,resolutions,5,5\n',
        ),
      }),
    ],
  },
]
