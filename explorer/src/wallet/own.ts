import { useQuery } from "@tanstack/react-query";
import { asset, statementLines } from "../api/questions.ts";
import { useContractWallet, useLastAccount } from "./lastAccount.ts";

/**
 * Returns the accounts that the reader acts for, in lower case: the connected one, and a contract wallet. Both are known
 * before the wallet code is loaded, so that a page has its place for what only they can do.
 */
export function useOwnAccounts(): string[] {
  const all = [useLastAccount(), useContractWallet()].flatMap((each) => (each ? [each.toLowerCase()] : []));
  return [...new Set(all)];
}

/** Returns true if the reader acts for this account. */
export const useIsOwn = (account: string): boolean => useOwnAccounts().includes(account.toLowerCase());

/** Returns true if the reader acts for the owner of an asset; undefined while that is looked up. */
export function useOwnsAsset(id: number | undefined): boolean | undefined {
  const own = useOwnAccounts();
  const { data, error } = useQuery({ ...asset(id ?? 0), enabled: id !== undefined && own.length > 0 });
  if (own.length === 0 || error) return false;
  return data && own.includes(data.data.owner.toLowerCase());
}

/** Returns true if the reader acts for an account that holds shares of an asset; undefined while that is looked up. */
export function useHoldsShares(id: number): boolean | undefined {
  const [first, second] = useOwnAccounts();
  const answers = [useHolds(first, id), useHolds(second, id)];
  return answers.includes(undefined) ? undefined : answers.includes(true);
}

function useHolds(account: string | undefined, id: number): boolean | undefined {
  const { key, read } = statementLines(account ?? "");
  const { data, error } = useQuery({
    queryKey: [...key, "first"],
    queryFn: ({ signal }) => read({}, signal),
    enabled: account !== undefined,
  });
  if (account === undefined || error) return false;
  // An account with more lines than a page may hold them.
  return data && (data.next !== null || data.data.some((line) => line.asset === id && line.shares !== "0"));
}
