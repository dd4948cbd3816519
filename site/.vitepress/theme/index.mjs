// The default theme without its fonts: text is in the system's, so nothing is loaded from elsewhere.
import DefaultTheme from 'vitepress/theme-without-fonts'
import LiveChart from './LiveChart.vue'
import './style.css'

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('LiveChart', LiveChart)
  },
}
