/** The divisor of a whole number that is nearest to the wanted one; the smaller of two. */
export function nearestDivisor(total: number, wanted: number): number {
  let nearest = 1;
  for (let divisor = 2; divisor <= total; divisor++) {
    if (total % divisor === 0 && Math.abs(divisor - wanted) < Math.abs(nearest - wanted)) nearest = divisor;
  }
  return nearest;
}
