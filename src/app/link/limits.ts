/** Characters of a link's part after the "#". */
export const MAX_LINK = 16 * 1024;
/** Bytes that the compressed part may unfold to: several times what the largest experiment takes. */
export const MAX_UNFOLDED = 512 * 1024;
/** Objects and lists within one another. */
export const MAX_DEPTH = 32;
/** Values in lists and objects: more than the largest experiment has. */
export const MAX_VALUES = 50_000;
/** Characters of a teacher's note. */
export const MAX_NOTE = 2000;
/** The version of links that this program writes and reads. */
export const LINK_VERSION = 1;
