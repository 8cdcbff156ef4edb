/** Where links may lead.
 *  @property allowedHosts hosts, each with all below it
 *  @property topLevels    last parts by which a name without `https://` is known as a host */
export type LinkRules = { readonly allowedHosts: readonly string[]; readonly topLevels: readonly string[] };

/** Last parts of the hosts that chats see most. */
export const commonTopLevels: readonly string[] =
  'app biz click club co com de dev eu fr gg gl info io link live ly me mobi net online org pro ru shop site store to top tv uk us vip xyz'.split(
    ' ',
  );

const unseen = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const dots = /[\u3002\uff0e\uff61]/g;
const withScheme = /:[/\\]{2,}([^\s/\\?#]*)/g;
const bare = /([^\s/\\?#@:,;!"'()<>[\]{}*|=&]+)(?:[/\\?#]\S*)?/g;

const opening = '("\'<[{';
const closing = '.,;!)"\'>]}';

/** A host without the brackets and the punctuation around it. No expression: one that looks for the end of a text tries each run of
 *  dots again from each of its dots. */
function trimmed(host: string): string {
  let from = 0;
  let to = host.length;
  while (from < to && opening.indexOf(host.charAt(from)) >= 0) from += 1;
  while (to > from && closing.indexOf(host.charAt(to - 1)) >= 0) to -= 1;
  return host.slice(from, to);
}

/** The host of what stands between `//` and the path, in which all before the last `@` is for show. */
const hostOf = (authority: string): string =>
  trimmed(trimmed(authority.slice(authority.lastIndexOf('@') + 1)).replace(/:\d*$/, ''));

/** Each host that a text leads to. */
function hostsOf(text: string, topLevels: readonly string[]): readonly string[] {
  const seen = text.replace(dots, '.').normalize('NFKC').toLowerCase().replace(unseen, '');
  const hosts: string[] = [];
  seen.replace(withScheme, (_, authority: string) => {
    const host = hostOf(authority);
    if (host !== '') hosts.push(host);
    return '';
  });
  seen.replace(bare, (_, name: string) => {
    const host = trimmed(name);
    const parts = host.split('.').filter((part) => part !== '');
    if (parts.length > 1 && (parts[0] === 'www' || topLevels.indexOf(parts[parts.length - 1]!) >= 0)) hosts.push(host);
    return '';
  });
  return hosts;
}

const isBelow = (host: string, allowed: string): boolean =>
  host === allowed || host.slice(-allowed.length - 1) === `.${allowed}`;

/** Whether a text leads to a host that is not allowed. The host of an e-mail address counts. */
export const leadsElsewhere = (text: string, { allowedHosts, topLevels }: LinkRules): boolean =>
  hostsOf(text, topLevels).some((host) => !allowedHosts.some((allowed) => isBelow(host, allowed.toLowerCase())));
