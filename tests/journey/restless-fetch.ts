/** Sends as a bad connection does: some writes go out twice at once, and the answers of some are lost, so that the client sends them again.
 *  @property replayed how many answers were those of an earlier attempt */
export function restlessFetch(random: () => number) {
  const restless = {
    replayed: 0,
    fetch: (async (input, init) => {
      const send = async () => {
        const answer = await fetch(input, init);
        if (answer.headers.has('idempotency-replayed')) restless.replayed += 1;
        return answer;
      };
      const fate = init?.method === 'GET' ? 1 : random();
      if (fate < 0.08) {
        const [answer, twin] = await Promise.all([send(), send()]);
        await twin.text();
        return answer;
      }
      const answer = await send();
      if (fate >= 0.14) return answer;
      await answer.text();
      throw new TypeError('the connection was lost');
    }) satisfies typeof fetch,
  };
  return restless;
}
