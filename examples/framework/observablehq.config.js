export default {
  title: 'Three offers',
  root: 'src',
  sidebar: false,
  pager: false,
  toc: false,
  footer: '',
}
