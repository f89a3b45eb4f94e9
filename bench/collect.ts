/** Preloaded into servers whose memory is measured, see `COLLECTING`. */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  globalThis.gc?.();
});
