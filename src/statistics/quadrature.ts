/** ∫ f(x) dx from `low` to `high` by Gauss and Legendre's rule with 16 nodes on each of `panels` equal parts: exact for polynomials up to
 *  degree 31 on a part. Golub & Welsch (1969), "Calculation of Gauss quadrature rules"; nodes by Newton's method on the Legendre polynomial. */
export function integrate(f: (x: number) => number, low: number, high: number, panels: number): number {
  const half = (high - low) / panels / 2;
  let total = 0;
  for (let panel = 0; panel < panels; panel += 1) {
    const middle = low + half * (2 * panel + 1);
    for (const { node, weight } of rule) total += weight * f(middle + half * node);
  }
  return total * half;
}

const order = 16;

const rule: readonly { readonly node: number; readonly weight: number }[] = Array.from(
  { length: order },
  (_, index) => {
    let node = Math.cos((Math.PI * (index + 0.75)) / (order + 0.5));
    for (let step = 0; step < 10; step += 1) {
      const { value, slope } = legendre(node);
      node -= value / slope;
    }
    return { node, weight: 2 / ((1 - node ** 2) * legendre(node).slope ** 2) };
  },
);

/** The Legendre polynomial of `order`, by Bonnet's recursion. */
function legendre(x: number): { value: number; slope: number } {
  let [before, value] = [1, x];
  for (let n = 2; n <= order; n += 1) [before, value] = [value, ((2 * n - 1) * x * value - (n - 1) * before) / n];
  return { value, slope: (order * (x * value - before)) / (x ** 2 - 1) };
}

/** The x in [low, high] at which a rising function reaches `target`, by false position with Illinois' correction.
 *  Dowell & Jarratt (1971), "A modified regula falsi method for computing the root of an equation", BIT 11. */
export function whereReached(f: (x: number) => number, target: number, low: number, high: number): number {
  let [left, right] = [low, high];
  let [below, above] = [f(left) - target, f(right) - target];
  if (below >= 0) return left;
  if (above <= 0) return right;
  let last: 'left' | 'right' | undefined;
  for (let step = 0; step < 60; step += 1) {
    const x = (left * above - right * below) / (above - below);
    const value = f(x) - target;
    if (Math.abs(value) < 1e-10 || right - left < 1e-13) return x;
    if (value < 0) {
      if (last === 'left') above /= 2;
      [left, below, last] = [x, value, 'left'];
    } else {
      if (last === 'right') below /= 2;
      [right, above, last] = [x, value, 'right'];
    }
  }
  return (left + right) / 2;
}
