import { randomUUID } from 'node:crypto';
import { anyOf, at, nothing, type Operation, type Player, someone, upTo } from './model.ts';

type Members = { readonly items: readonly { readonly player_id: string }[] };
const ids = ({ items }: Members) => items.map(({ player_id }) => player_id);
const outOfGroup = (player: Player): void => {
  player.group = null;
};
const outOfParty = (player: Player): void => {
  player.party = null;
};

/** Groups of players. Who founds one looks after it, beside being in another. */
export const groups: readonly Operation[] = [
  { name: 'GET /v1/groups', weight: 1 },
  { name: 'GET /v1/groups/mine', weight: 2 },
  { name: 'GET /v1/invitations', weight: 3, learn: learnInvitations },
  {
    name: 'POST /v1/groups',
    weight: 1,
    ask: ({ ownGroup }) =>
      ownGroup === null
        ? { body: { name: `Group ${randomUUID().slice(0, 30)}`, visibility: upTo(2) === 0 ? 'public' : 'private' } }
        : null,
    learn({ group_id: id }: { group_id: string }, player, world) {
      player.ownGroup = { id, members: [], requests: [] };
      world.groups.push(id);
    },
  },
  {
    name: 'PATCH /v1/groups/{group_id}',
    weight: 0.5,
    ask: ({ ownGroup }) => at({ group_id: ownGroup?.id }, { body: { description: `We are ${upTo(100)}` } }),
  },
  {
    name: 'GET /v1/groups/{group_id}',
    weight: 1,
    ask: (_player, world) => at({ group_id: anyOf(world.groups) }),
    refusals: { GROUP_NOT_FOUND: nothing }, // its founder erased their account, and nobody else was in it
  },
  {
    name: 'GET /v1/groups/{group_id}/members',
    weight: 4,
    ask: ({ ownGroup, group }) => at({ group_id: ownGroup?.id ?? group }),
    learn(body: Members, player) {
      if (player.ownGroup !== null) player.ownGroup.members = ids(body).filter((id) => id !== player.id);
    },
    refusals: { GROUP_MEMBERS_ONLY: outOfGroup, GROUP_NOT_FOUND: outOfGroup },
  },
  {
    name: 'GET /v1/groups/{group_id}/requests',
    weight: 1,
    ask: ({ ownGroup }) => at({ group_id: ownGroup?.id }),
    learn(body: Members, { ownGroup }) {
      if (ownGroup !== null) ownGroup.requests = ids(body);
    },
  },
  {
    name: 'POST /v1/groups/{group_id}/requests',
    weight: 4,
    ask({ ownGroup }) {
      const [player_id, ...others] = ownGroup?.requests ?? [];
      if (ownGroup === null || player_id === undefined) return null;
      ownGroup.requests = others;
      return at({ group_id: ownGroup.id }, { body: { player_id, accept: upTo(4) > 0 } });
    },
    refusals: { GROUP_REQUEST_NOT_FOUND: nothing, PLAYER_NOT_FOUND: nothing },
  },
  {
    name: 'POST /v1/groups/{group_id}/join',
    weight: 3,
    ask: ({ group }, world) => (group === null ? at({ group_id: anyOf(world.groups) }) : null),
    learn({ group_id, status }: { group_id: string; status: string }, player) {
      if (status === 'member') player.group = group_id;
    },
    refusals: { GROUP_FULL: nothing, GROUP_WAITING_FULL: nothing, GROUP_NOT_FOUND: nothing },
  },
  {
    name: 'POST /v1/groups/{group_id}/leave',
    weight: 0.4,
    ask: ({ group, ownGroup }) => (group === ownGroup?.id ? null : at({ group_id: group })),
    learn: (_body, player) => outOfGroup(player),
    refusals: { GROUP_MEMBER_NOT_FOUND: outOfGroup, GROUP_NOT_FOUND: outOfGroup, GROUP_LAST_SUPERADMIN: outOfGroup },
  },
  {
    name: 'POST /v1/groups/{group_id}/invites',
    weight: 0.7,
    ask: (player, world) => {
      const player_id = someone(world, player)?.id;
      return player_id === undefined ? null : at({ group_id: player.ownGroup?.id }, { body: { player_id } });
    },
    refusals: { PLAYER_NOT_FOUND: nothing, GROUP_WAITING_FULL: nothing },
  },
  {
    name: 'POST /v1/groups/{group_id}/kick',
    weight: 6,
    ask({ ownGroup }) {
      const [player_id, ...others] = ownGroup?.members ?? [];
      if (ownGroup === null || player_id === undefined) return null;
      ownGroup.members = others;
      return at({ group_id: ownGroup.id }, { body: { player_id } });
    },
    refusals: { GROUP_MEMBER_NOT_FOUND: nothing },
  },
];

type Invitations = { readonly items: readonly { readonly kind: string; readonly id: string }[] };
function learnInvitations({ items }: Invitations, player: Player): void {
  player.invitedToParty = items.find(({ kind }) => kind === 'party')?.id ?? null;
}

/** Parties: made, joined by invitation, left. */
export const parties: readonly Operation[] = [
  {
    name: 'POST /v1/parties',
    weight: 1,
    ask: ({ party }) => (party === null ? {} : null),
    learn({ party_id }: { party_id: string }, player) {
      player.party = party_id;
    },
    refusals: { ALREADY_IN_PARTY: nothing },
  },
  {
    name: 'GET /v1/parties/mine',
    weight: 1,
    learn({ party_id }: { party_id: string }, player) {
      player.party = party_id;
    },
    refusals: { PARTY_NOT_FOUND: outOfParty },
  },
  {
    name: 'GET /v1/parties/{party_id}',
    weight: 1,
    ask: ({ party }) => at({ party_id: party }),
    refusals: { PARTY_NOT_FOUND: outOfParty },
  },
  {
    name: 'POST /v1/parties/{party_id}/invite',
    weight: 2,
    ask: (player, world) => {
      const player_id = someone(world, player)?.id;
      return player_id === undefined ? null : at({ party_id: player.party }, { body: { player_id } });
    },
    refusals: {
      PARTY_NOT_FOUND: outOfParty,
      PLAYER_NOT_FOUND: nothing,
      PARTY_FULL: nothing,
      PARTY_COMPOSITION: nothing,
      PARTY_INVITES_FULL: nothing,
    },
  },
  {
    name: 'POST /v1/parties/{party_id}/join',
    weight: 12,
    ask({ party, invitedToParty }) {
      return party === null ? at({ party_id: invitedToParty }) : null;
    },
    learn(_body, player) {
      player.party = player.invitedToParty;
      player.invitedToParty = null;
    },
    refusals: {
      ALREADY_IN_PARTY: nothing,
      PARTY_NOT_FOUND(player) {
        player.invitedToParty = null;
      },
      PARTY_FULL: nothing,
      PARTY_COMPOSITION: nothing,
      PARTY_INVITE_REQUIRED(player) {
        player.invitedToParty = null;
      },
    },
  },
  {
    name: 'POST /v1/parties/{party_id}/kick',
    weight: 6,
    ask: (player, world) => {
      const member = world.players.find(
        ({ party, token }) => party !== null && party === player.party && token !== player.token,
      );
      return member === undefined ? null : at({ party_id: player.party }, { body: { player_id: member.id } });
    },
    refusals: {
      PARTY_LEADER_ONLY: nothing,
      PARTY_MEMBER_NOT_FOUND: nothing,
      PARTY_NOT_FOUND: outOfParty,
      PLAYER_NOT_FOUND: nothing,
    },
  },
  {
    name: 'POST /v1/parties/{party_id}/leave',
    weight: 0.5,
    ask: ({ party }) => at({ party_id: party }),
    learn: (_body, player) => outOfParty(player),
    refusals: { PARTY_NOT_FOUND: outOfParty },
  },
];
