// Loaded into a process of ours before its own code (node --import), which then fails on a signal as no code expects.
process.on('SIGUSR2', () => {
  throw new Error('thrown by a listener');
});
process.on('SIGWINCH', () => {
  void Promise.reject(new Error('rejected by a promise'));
});
