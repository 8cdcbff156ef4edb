import { afterAll, beforeAll, describe } from 'vitest';
import { openEventStore } from '../../src/event-store/index.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { conditionCategories, storeContract } from './contract.ts';
import { emmettContract } from './emmett-contract.ts';

describe('SQL store', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  storeContract(() => openEventStore({ connectionString: database.url, conditionCategories }));
  emmettContract(() => openEventStore({ connectionString: database.url, conditionCategories }));
});
