import type { Player, Stage } from '../stage.ts';

/** The first ten players team up in pairs; the last pair parts again. Others are invited, sent away, or go at once. */
export async function teamUp({ players }: Stage): Promise<void> {
  const start = async ({ client }: Player) => ({ client, path: await client.post('/v1/parties') });
  const invite = ({ client, path }: Awaited<ReturnType<typeof start>>, { id }: Player) =>
    client.post('/v1/parties/{party_id}/invite', { path, body: { player_id: id } });
  for (let pair = 0; pair < 5; pair += 1) {
    const [leader, member] = [players[2 * pair]!, players[2 * pair + 1]!];
    const party = await start(leader);
    await invite(party, member);
    await member.client.post('/v1/parties/{party_id}/join', { path: party.path });
    if (pair === 4) await leader.client.post('/v1/parties/{party_id}/leave', { path: party.path });
  }
  const open = await start(players[10]!);
  await invite(open, players[11]!);
  await players[11]!.client.post('/v1/parties/{party_id}/join', { path: open.path });
  await open.client.post('/v1/parties/{party_id}/kick', { path: open.path, body: { player_id: players[11]!.id } });
  await invite(open, players[12]!); // who never answers
  const short = await start(players[13]!);
  await invite(short, players[14]!);
  await short.client.post('/v1/parties/{party_id}/leave', { path: short.path });
}

/** Five groups of eight, every other one private; people are let in, turned away, promoted, sent away, and leave. */
export async function gather({ players }: Stage): Promise<void> {
  await Promise.all(Array.from({ length: 5 }, (_, index) => found(players.slice(index * 8, index * 8 + 8), index)));
  const alone = players[49]!.client;
  const path = await alone.post('/v1/groups', { body: { name: 'Hermits', visibility: 'public' } });
  await alone.post('/v1/groups/{group_id}/leave', { path });
}

async function found([leader, ...others]: readonly Player[], index: number): Promise<void> {
  const isPrivate = index % 2 === 1;
  const body = { name: `Owls of ${index}`, visibility: isPrivate ? 'private' : 'public' } as const;
  const { client } = leader!;
  const path = await client.post('/v1/groups', { body });
  const join = (who: Player) => who.client.post('/v1/groups/{group_id}/join', { path });
  const answer = (who: Player, accept: boolean) =>
    client.post('/v1/groups/{group_id}/requests', { path, body: { player_id: who.id, accept } });
  const [one, two, three, four, five, six, seven] = others as [Player, Player, Player, Player, Player, Player, Player];
  for (const who of [one, two, three, four]) {
    await join(who);
    if (isPrivate) await answer(who, who !== four);
  }
  for (const who of [five, six])
    await client.post('/v1/groups/{group_id}/invites', { path, body: { player_id: who.id } });
  await join(five);
  if (isPrivate) await join(seven); // who is never answered
  await client.patch('/v1/groups/{group_id}', {
    path,
    body: {
      description: `We are ${others.length}`,
      metadata: { tier: `tier-${index}` },
      roles: [{ player_id: one.id, role: 'admin' }],
    },
  });
  await one.client.post('/v1/groups/{group_id}/kick', { path, body: { player_id: two.id, ban: index === 0 } });
  await three.client.post('/v1/groups/{group_id}/leave', { path });
}
