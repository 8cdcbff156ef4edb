import { expect, test } from 'vitest';
import { projections } from '../../projections.config.ts';

const tables = projections.flatMap((projection) => projection.tables(7));

test.each(tables)('$name is described with the columns that it is made with', ({ create, columns, key }) => {
  const [, made = ''] = /\((.*), PRIMARY KEY/.exec(create[0]!) ?? [];
  const names = made.split(', ').map((definition) => definition.split(' ')[0]);
  expect(names).toEqual(Object.keys(columns));
  expect(names).toEqual(expect.arrayContaining([...key]));
});
