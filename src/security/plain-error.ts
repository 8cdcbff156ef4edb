/** What may be logged of an error: name, code and stack. A driver's error also carries values of rows and parameters. */
export function plainError(error: unknown): {
  readonly name?: string;
  readonly code?: unknown;
  readonly stack: string;
} {
  if (!(error instanceof Error)) return { stack: String(error) };
  const { name, code, stack = error.message } = error as Error & { readonly code?: unknown };
  return { name, ...(code !== undefined && { code }), stack };
}
