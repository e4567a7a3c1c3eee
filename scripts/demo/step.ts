import pc from "picocolors";

/** Prints what begins now. */
export const step = (title: string): void => console.log(`${pc.cyan("•")} ${title}`);
