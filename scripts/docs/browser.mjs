// Chromium, as the scripts and tests of the site start it.
import { chromium } from 'playwright-core'

export const WIDTHS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } }

export const launched = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
