/**
 * One position of the estimate.
 *
 * @internal
 */
export interface CostItem {
  readonly regionId: number;
  readonly what: string;
  readonly quantity: number;
  /** What is counted: one of it, and several. */
  readonly unit: readonly [one: string, many: string];
  /** USD for one unit and month. Undefined if no price is known. */
  readonly unitMonth?: number;
}
