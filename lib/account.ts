import { ACCOUNT_PLACEHOLDER } from '../constructs/topology/plan/storage/snapshot-storage';

/**
 * The objects with the account in place of what stands for it. Where the settings name an account, there is nothing to do.
 *
 * @param account an account, or the token of one
 *
 * @internal
 */
export function withAccount<T>(value: T, account: string): T {
  if (typeof value === 'string') return value.replaceAll(ACCOUNT_PLACEHOLDER, () => account) as T;
  if (Array.isArray(value)) return value.map(entry => withAccount<unknown>(entry, account)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withAccount<unknown>(member, account)])) as T;
}
