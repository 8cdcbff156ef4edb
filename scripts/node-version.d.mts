/** One line for somebody whose Node is too old, or undefined. */
export function nodeProblem(version: string): string | undefined;
