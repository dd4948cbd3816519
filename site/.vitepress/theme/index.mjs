// The default theme without its fonts: text is in the system's, so nothing is loaded from elsewhere.
import { withBase } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import { h } from 'vue'
import LiveChart from './LiveChart.vue'
import './style.css'

/** The theme's own page has no main part. */
const notFound = () =>
  h('main', { class: 'not-found' }, [
    h('h1', 'This page does not exist'),
    h('p', ['Search for it above, or start at the ', h('a', { href: withBase('/') }, 'first page'), '.']),
  ])

export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { 'not-found': notFound }),
  enhanceApp({ app }) {
    app.component('LiveChart', LiveChart)
  },
}
