// Read by any Node, however old: plain syntax, no imports.

/** One line for somebody whose Node is too old, or undefined. */
export function nodeProblem(version) {
  const parts = version.split('.').map(Number);
  if (parts[0] > 20 || (parts[0] === 20 && parts[1] >= 19)) return undefined;
  return `Sandai needs Node.js 20.19 or newer, and this is ${version}: install a newer one from https://nodejs.org.`;
}
