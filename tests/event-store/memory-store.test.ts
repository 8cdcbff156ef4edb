import { describe } from 'vitest';
import { openMemoryStore } from '../../src/event-store/index.ts';
import { conditionCategories, storeContract } from './contract.ts';
import { emmettContract } from './emmett-contract.ts';

describe('memory store', () => {
  storeContract(async () => openMemoryStore({ conditionCategories }));
  emmettContract(async () => openMemoryStore());
});
