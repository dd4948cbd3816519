// Files that cannot be used, and the messages. files.test.ts compares them, and test/messages lists all.

export const files: Readonly<Record<string, string | Uint8Array>> = {
  'tickets.csv': 'month,tickets,rate,price\n2026-01,48k,61%,$0.99\n2026-02,52000,64.5%,$1.09\n2026-03,50.5k,0.7,1.29\n',
  'excel.csv': '\ufeffmonth,"tickets, all"\r\n2026-01,"48000"\r\n2026-02,52k\r\n\r\n',
  'old mac.csv': 'n\r1\r2\r',
  'data/prices.csv': 'price\n$20k\n$30k\n',
  'euro.csv': 'fee\n€900\n€1k\n',
  'points.csv': 'gain\n1pt\n0.5pt\n',
  'growth.csv': 'g\n1%\n-0.5%\n',
  'bad.csv': 'n,rate,wide\n5,65%,20%\nabc,130%,40%\n7,65,120%\n',
  'gap.csv': 'n,m\n1,2\n,3\n',
  'blank.csv': 'n,m\n1,1\n,2\n3,3\n',
  'german.csv': 'n\n1.234\n2.345\n',
  'mixed.csv': 'n\n"1.234,5"\n"1,234.5"\n',
  'wide.csv': 'n,m\n1,200,3\n',
  'quote.csv': 'n\n"1\n2\n',
  'twice.csv': 'n,n\n1,2\n',
  'header.csv': 'n\n',
  'empty.csv': '',
  'large.csv': new Uint8Array((1 << 20) + 1).fill(0x31),
  'latin1.csv': Uint8Array.from([0x6e, 0x0a, 0xe9, 0x0a]),
  'utf16.csv': Uint8Array.from([0x6e, 0, 0x0a, 0, 0x31, 0]),
  'semicolons.csv': 'n;m\n1.234,5;2\n2.000;3\n',
  'tabs.csv': Uint8Array.from([0xff, 0xfe, ...[...'n\tm\r\n1\tx\r\n2\ty\r\n'].flatMap((sign) => [sign.charCodeAt(0), 0])]),
  'stated.csv': 'sep=|\nn|m,;\n\n1|2\n|\n3|4\n',
  'thousands.csv': 'n,m,\n"41,546",1,\n"1,043,843",2,\n',
  'plan.csv': '\ufeffmonth,conversations\r\n2027-01,10\r\n"2027-02",20\r\n',
  'monate.csv': 'Ort;Date;Tickets\nBonn;28.02.2027;20.000,5\nBonn;31.01.2027;10.000\n',
  'late.csv': 'month,conversations\n2027-01,10\n2027-03,x\n',
}
export const good = {
  months: 2,
  conversations: { base: '50k' } as object,
  resolution: { rate: '65%' } as object,
  offers: { fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] } } as object,
}
const base = (value: unknown) => ({ ...good, conversations: { base: value } })
const rate = (value: unknown) => ({ ...good, resolution: { rate: value } })

export const UNUSABLE: readonly (readonly [input: object, message: string])[] = [
  [base('empirical(none.csv, n)'), 'conversations.base: expected a readable CSV file, got "none.csv": there is no such file'],
  [
    base('empirical(tickets.csv, conversations)'),
    'conversations.base: expected a column "conversations" in line 1 of "tickets.csv", got "month", "tickets", "rate", "price"',
  ],
  [base('empirical(bad.csv, n)'), 'expected a number such as 50000, 50k or 1.2m in line 3, column "n" of "bad.csv", got "abc"'],
  [rate('empirical(bad.csv, rate)'), '(did you mean 65%?) in line 4, column "rate" of "bad.csv", got "65"'],
  [
    rate('empirical(bad.csv, wide)'),
    'resolution.rate: expected a share from 0% to 100% in nearly all trials (truncatedNormal or pert stay within a range), got "20%" (line 2) to "120%" (line 4) in column "wide" of "bad.csv"',
  ],
  [
    rate('mixture(empirical(bad.csv, wide): 1, 50% to 60%: 1)'),
    'resolution.rate: expected a share from 0% to 100% in nearly all trials (truncatedNormal or pert stay within a range), got "20%" (line 2) to "120%" (line 4) in column "wide" of "bad.csv"',
  ],
  [rate('empirical(growth.csv, g)'), 'resolution.rate: expected a share from 0% to 100%'],
  [base('empirical(gap.csv, n)'), 'expected a value in line 3, column "n" of "gap.csv", got an empty cell'],
  [base('empirical(blank.csv, n)'), 'expected a value in line 3, column "n" of "blank.csv", got an empty cell'],
  [
    base('empirical(wide.csv, n)'),
    'expected 2 cells in line 2 of "wide.csv" as in its header, got 3 (put a number with thousands separators in quotes, "1,200", or write 1200)',
  ],
  [base('empirical(quote.csv, n)'), 'expected a closing quote for every opening quote in line 3 of "quote.csv"'],
  [
    base('empirical(german.csv, n)'),
    'expected a stated decimal sign, since "1.234" in line 2, column "n" of "german.csv" may be 1234 or 1.234: state `decimal: \'.\'` (--decimal .) for 1.234, `decimal: \',\'` (--decimal ,) for 1234',
  ],
  [
    base('empirical(mixed.csv, n)'),
    'expected one way to write numbers in column "n" of "mixed.csv", got "1.234,5" in line 2 and "1,234.5" in line 3: write all numbers as 1234.5',
  ],
  [base('empirical(twice.csv, n)'), 'expected one column "n" in line 1 of "twice.csv", got 2'],
  [base('empirical(header.csv, n)'), 'expected at least one row below the header of "header.csv", got none'],
  [base('empirical(empty.csv, n)'), 'expected a header and rows in "empty.csv", which is empty'],
  [base('empirical(large.csv, n)'), 'expected at most 1 MiB in "large.csv", got 1,048,577 bytes'],
  [base('empirical(latin1.csv, n)'), 'expected CSV text in UTF-8, which "latin1.csv" is not'],
  [base('empirical(utf16.csv, n)'), 'expected CSV text in UTF-8, which "utf16.csv" is not'],
  [base('empirical(tickets.csv)'), 'conversations.base: expected empirical(file.csv, column)'],
  [
    base({ distribution: 'empirical', file: 'tickets.csv' }),
    'conversations.base.column: expected the name of a column of tickets.csv',
  ],
  [base({ distribution: 'empirical' }), 'conversations.base: expected a list `values`, or `file` and `column`'],
  [
    base({ distribution: 'empirical', values: [1], file: 'tickets.csv', column: 'rate' }),
    'conversations.base.values: expected either `values`, or `file` and `column`, got [1]',
  ],
  [{ ...good, conversations: { monthly: 'none.csv' } }, 'conversations.monthly: expected a readable CSV file, got "none.csv"'],
  [{ ...good, conversations: { monthly: 'tickets.csv' } }, 'expected 2027-01 in line 2 of "tickets.csv", got "2026-01"'],
  [{ ...good, conversations: { monthly: 'late.csv' } }, 'expected 2027-02 in line 3 of "late.csv", got "2027-03"'],
  [
    { ...good, conversations: { monthly: 'late.csv' } },
    'expected a number of 0 or more in line 3, column "conversations" of "late.csv", got "x"',
  ],
]
