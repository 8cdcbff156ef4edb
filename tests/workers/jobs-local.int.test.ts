import { jobsContract } from './jobs-contract.ts';

jobsContract(async () => ({}));
