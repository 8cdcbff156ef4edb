const maxDepth = 16;
const maxLength = 16_384;

/** Why a JSON value of a client cannot be stored with an event, or null when it can. */
export function storageProblem(value: unknown): string | null {
  return (
    problemAt(value, 1) ??
    (JSON.stringify(value).length > maxLength ? `must be at most ${maxLength} characters of JSON` : null)
  );
}

function problemAt(value: unknown, depth: number): string | null {
  if (depth > maxDepth) return `must be nested at most ${maxDepth} deep`;
  if (typeof value === 'string') return textProblem(value);
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'must hold finite numbers';
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, child] of Object.entries(value)) {
    const problem = (Array.isArray(value) ? null : textProblem(key)) ?? problemAt(child, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}

/** Why a text cannot be stored, or null. */
export function textProblem(text: string): string | null {
  if (text.includes('\0')) return 'must not hold NUL characters';
  return text.isWellFormed() ? null : 'must be well-formed Unicode';
}
