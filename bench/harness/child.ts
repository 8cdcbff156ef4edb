import { type ChildProcess, fork } from 'node:child_process';

/** A program of ours in a process of its own that answers questions. */
export type Child = {
  readonly pid: number;
  /** Sends a question and waits for its answer. @throws when the process fails or ends before it answers */
  ask<Answer>(question: unknown): Promise<Answer>;
  stop(): Promise<void>;
};

type Reply = { readonly answer: unknown } | { readonly error: string };

/** Starts a module as a process; it must call {@link answerQuestions}. */
export function startChild(module: URL): Child {
  const child = fork(module, { execArgv: process.execArgv });
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`${module.pathname} ended with ${signal ?? code}`)));
  });
  ended.catch(() => undefined); // whoever asks is told
  return {
    pid: child.pid ?? 0,
    ask: <Answer>(question: unknown) => Promise.race([ended, replyOf<Answer>(child, question)]),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await ended.catch(() => undefined);
    },
  };
}

function replyOf<Answer>(child: ChildProcess, question: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    child.once('message', (reply: Reply) => {
      if ('error' in reply) reject(new Error(reply.error));
      else resolve(reply.answer as Answer);
    });
    child.send(question as object);
  });
}

/** The other side of {@link startChild}: answers one question at a time until the parent lets go.
 *  @param end frees what keeps the process alive */
export function answerQuestions<Question>(answer: (question: Question) => Promise<unknown>, end: () => Promise<void>) {
  process.on('message', (question: Question) => {
    answer(question).then(
      (value) => process.send?.({ answer: value }),
      (error: Error) => process.send?.({ error: error.stack ?? String(error) }),
    );
  });
  process.on('disconnect', () => void end());
}
