import type { SourceText } from './sql-texts.ts';

type Rule = { readonly name: string; readonly breaks: (sql: string) => boolean };
const pattern = (name: string, ...forbidden: readonly RegExp[]): Rule => ({
  name,
  breaks: (sql) => forbidden.some((one) => one.test(sql)),
});

/** What PostgreSQL has and CockroachDB has not, or does otherwise. */
export const portabilityRules: readonly Rule[] = [
  pattern(
    'PL/pgSQL and functions',
    /\bplpgsql\b/i,
    /(^|;)\s*do\s+(\$|')/i,
    /\bcreate\s+(or\s+replace\s+)?(function|procedure)\b/i,
  ),
  pattern('triggers', /\b(create|drop)\s+(or\s+replace\s+)?(constraint\s+)?trigger\b/i),
  pattern(
    'LISTEN and NOTIFY',
    /(^|;)\s*(un)?listen\s+[\w"*]+\s*(;|$)/i,
    /(^|;)\s*notify\s+[\w"]+\s*(,|;|$)/i,
    /\bpg_notify\b/i,
  ),
  pattern('advisory locks', /\bpg_(try_)?advisory_/i),
  pattern(
    'sequences',
    /\b(small|big)?serial[248]?\b(?!izable)/i,
    /\b(create|alter|drop)\s+sequence\b/i,
    /\b(nextval|currval|setval|lastval)\s*\(/i,
    /\bgenerated\s+(always|by\s+default)\s+as\s+identity\b/i,
  ),
  pattern('SKIP LOCKED', /\bskip\s+locked\b/i),
  pattern(
    'transaction ids and snapshots',
    /\b(txid_\w+|pg_current_xact_id\w*|pg_current_snapshot|pg_snapshot_\w+|pg_visible_in_snapshot|xid8?|xmin|xmax|ctid)\b/i,
  ),
  pattern('temporary tables', /\b(create|into)\s+((local|global)\s+)?temp(orary)?\b/i),
  pattern('COPY', /(^|;)\s*copy\s+[\w".]+[\s\S]*\b(from|to)\s+(stdin|stdout|program|')/i),
  pattern('ON CONFLICT without a target', /\bon\s+conflict\s+do\b/i),
  pattern('division', /(?<!\/)\/(?!\/)/),
  pattern('parameters without a type', /\$\d+(?![\d]|\s*::)/),
  { name: 'a table changed twice in a statement', breaks: (sql) => sql.split(';').some(changesTwice) },
];

function changesTwice(statement: string): boolean {
  const changed = [
    ...statement.matchAll(
      /\b(?:insert\s+into|delete\s+from|(?<!\bfor\s+|\bdo\s+|\bno\s+key\s+)update)\s+(?!set\b)([\w".]+)/gi,
    ),
  ];
  const tables = changed.map((match) => match[1]?.toLowerCase()).filter((table) => table !== '_');
  return new Set(tables).size < tables.length;
}

// Enough to tell SQL from prose: a statement's beginning, or the words that only SQL puts in this order.
const looksLikeSql = (text: string): boolean =>
  /^\s*(with\s+\w+\s+as\b|select\b|insert\s+into\b|update\s+[\w".]+\s+(\w+\s+)?set\b|delete\s+from\b|create\s+(or|table|index|unique|temp\w*|local|global|function|procedure|trigger|sequence|view|constraint)\b|alter\s+\w+\b|drop\s+\w+\b|truncate\b|grant\b|revoke\b|set\s+((local|session)\s+)?[\w.]+\s*(=|to\s)|do\s*\$|copy\s+[\w".]+\s|(un)?listen\s+[a-z_]\w*$|notify\s+[a-z_]\w*$)/i.test(
    text,
  ) ||
  /\bselect\b[\s\S]*\bfrom\b|\binsert\s+into\b|\bdelete\s+from\b|\bon\s+conflict\b|\bfor\s+update\b|\border\s+by\b|\bwhere\b[\s\S]*\$\d/i.test(
    text,
  ) ||
  /\b(pg_(try_)?advisory_|pg_notify|nextval\s*\()/i.test(text);

/** The rules that a text breaks, each with its place; text in quotes counts as data. */
export const brokenRules = ({ file, line, text }: SourceText): string[] => {
  if (!looksLikeSql(text)) return [];
  const unquoted = text.replace(/'(?:[^']|'')*'/g, "''");
  return portabilityRules.filter(({ breaks }) => breaks(unquoted)).map(({ name }) => `${file}:${line}: ${name}`);
};
