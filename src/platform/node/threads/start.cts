// What piscina loads by require(). Of an ES module, Node would end the whole process where the thread is stopped while
// require() links it (FATAL ERROR: v8::Module::IsGraphAsync; 20.20, 22.23, 24.21): import() only ends the thread.
const { workerData } = require('node:worker_threads')

/** The function that the thread runs: the default export of the module that `workerData` names. */
module.exports = import(workerData).then((own: { default: unknown }) => own.default)
