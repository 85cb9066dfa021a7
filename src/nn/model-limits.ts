// How large a model may be, and how its parts may be called; the experiment's schema, links and the canvas hold to it.

export const MAX_NODES = 1000;
export const MAX_EDGES = 4000;
export const MAX_GROUPS = 200;

/** Of nodes and groups. */
export const ID_PATTERN = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** Characters of a name. */
export const MAX_NAME = 120;
/** Of experiments and groups: anything that stands in one line. */
export const NAME_PATTERN = new RegExp(`^[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]{1,${MAX_NAME}}$`, "u");
