/** The command names something that is not there, or not in the right way: told in one line, exit code 2. */
export class UsageError extends Error {}
