import type { ClusterState } from './state.ts';

/** Names that every embedded cluster uses. */
export const names = {
  superuser: 'sandai_admin',
  owner: 'sandai_owner',
  application: 'sandai_app',
  database: 'sandai',
};

const url = (user: string, password: string, port: number, database: string) =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;

/** Connection URLs of one database for the three roles. */
export const urlsOf = (state: ClusterState, port: number, database: string) => ({
  appUrl: url(names.application, state.applicationPassword, port, database),
  ownerUrl: url(names.owner, state.ownerPassword, port, database),
  superuserUrl: url(names.superuser, state.superuserPassword, port, database),
});
