/** Makes one call of those that come at one moment or while the one before is under way.
 *  @param ask answers in the order of the questions */
export function gathered<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  type Waiting = { question: Question; resolve(answer: Answer): void; reject(error: unknown): void };
  let waiting: Waiting[] = [];
  let isAsking = false;
  const run = async () => {
    isAsking = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const some = waiting;
      waiting = [];
      try {
        const answers = await ask(some.map(({ question }) => question));
        for (const [index, { resolve }] of some.entries()) resolve(answers[index]!);
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
    isAsking = false;
  };
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (!isAsking) void run();
    });
}
