import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

type Known = { readonly pattern: RegExp; readonly methods: Set<string> };

const patternOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/:[^/]+/g, '[^/]+')
      .replace(/\*$/, '.*')}$`,
  );

/** Remembers the routes as they are added, and answers what none of them takes: 405 with Allow where the address has other
 *  methods, else 404. */
export function createNotFound(app: FastifyInstance): (request: FastifyRequest) => Problem {
  const known = new Map<string, Known>();
  app.addHook('onRoute', ({ url, method }) => {
    const entry = known.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const each of [method].flat()) entry.methods.add(each);
    known.set(url, entry);
  });
  return (request) => {
    const path = request.url.split('?', 1)[0]!;
    const methods = new Set<string>();
    for (const each of known.values())
      if (each.pattern.test(path)) for (const method of each.methods) methods.add(method);
    if (methods.size === 0) return new Problem('ROUTE_NOT_FOUND');
    return new Problem('METHOD_NOT_ALLOWED', [], { allow: [...methods].sort().join(', ') });
  };
}
