// The editor does its reading in workers, which are files of their own beside this one.

const WORKERS = ['json', 'graphql'];

globalThis.MonacoEnvironment = {
  getWorker(_, label) {
    const name = WORKERS.includes(label) ? label : 'editor';
    return new Worker(new URL(`${name}.worker.js`, import.meta.url));
  },
};
