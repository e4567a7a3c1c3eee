/** Such as "1 release" or "2 releases". */
export const countText = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
