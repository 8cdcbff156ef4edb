/** Makes `npx sandai` work in the checkout, and the library links of the embedded PostgreSQL; never fails. */
export function prepare(root: string): void;
