/** A problem that the reader can cure: shown without a stack. */
export class SetupError extends Error {}

/**
 * Runs a script's main function; the process ends with the exit code it returns, or with 1 and a message.
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
