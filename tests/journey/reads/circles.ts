import { expect, test } from 'vitest';
import { foldMembers, groups } from '../folds/group.ts';
import { foldInbox } from '../folds/notification.ts';
import { foldParties } from '../folds/party.ts';
import { all, type Journey } from '../stage.ts';

/** What players see of each other, and what they are told. */
export function circleReads(journey: () => Journey): void {
  test('parties have the members of the events, the longest first', async () => {
    const { log, players, waitFor } = journey();
    const parties = [...foldParties(log)].filter(([, { members }]) => members.length > 0);
    expect(parties.map(([, { members }]) => members.length)).toEqual([2, 2, 2, 2, 1, 1]);
    for (const [party_id, party] of parties) {
      const { client } = players.find(({ id }) => id === party.members[0])!;
      const { leader_id, members } = await client.get('/v1/parties/{party_id}', { path: { party_id }, waitFor });
      expect({ leader: leader_id, members }).toEqual(party);
      expect(await client.get('/v1/parties/mine', { waitFor })).toMatchObject({ party_id });
    }
  });

  test('groups are listed by name, and have the members of the events', async () => {
    const { log, players, waitFor } = journey();
    const listed = await all(players[0]!.client.pages('/v1/groups', { query: { query: 'of', limit: 2 }, waitFor }));
    const members = foldMembers(log);
    expect(listed.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4].map((index) => `Owls of ${index}`));
    for (const [index, { group_id, member_count }] of listed.entries()) {
      const path = { group_id };
      const { client } = players[index * 8]!; // who founded it: members are for members to see
      const inside = await all(client.pages('/v1/groups/{group_id}/members', { path, query: { limit: 3 }, waitFor }));
      const expected = [...members.get(group_id)!];
      expect(inside.map(({ player_id }) => player_id).sort()).toEqual(expected.sort());
      expect(member_count).toBe(expected.length);
    }
  });

  test('everybody sees the groups that they are in, and where they are invited', async () => {
    const { log, players, waitFor } = journey();
    const ended = new Set(
      groups['membership_circles']!(log).flatMap((row) => (row['ended_at'] === undefined ? [] : [row['circle_id']])),
    );
    const rows = groups['memberships']!(log);
    for (const { id, client } of players) {
      const own = rows.filter((row) => row['player_id'] === id);
      const mine = await all(client.pages('/v1/groups/mine', { query: { limit: 1 }, waitFor }));
      expect(mine.map(({ group_id, role }) => [group_id, role])).toEqual(
        own.filter((row) => row['since'] != null).map((row) => [row['circle_id'], row['role']]),
      );
      const invitations = await all(client.pages('/v1/invitations', { query: { limit: 1 }, waitFor }));
      expect(invitations.map((invitation) => [invitation.id, invitation.invited_by]).sort()).toEqual(
        own
          .filter((row) => row['invited_until'] != null && !ended.has(row['circle_id']))
          .map((row) => [row['circle_id'], row['invited_by']])
          .sort(),
      );
    }
  });

  test('the notifications of each player are those that were sent, less those deleted', async () => {
    const { log, players, waitFor } = journey();
    for (const { id, client } of players) {
      const items = await all(client.pages('/v1/notifications', { query: { limit: 1 }, waitFor }));
      expect(items.map(({ notification_id, read, created_at }) => ({ notification_id, read, created_at }))).toEqual(
        foldInbox(log, id),
      );
    }
  });
}
