// piscina loads this file by require(). If a thread stops while require() links an ES module, Node ends the whole process (FATAL ERROR:
// v8::Module::IsGraphAsync in 20.20, 22.23 and 24.21). With import(), only the thread ends.
const { workerData } = require('node:worker_threads')

/** The thread runs the default export of the module that `workerData` names. */
module.exports = import(workerData).then((own: { default: unknown }) => own.default)
