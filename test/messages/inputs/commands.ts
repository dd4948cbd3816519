import { shardIn } from '../../../src/cli/shard.ts'
import { Folder, commands } from '../commands.ts'
import { calls, type Subject } from '../input.ts'

const plan =
  'months: 3\nconversations: { base: 45k to 60k }\nresolution: { rate: 65% }\noffers: { fin: { charges: [{ meter: resolutions, price: $0.99 }] } }\n'
const ids = 'id,started,involved,escalated,confirmed,last_customer,last_agent,reopened\n'
const folder = new Folder()
folder.write('plan.yaml', plan)
folder.write('flat.yaml', plan.replace('fin:', 'flat: { charges: [{ fee: 1 }] }, fin:'))
folder.write(
  'binary.yaml',
  Uint8Array.from({ length: 500 }, (_, k) => k % 256),
)
folder.write('large.yaml', `# ${'x'.repeat(2 << 20)}\n`)
folder.write('inner/outside.yaml', plan.replace('45k to 60k', '"empirical(../t.csv, n)"'))
folder.write('folder.yaml', plan.replace('45k to 60k', '"empirical(other, n)"'))
folder.write('big.yaml', plan.replace('45k to 60k', '"empirical(big.csv, n)"'))
folder.write('none.yaml', plan.replace('45k to 60k', '"empirical(none.csv, n)"'))
folder.write('table.yaml', plan.replace('45k to 60k', '"empirical(t.csv, n)"'))
folder.write('other/table.yaml', plan.replace('45k to 60k', '"empirical(t.csv, n)"'))
folder.write('t.csv', 'n\n48k\n')
folder.write('other/t.csv', 'n\n49k\n')
folder.write('big.csv', `n\n${'1\n'.repeat(1 << 20)}`)
folder.write('latin1.csv', Uint8Array.from([0x6e, 0x0a, 0xe9, 0x0a]))
folder.write(
  'tickets.csv',
  `month,tickets\n${Array.from({ length: 7 }, (_, k) => `${2024 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, '0')},${1000 + k}\n`).join('')}`,
)
folder.write('talks.csv', `${ids}1,2026-03-01T10:00:00Z,true,,,,,\n`)
folder.write('long.csv', `${ids}1,2026-03-01T10:00:00Z,true,,,,,\n${'x'.repeat(4 << 20)},\n`)
folder.write('plans/a.yaml', plan)
folder.write('plans/more/a.yaml', plan)
folder.write('index.json.yaml', plan)
folder.write('strange/notes.txt', 'mine')
folder.write('closed.csv', 'month,conversations\n2027-01,50000\n')
folder.write('late.yaml', `${plan.replace('60k', '60k, noise: { cv: 8% }')}actuals: closed.csv\n`)

export const subjects: Subject[] = [
  {
    folder: 'cli',
    inputs: [
      ...commands(folder, [
        'runn @plan.yaml',
        'help --json bugdet',
        'run',
        'run @plan.yaml --trails 5',
        'run @plan.yaml --trials 0',
        'run @plan.yaml --trials 1e20',
        'run @plan.yaml --threads 0',
        'run @plan.yaml --seed ""',
        'run @plan.yaml --method halton',
        'run @plan.yaml --measure price',
        'run @plan.yaml --memory much',
        'run @plan.yaml --precision 2',
        'run @plan.yaml --pairs none',
        'run @plan.yaml --checkpoint-every 0',
        'run @plan.yaml --format pdf --out @out',
        'run @plan.yaml --format csv',
        'run @plan.yaml --inputs',
        'run @plan.yaml --paths',
        'run @plan.yaml --out ""',
        'run @plan.yaml --resume',
        'compare @plan.yaml --trials 64 --difference fin',
        'run @plan.yaml --checkpoint-every 5',
        'run @plan.yaml --trials 64 --gate',
        'run @plan.yaml --trials 64 --chart bars.pdf',
        'sweep @plan.yaml --vary resolution.rate=60%:70%:5pt --trials 64 --chart pie=pie.svg',
        'run @plan.yaml --shard 3',
        'run @plan.yaml --shard 3/2',
        'run @plan.yaml --shard env/2',
        'run @plan.yaml --shard 1/2',
        'run @plan.yaml --shard 1/2 --trials 64 --out @plan.yaml',
        'run @late.yaml --trials 64',
        'run @flat.yaml --trials 64 --quiet --out @strange',
        'batch @plans/*.yaml',
        'merge @plan.yaml',
        'calibrate @tickets.csv --write @plan.yaml',
        'calibrate @tickets.csv --columns month',
        'calibrate @other',
        'calibrate @big.csv',
        'calibrate @latin1.csv',
        'calibrate @nowhere.csv',
        'diff @table.yaml @other/table.yaml --trials 64',
        'fair-price @plan.yaml offers.fin.price',
        'pilot @plan.yaml --fixed €5k',
        'pilot @plan.yaml --sizes many',
        'init @plan.yaml',
        'init @no/where.yaml',
        'invoice @plan.yaml fin --check @tickets.csv --format csv',
        'invoice @plan.yaml ada --check @tickets.csv',
        'invoice @plan.yaml fin --check @tickets.csv --rate 60%',
        'invoice @plan.yaml fin --conversations chat=',
        'invoice @plan.yaml fin --conversations chat=5,chat=6',
        'audit @talks.csv',
        'audit @talks.csv --offer fin --out @no/where.csv',
        'audit @talks.csv --offer ada --scenario @plan.yaml',
        'audit @talks.csv --offer fin --timeout soon',
        'offers finn',
        'optimize @plan.yaml --vary resolution.rate=50%:90%',
        'optimize @plan.yaml --vary resolution.rate',
        'optimize @plan.yaml --vary resolution.rate=50%:90% --vary resolution.rate=60%:90%',
        'optimize @plan.yaml --offer fin --vary resolution.rate=50%',
        'break-even @plan.yaml resolution.rate fin flat --bounds 50%',
      ]),
      ...calls(() => shardIn('env/4', { SLURM_ARRAY_TASK_ID: 'third' })),
    ],
  },
  {
    folder: 'platform/node',
    inputs: [
      ...commands(folder, [
        'run @nowhere.yaml',
        'run @other',
        'run @binary.yaml',
        'run @large.yaml',
        'run @inner/outside.yaml',
        'run @folder.yaml',
        'run @big.yaml',
        'run @none.yaml',
        'batch @nothing-*.yaml --out @out',
        'batch @plans/**/*.yaml --out @out',
        'batch @index.json.yaml --out @out',
        'batch @plans/a.yaml --out @plan.yaml',
        'batch @plans/a.yaml --out @strange',
        'audit @nowhere.csv --offer fin',
        'audit @other --offer fin',
        'audit @long.csv --offer fin',
        'report @other',
        'verify @other',
        'merge --out @merged @nowhere.shard',
        'merge --out @merged @plan.yaml',
      ]),
    ],
  },
]
