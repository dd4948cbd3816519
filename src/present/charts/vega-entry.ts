// `billcast/core/vega`: with it, `billcast/core` draws charts.
import { Error as errors, logger, parse, textMetrics, View } from 'vega'
import { compile } from 'vega-lite'
import { bringVega } from './core-vega.ts'

bringVega({ compile, errors, logger, parse, textMetrics, View })
