/** Gathers single look-ups into shared ones: calls made while `maxRunning` loads run wait together for the next.
 *  A load always starts after the call, so each caller sees everything committed before it asked.
 *  @param load answers all keys, in their order */
export function coalesce<Key, Value>(
  load: (keys: readonly Key[]) => Promise<readonly Value[]>,
  { maxRunning, maxKeys }: { readonly maxRunning: number; readonly maxKeys: number },
): (key: Key) => Promise<Value> {
  type Call = { key: Key; resolve(value: Value): void; reject(error: unknown): void };
  const waiting: Call[] = [];
  let running = 0;

  const start = async (): Promise<void> => {
    running += 1;
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const calls = waiting.splice(0, maxKeys);
      try {
        const values = await load(calls.map((call) => call.key));
        for (const [index, call] of calls.entries()) call.resolve(values[index] as Value);
      } catch (error) {
        for (const call of calls) call.reject(error);
      }
    }
    running -= 1;
  };

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (running < maxRunning) void start();
    });
}
