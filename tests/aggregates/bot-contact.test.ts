import { describe, test } from 'vitest';
import { botContact, linkCode } from '../../src/aggregates/bot-contact.ts';
import type { BotContactEvent, LinkCodeEvent } from '../../src/events/bot-contact.ts';
import type { ContactId } from '../../src/events/ids.ts';
import { alice, at, bob, iso } from './examples.ts';
import { specification } from './specification.ts';

const contactId = '88888888-8888-5888-8888-888888888888' as ContactId;
const stranger = '99999999-9999-5999-8999-999999999999' as ContactId;

describe('a contact', () => {
  const given = specification(botContact);
  const link = { type: 'LinkContact', contactId, playerId: alice } as const;
  const unlink = { type: 'UnlinkContact', contactId } as const;
  const linked: BotContactEvent = { type: 'BotContactLinked', data: { contactId, playerId: alice } };
  const unlinked: BotContactEvent = { type: 'BotContactUnlinked', data: { contactId } };

  test('is linked to a player', () => given().when(link).then(linked));
  test('is linked to another player after that', () =>
    given(linked)
      .when({ ...link, playerId: bob })
      .then({ type: 'BotContactLinked', data: { contactId, playerId: bob } }));
  test('is unlinked', () => given(linked).when(unlink).then(unlinked));
  test('that is not linked is not unlinked', () => {
    given().when(unlink).thenNothing();
    given(linked, unlinked).when(unlink).thenNothing();
  });
});

describe('a link code', () => {
  const given = specification(linkCode);
  const content = { playerId: alice, expiresAt: iso('10:10') };
  const issue = { type: 'IssueLinkCode', ...content } as const;
  const use = (now: string, by = contactId) => ({ type: 'UseLinkCode', contactId: by, now: at(now) }) as const;
  const issued: LinkCodeEvent = { type: 'LinkCodeIssued', data: content };
  const used: LinkCodeEvent = { type: 'LinkCodeUsed', data: { contactId } };

  test('is issued once', () => given().when(issue).thenOnce('LINK_CODE_TAKEN', issued));
  test('is used by one contact, who may repeat it', () => given(issued).when(use('10:09')).then(used));
  test('that another contact used is unknown', () =>
    given(issued, used).when(use('10:09', stranger)).thenRejects('LINK_CODE_UNKNOWN'));
  test('that was used may be repeated after its end', () => given(issued, used).when(use('11:00')).thenNothing());
  test('counts until its end', () => given(issued).when(use('10:10')).thenRejects('LINK_CODE_EXPIRED'));
  test('that was never issued is unknown', () => {
    given().when(use('10:00')).thenRejects('LINK_CODE_UNKNOWN');
    given(used).when(use('10:00')).thenRejects('LINK_CODE_UNKNOWN');
  });
});
