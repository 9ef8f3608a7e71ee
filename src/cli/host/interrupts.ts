const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Calls `onInterrupt` at every Ctrl-C or SIGTERM until the answered function is called. */
export function listenForInterrupts(onInterrupt: () => void): () => void {
  for (const signal of SIGNALS) process.on(signal, onInterrupt);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onInterrupt);
  };
}
